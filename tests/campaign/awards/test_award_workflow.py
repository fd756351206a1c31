"""Every state × part × move of a proposal."""

from itertools import combinations

import pytest

from campaign.awards.choices import Actor, DossierState
from campaign.awards.workflow import MOVES, allowed_moves, move_named

W, H, O = Actor.WRITER, Actor.HEAD, Actor.OFFICE  # noqa: E741
TABLE = {
    (DossierState.DRAFT, W): [],
    (DossierState.DRAFT, H): ["sign"],
    (DossierState.DRAFT, O): [],
    (DossierState.SIGNED, W): ["submit", "reopen"],
    (DossierState.SIGNED, H): ["submit", "reopen"],
    (DossierState.SIGNED, O): [],
    (DossierState.SUBMITTED, W): ["withdraw"],
    (DossierState.SUBMITTED, H): ["withdraw"],
    (DossierState.SUBMITTED, O): ["return", "ready"],
    (DossierState.RETURNED, W): [],
    (DossierState.RETURNED, H): ["sign"],
    (DossierState.RETURNED, O): [],
    (DossierState.READY, W): [],
    (DossierState.READY, H): [],
    (DossierState.READY, O): ["return"],
}


def test_table_is_whole():
    assert set(TABLE) == {(state, actor) for state in DossierState for actor in Actor}


@pytest.mark.parametrize(("state", "actor"), sorted(TABLE))
def test_moves_by_state_and_part(state, actor):
    assert [move.name for move in allowed_moves(state, {actor})] == TABLE[state, actor]


@pytest.mark.parametrize("state", list(DossierState))
def test_several_parts_together_may_do_what_each_may(state):
    for parts in combinations(Actor, 2):
        together = {move.name for move in allowed_moves(state, parts)}
        assert together == {name for part in parts for name in TABLE[state, part]}


def test_what_was_opened_is_not_taken_back():
    assert allowed_moves(DossierState.SUBMITTED, {W}, is_opened=True) == []


def test_moves_are_found_by_name():
    assert [move_named(move.name) for move in MOVES] == list(MOVES)
    with pytest.raises(KeyError):
        move_named("decide")
