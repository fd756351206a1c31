"""Every state × part of the moves of an activity."""

import pytest

from campaign.activities.choices import COUNTED, EDITABLE, ActivityState, Actor
from campaign.activities.workflow import MOVES, allowed_moves, move_named

EXPECTED = {
    ("draft", "author"): ["send"],
    ("draft", "confirmer"): [],
    ("draft", "office"): [],
    ("sent", "author"): ["withdraw"],
    ("sent", "confirmer"): ["confirm", "return"],
    ("sent", "office"): [],
    ("returned", "author"): ["send"],
    ("returned", "confirmer"): [],
    ("returned", "office"): [],
    ("confirmed", "author"): [],
    ("confirmed", "confirmer"): [],
    ("confirmed", "office"): ["unconfirm"],
}


@pytest.mark.parametrize("state", ActivityState.values)
@pytest.mark.parametrize("actor", Actor.values)
def test_the_table(state, actor):
    assert [move.name for move in allowed_moves(state, {actor})] == EXPECTED[state, actor]


def test_giving_back_and_taking_back_want_a_reason():
    assert {move.name for move in MOVES if move.wants_reason} == {"return", "unconfirm"}


def test_only_confirmed_counts_and_nothing_counted_is_edited():
    assert {ActivityState.CONFIRMED} == COUNTED
    assert not COUNTED & EDITABLE


def test_a_move_by_name():
    assert move_named("confirm").target == ActivityState.CONFIRMED
    with pytest.raises(KeyError):
        move_named("delete")
