"""Each state with each part: which moves are open."""

import pytest

from campaign.reporting.choices import Actor, ReportState
from campaign.reporting.workflow import MOVES, allowed_moves, move_named

TABLE = {
    ("draft", "writer"): [],
    ("draft", "head"): ["confirm"],
    ("draft", "receiver"): [],
    ("returned", "writer"): [],
    ("returned", "head"): ["confirm"],
    ("returned", "receiver"): [],
    ("confirmed", "writer"): ["submit", "reopen"],
    ("confirmed", "head"): ["submit", "reopen"],
    ("confirmed", "receiver"): [],
    ("submitted", "writer"): ["withdraw"],
    ("submitted", "head"): ["withdraw"],
    ("submitted", "receiver"): ["return", "accept"],
    ("accepted", "writer"): [],
    ("accepted", "head"): [],
    ("accepted", "receiver"): ["return"],
    ("passed_on", "writer"): [],
    ("passed_on", "head"): [],
    ("passed_on", "receiver"): [],
}


def test_the_table_is_whole():
    assert set(TABLE) == {(state, actor) for state in ReportState.values for actor in Actor.values}


@pytest.mark.parametrize(("state", "actor"), TABLE)
def test_moves_of_each_part(state, actor):
    assert [move.name for move in allowed_moves(state, {actor})] == TABLE[state, actor]


def test_what_was_opened_is_not_taken_back():
    assert allowed_moves("submitted", {"writer"}, is_opened=True) == []
    opened = allowed_moves("submitted", {"receiver"}, is_opened=True)
    assert [move.name for move in opened] == ["return", "accept"]


def test_moves_are_found_by_name():
    assert [move_named(move.name) for move in MOVES] == list(MOVES)
    with pytest.raises(KeyError):
        move_named("archive")
