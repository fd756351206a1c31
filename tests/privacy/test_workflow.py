"""Every state of a request, every role."""

import pytest

from privacy.choices import CLOSED, DECIDED, WAITING, RequestState
from privacy.workflow import MOVES, OFFICE, SENDER, allowed_moves, move_named

OFFICE_MAY = {
    RequestState.RECEIVED: ["acknowledge", "assign", "extend", "complete", "refuse", "discard"],
    RequestState.ACKNOWLEDGED: ["assign", "extend", "complete", "refuse"],
    RequestState.DONE: [],
    RequestState.REFUSED: [],
    RequestState.WITHDRAWN: [],
    RequestState.SPAM: [],
}


@pytest.mark.parametrize("state", RequestState)
def test_office_moves_as_the_table_says_and_extends_once(state):
    names = [move.name for move in allowed_moves(state, {OFFICE})]
    assert names == OFFICE_MAY[state]
    again = [move.name for move in allowed_moves(state, {OFFICE}, extended=True)]
    assert again == [name for name in names if name != "extend"]


@pytest.mark.parametrize("state", RequestState)
def test_person_takes_back_what_still_waits(state):
    names = [move.name for move in allowed_moves(state, {SENDER})]
    assert names == (["withdraw"] if state in WAITING else [])


@pytest.mark.parametrize("state", RequestState)
def test_nobody_else_moves_anything(state):
    assert allowed_moves(state, set()) == []


def test_states_are_waiting_or_closed():
    assert set(RequestState) == WAITING | CLOSED
    assert not WAITING & CLOSED
    assert DECIDED < CLOSED
    assert len({move.name for move in MOVES}) == len(MOVES)
    with pytest.raises(KeyError):
        move_named("xoa")
