"""Every state × part × move of a list of the first tier."""

from itertools import combinations

import pytest

from campaign.awards.recognition_choices import RecognitionPart, RecognitionState
from campaign.awards.recognition_workflow import (
    FROZEN_AT,
    RECOGNITION_MOVES,
    recognition_move,
    recognition_moves,
)

W, S, L = RecognitionPart.WRITER, RecognitionPart.SENDER, RecognitionPart.LEADER
TABLE = {
    (RecognitionState.DRAFT, W): [],
    (RecognitionState.DRAFT, S): ["send"],
    (RecognitionState.DRAFT, L): [],
    (RecognitionState.SENT, W): ["withdraw"],
    (RecognitionState.SENT, S): ["withdraw"],
    (RecognitionState.SENT, L): ["recognise", "return"],
    (RecognitionState.RETURNED, W): [],
    (RecognitionState.RETURNED, S): ["send"],
    (RecognitionState.RETURNED, L): [],
    (RecognitionState.RECOGNISED, W): [],
    (RecognitionState.RECOGNISED, S): [],
    (RecognitionState.RECOGNISED, L): [],
}


def test_table_is_whole():
    assert set(TABLE) == {(s, part) for s in RecognitionState for part in RecognitionPart}


@pytest.mark.parametrize(("state", "part"), sorted(TABLE))
def test_moves_by_state_and_part(state, part):
    assert [move.name for move in recognition_moves(state, {part})] == TABLE[state, part]


@pytest.mark.parametrize("state", list(RecognitionState))
def test_several_parts_together_may_do_what_each_may(state):
    for parts in combinations(RecognitionPart, 2):
        together = {move.name for move in recognition_moves(state, parts)}
        assert together == {name for part in parts for name in TABLE[state, part]}


def test_what_the_leader_has_opened_is_not_taken_back():
    assert recognition_moves(RecognitionState.SENT, {W, S}, is_opened=True) == []
    left = recognition_moves(RecognitionState.SENT, {L}, is_opened=True)
    assert [move.name for move in left] == ["recognise", "return"]


def test_moves_are_found_by_name():
    assert [recognition_move(move.name) for move in RECOGNITION_MOVES] == list(RECOGNITION_MOVES)
    assert {recognition_move(name).name for name in FROZEN_AT} == FROZEN_AT
    with pytest.raises(KeyError):
        recognition_move("ready")
