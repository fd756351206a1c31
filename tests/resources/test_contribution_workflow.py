"""Every status × every part: who may move what."""

import pytest

from resources.choices import ContributionState, Part
from resources.contribution_workflow import MOVES, allowed_moves, move_named

S = ContributionState
TABLE = {
    (S.DRAFT, Part.WRITER): ["hand_up"],
    (S.DRAFT, Part.HEAD): ["send"],
    (S.RETURNED, Part.WRITER): ["hand_up"],
    (S.RETURNED, Part.HEAD): ["send"],
    (S.WITH_HEAD, Part.WRITER): ["withdraw"],
    (S.WITH_HEAD, Part.HEAD): ["pass_on", "give_back", "withdraw"],
    (S.SENT, Part.WRITER): ["withdraw"],
    (S.SENT, Part.HEAD): ["withdraw"],
    (S.SENT, Part.LIBRARIAN): ["read", "take_up", "return", "decline"],
    (S.READING, Part.LIBRARIAN): ["take_up", "return", "decline"],
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("part", Part)
def test_moves_by_state_and_part(state, part):
    assert [move.name for move in allowed_moves(state, {part})] == TABLE.get((state, part), [])


def test_head_who_writes_does_not_hand_up_to_himself():
    assert [m.name for m in allowed_moves(S.DRAFT, {Part.WRITER, Part.HEAD})] == ["send"]


def test_nobody_moves_anything():
    assert [allowed_moves(state, set()) for state in S] == [[]] * len(S)


def test_moves_that_say_no_want_a_reason():
    wanted = {move.name for move in MOVES if move.wants_reason}
    assert wanted == {"give_back", "return", "decline"}


def test_move_named_knows_no_other_word():
    assert move_named("send").target == S.SENT
    with pytest.raises(KeyError):
        move_named("publish")
