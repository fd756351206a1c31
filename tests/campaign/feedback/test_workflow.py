"""Every state, every role: which moves are open."""

import pytest

from campaign.feedback.choices import OPEN, SETTLED, WITH_ANSWER, FeedbackState
from campaign.feedback.workflow import MOVES, OFFICE, SENDER, allowed_moves, move_named

OFFICE_MAY = {
    FeedbackState.NEW: ["assign", "answer", "reject"],
    FeedbackState.IN_PROGRESS: ["assign", "answer", "reject"],
    FeedbackState.ANSWERED: ["answer", "close"],
    FeedbackState.CLOSED: ["reopen"],
    FeedbackState.REJECTED: ["reopen"],
}
SENDER_MAY = {
    FeedbackState.NEW: [],
    FeedbackState.IN_PROGRESS: [],
    FeedbackState.ANSWERED: ["ask", "settle"],
    FeedbackState.CLOSED: [],
    FeedbackState.REJECTED: [],
}


@pytest.mark.parametrize("state", FeedbackState)
@pytest.mark.parametrize(("role", "table"), [(OFFICE, OFFICE_MAY), (SENDER, SENDER_MAY)])
def test_moves_open_as_the_table_says(state, role, table):
    assert [move.name for move in allowed_moves(state, {role})] == table[state]


@pytest.mark.parametrize("state", FeedbackState)
def test_nobody_without_a_role_moves_anything(state):
    assert allowed_moves(state, set()) == []
    assert allowed_moves(state, {"khach"}) == []


def test_moves_lead_to_known_states_and_have_one_name_each():
    assert {move.target for move in MOVES} <= set(FeedbackState)
    assert len({move.name for move in MOVES}) == len(MOVES)
    assert move_named("answer").wants_text is True
    with pytest.raises(KeyError):
        move_named("xoa")


def test_every_state_is_open_answered_or_settled():
    assert set(FeedbackState) == OPEN | WITH_ANSWER | SETTLED
    assert not OPEN & (WITH_ANSWER | SETTLED)
