"""The tree as it was: names, places, mergers, sums."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.units.choices import PARENTS, UnitKind
from campaign.units.rules import (
    Life,
    Place,
    below,
    code_key,
    final_successor,
    lineage,
    may_stand_under,
    place_problem,
    stood_below,
    tree_on,
)

D = date(2026, 1, 1)


def day(number: int) -> date:
    """The `number`-th day after the first."""
    return D + timedelta(days=number)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("KNL", "knl", True),
        ("Đoàn TN", "doan-tn", True),
        ("K.NL", "K NL", True),
        ("CĐ-01", "CD01", True),
        ("CĐ-01", "CD-10", False),
        ("", " -. ", True),
    ],
)
def test_codes_are_one_whatever_marks_case_and_signs(one, other, same):
    assert (code_key(one) == code_key(other)) is same


@pytest.mark.parametrize(
    ("kind", "parent", "allowed"),
    [
        (UnitKind.DEPARTMENT, None, True),
        (UnitKind.DEPARTMENT, UnitKind.INSTITUTION, False),
        (UnitKind.INSTITUTION, None, True),
        (UnitKind.INSTITUTION, UnitKind.DEPARTMENT, True),
        (UnitKind.INSTITUTION, UnitKind.INSTITUTION, False),
        (UnitKind.STUDENT_CLASS, UnitKind.FACULTY, True),
        (UnitKind.STUDENT_CLASS, UnitKind.DEPARTMENT, False),
        (UnitKind.FACULTY, None, False),
        (UnitKind.VOLUNTEER_TEAM, UnitKind.YOUTH_UNION, True),
        (UnitKind.OFFICE, UnitKind.DEPARTMENT, True),
    ],
)
def test_units_stand_where_the_table_says(kind, parent, allowed):
    assert may_stand_under(kind, parent) is allowed
    assert (place_problem(kind, parent) is None) is allowed


def test_every_kind_has_a_place():
    assert set(PARENTS) == set(UnitKind)


def test_refusal_names_where_the_unit_may_stand():
    said = place_problem(UnitKind.STUDENT_CLASS, UnitKind.DEPARTMENT)
    assert said == "Lớp không đứng dưới Sở được; chỉ đứng dưới: Khoa, Trường."


@pytest.mark.parametrize(
    ("ends", "on", "exists"),
    [(None, 0, True), (None, -1, False), (None, 9999, True), (5, 5, True), (5, 6, False)],
)
def test_both_days_belong_to_a_life(ends, on, exists):
    assert Life(1, D, None if ends is None else day(ends)).exists_on(day(on)) is exists


LIVES = [Life(1, D), Life(2, D), Life(3, D, day(10), successor=2), Life(4, D), Life(5, day(11))]
PLACES = [
    Place(1, None, D),
    Place(2, 1, D),
    Place(3, 1, D),
    Place(4, 3, D),
    Place(4, 2, day(11)),
    Place(5, 2, day(11)),
]


@pytest.mark.parametrize(
    ("on", "top", "found"),
    [
        (-1, 1, set()),
        (0, 1, {1, 2, 3, 4}),
        (10, 3, {3, 4}),
        (10, 2, {2}),
        (11, 3, set()),
        (11, 2, {2, 4, 5}),
        (11, 1, {1, 2, 4, 5}),
    ],
)
def test_sum_is_over_the_tree_of_its_day(on, top, found):
    assert below(tree_on(LIVES, PLACES, day(on)), top) == found


@pytest.mark.parametrize(
    ("first", "last", "top", "found"),
    [
        (0, 9, 3, {3, 4}),
        (0, 11, 1, {1, 2, 3, 4, 5}),
        (0, 11, 3, {3}),
        (0, 11, 2, {2, 4, 5}),
        (11, 30, 3, set()),
        (10, 10, 3, {3, 4}),
    ],
)
def test_figures_of_a_stretch_are_of_what_stood_there_last(first, last, top, found):
    assert stood_below(LIVES, PLACES, top, day(first), day(last)) == found


def test_merged_unit_is_found_from_its_successor():
    chain = [Life(1, D, day(5), successor=2), Life(2, D, day(9), successor=3), Life(3, D)]
    assert lineage(chain, 3) == {1, 2, 3}
    assert lineage(chain, 1) == {1}
    assert final_successor({life.unit: life for life in chain}, 1) == 3
    assert final_successor({life.unit: life for life in chain}, 3) == 3


def test_ring_of_successors_ends():
    ring = {1: Life(1, D, day(1), successor=2), 2: Life(2, D, day(1), successor=1)}
    assert final_successor(ring, 1) in (1, 2)
    assert lineage(list(ring.values()), 1) == {1, 2}


@st.composite
def histories(draw):
    """Units 0 … n, each placed below an earlier one, moved some times, some ended."""
    count = draw(st.integers(1, 12))
    lives, places = [], []
    for unit in range(count):
        start = draw(st.integers(0, 20))
        end = draw(st.none() | st.integers(start, 60))
        lives.append(Life(unit, day(start), None if end is None else day(end)))
        for since in {start, *draw(st.lists(st.integers(start, 60), max_size=3))}:
            parent = draw(st.integers(0, unit - 1)) if unit else None
            places.append(Place(unit, parent, day(since)))
    return lives, places


@given(histories(), st.integers(-5, 70))
def test_no_unit_is_summed_twice_and_none_that_did_not_exist(history, number):
    lives, places = history
    on = day(number)
    tree = tree_on(lives, places, on)
    assert set(tree) <= {life.unit for life in lives if life.exists_on(on)}
    for top in tree:
        children = [unit for unit, parent in tree.items() if parent == top]
        parts = [below(tree, child) for child in children]
        assert sum(map(len, parts)) == len(set().union(*parts)) if parts else True
        assert below(tree, top) == {top}.union(*parts)
