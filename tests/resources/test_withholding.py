"""What a survey tells can't be turned into what it keeps back.

Beside tables of cases stands somebody who tries: he solves the equations of all that is told, and looks for
any group of people whose figure they give.
"""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.surveys.rules import SMALLEST
from resources.surveys.withholding import (
    BOTH_SIDES,
    audiences_agree,
    figures,
    is_safe,
    told,
    totals,
)

# A school, two faculties, two classes in the first and one in the second.
TREE = {0: None, 1: 0, 2: 0, 3: 1, 4: 1, 5: 2}
FLAT = {0: None, 1: 0, 2: 0, 3: 0}


@pytest.mark.parametrize(
    ("parts", "safe"), [((5,), True), ((4,), False), ((0,), False), ((5, 5), True), ((9, 4), False)]
)
def test_each_part_is_five_at_least(parts, safe):
    assert is_safe(parts) is safe


def test_totals_add_up_the_tree():
    own = {0: (1,), 3: (2,), 4: (4,), 5: (8,)}
    assert totals(TREE, own) == {0: (15,), 1: (6,), 2: (8,), 3: (2,), 4: (4,), 5: (8,)}


@pytest.mark.parametrize(
    ("own", "seen"),
    [
        # Nothing below five, and nothing left over.
        ({1: (5,), 2: (5,), 3: (9,)}, {0, 1, 2, 3}),
        # One small class: the smallest of the others goes with it.
        ({1: (6,), 2: (9,), 3: (4,)}, {0, 2}),
        # Two small ones hide each other when they are five together.
        ({1: (2,), 2: (3,), 3: (9,)}, {0, 3}),
        ({1: (2,), 2: (2,), 3: (9,)}, {0}),
        # Nobody came: nobody to be found.
        ({1: (0,), 2: (7,), 3: (9,)}, {0, 2, 3}),
        ({1: (4,)}, set()),
        # The school's own sheets lie in no class; they are a remainder too.
        ({0: (3,), 1: (7,), 2: (9,)}, {0, 2}),
        ({0: (5,), 1: (7,), 2: (9,)}, {0, 1, 2}),
    ],
)
def test_a_small_group_takes_the_smallest_beside_it_along(own, seen):
    assert told(FLAT, own) == seen


def test_a_unit_and_the_one_above_it_leave_no_small_difference():
    own = {3: (20,), 4: (3,), 5: (20,)}
    # Faculty 1 less class 3 would give class 4 away.
    assert told(TREE, own) == {0, 1, 2, 5}


def test_of_a_statement_both_sides_must_be_told():
    found = figures(
        FLAT, {1: (20, 10), 2: (12, 12), 3: (26, 4)}, {0: 84, 1: 30, 2: 24, 3: 30}, alone=True
    )
    assert {key: figure.able for key, figure in found.items()} == {0: 58, 1: 20, 2: None, 3: None}
    # Class 2 may be seven more or less: class 3 is not narrowed by it.
    assert found[3].side == "most"
    assert found[2].side == ""


def test_a_side_is_not_named_where_it_would_be_narrowed():
    # Class 2 could only be smaller by two: with the sum told, class 3 would be known to be three or four.
    own = {1: (40, 40), 2: (7, 40), 3: (4, 30)}
    sheets = {0: 161, 1: 80, 2: 47, 3: 34}
    found = figures(FLAT, own, sheets, alone=True)
    assert found[2].able is None
    assert found[3].side == ""
    # Nor where people are told apart in another way as well.
    own[2] = (20, 40)
    assert figures(FLAT, own, sheets | {2: 60, 0: 174}, alone=True)[3].side == "few"
    assert figures(FLAT, own, sheets | {2: 60, 0: 174}, alone=False)[3].side == ""


def test_where_nothing_is_exact_sides_are_named_from_ten_sheets_on():
    found = figures(
        FLAT, {1: (1, 12), 2: (1, 7), 3: (1, 9)}, {0: 31, 1: 13, 2: 8, 3: 10}, alone=False
    )
    assert {key: figure.side for key, figure in found.items()} == {
        0: "few", 1: "few", 2: "", 3: "few",
    }  # fmt: skip
    assert {figure.able for figure in found.values()} == {None}


def test_audiences_that_leave_few_in_their_units_are_not_told():
    # All of audience 1 are in class 1, with three of audience 2.
    cells = {(1, 1): (20,), (1, 2): (3,), (2, 2): (30,), (3, 2): (9,)}
    assert not audiences_agree(FLAT, {0, 1, 2, 3}, {1, 2}, cells)
    # With classes 1 and 2 untold, the two cannot be set against each other.
    assert audiences_agree(FLAT, {0}, {1, 2}, cells)
    assert audiences_agree(FLAT, {0, 1, 2, 3}, {1, 2}, cells | {(1, 2): (5,)})


KEYS = st.integers(1, 5)


@st.composite
def trees(draw, most: int = 5):
    """A tree of up to six groups, each in one that stands before it."""
    size = draw(st.integers(1, most))
    return {0: None, **{key: draw(st.integers(0, key - 1)) for key in range(1, size + 1)}}


COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 25))


def spans(rows: list[list[int]], wanted: list[int]) -> bool:
    """Whether `wanted` is a sum of multiples of `rows`."""
    return rank(rows) == rank([*rows, wanted])


def rank(rows: list[list[int]]) -> int:
    """By elimination, in fractions."""
    left = [[Fraction(cell) for cell in row] for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        lead = next((row for row in left[found:] if row[column]), None)
        if lead is None:
            continue
        left.remove(lead)
        left.insert(found, lead)
        for row in left[found + 1 :]:
            factor = row[column] / lead[column]
            for place in range(len(row)):
                row[place] -= factor * lead[place]
        found += 1
    return found


def inside(tree, key, top) -> bool:
    """Whether `key` is `top` or lies in it."""
    while key is not None and key != top:
        key = tree[key]
    return key == top


def worked_out(people: dict, groups: list[set]):
    """Every set of people (each a cell that is not empty) whose sum follows from the sums of `groups`."""
    cells = [cell for cell, parts in people.items() if any(parts)]
    rows = [[int(cell in group) for cell in cells] for group in groups]
    for size in range(1, len(cells) + 1):
        for chosen in combinations(cells, size):
            if rows and spans(rows, [int(cell in chosen) for cell in cells]):
                yield chosen


def summed(people: dict, cells) -> tuple[int, ...]:
    """What the cells are together."""
    return tuple(map(sum, zip(*(people[cell] for cell in cells), strict=True)))


@settings(max_examples=250, deadline=None)
@given(trees(), st.data())
def test_nothing_small_follows_from_the_units_that_are_told(tree, data):
    own = {key: (data.draw(COUNTS), data.draw(COUNTS)) for key in tree}
    seen = told(tree, own)
    groups = [{key for key in tree if inside(tree, key, top)} for top in seen]
    for cells in worked_out(own, groups):
        assert is_safe(summed(own, cells)), (seen, cells)


@settings(max_examples=250, deadline=None)
@given(trees(most=3), st.data())
def test_nothing_small_follows_from_units_and_audiences_together(tree, data):
    audiences = [11, 12, 13][: data.draw(st.integers(2, 3))]
    some = data.draw(
        st.sets(st.tuples(st.sampled_from(sorted(tree)), st.sampled_from(audiences)), max_size=7)
    )
    cells = {cell: (data.draw(COUNTS),) for cell in sorted(some)}
    by_unit = {key: (sum(n for (u, _), (n,) in cells.items() if u == key),) for key in tree}
    by_audience = {a: (sum(n for (_, b), (n,) in cells.items() if b == a),) for a in audiences}
    flat = {0: None, **dict.fromkeys(audiences, 0)}
    units, told_audiences = told(tree, by_unit), told(flat, by_audience) - {0}
    if not audiences_agree(tree, units, told_audiences, cells):
        told_audiences = set()
    groups = [{cell for cell in cells if inside(tree, cell[0], top)} for top in units]
    groups += [{cell for cell in cells if cell[1] == a} for a in told_audiences]
    for found in worked_out(cells, groups):
        assert is_safe(summed(cells, found)), (units, told_audiences, found)


@settings(max_examples=200, deadline=None)
@given(trees(most=3), st.data())
def test_a_named_side_leaves_all_five_numbers_possible(tree, data):
    """Whoever knows all that is told still finds each of 0 to 4 behind a side that is named."""
    own = {key: (data.draw(st.integers(0, 14)), data.draw(st.integers(0, 14))) for key in tree}
    whole = totals(tree, own)
    sheets = {key: sum(parts) for key, parts in whole.items() if sum(parts) >= SMALLEST}
    found = figures(tree, own, sheets, alone=True)
    for key, figure in found.items():
        if not figure.side or all(other.able is None for other in found.values()):
            continue
        side = 0 if figure.side == "few" else 1
        assert figure.sheets >= BOTH_SIDES
        # He moves people between it and the others kept back beside it, each of which stays what it seems.
        beside = [
            other for other in tree
            if tree[other] == tree[key] and other != key and other in found
            and found[other].able is None and is_safe(whole[other])
        ]  # fmt: skip
        more = sum(whole[other][1 - side] - SMALLEST for other in beside)
        fewer = sum(whole[other][side] - SMALLEST for other in beside)
        now = whole[key][side]
        assert now <= 4
        assert fewer >= 4 - now
        assert more >= now
