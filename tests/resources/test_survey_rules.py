"""Rounds, tallies, shares and their change, at their edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.surveys.rules import (
    CODE_SIGNS,
    MOST_SHEETS,
    Change,
    Figure,
    Round,
    change,
    code_key,
    count_problems,
    days_problems,
    mean,
    moved_problems,
    percent,
    sheet_problem,
    states,
)

DAY = date(2026, 11, 28)
DAYS = st.integers(-400, 400).map(lambda n: DAY + timedelta(days=n))


def days(first: int, last: int, *, closed: bool = False, settled: bool = False) -> Round:
    """A round by days from `DAY`."""
    return Round(DAY + timedelta(days=first), DAY + timedelta(days=last), closed, settled)


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (days(1, 5), "coming"),
        (days(0, 5), "open"),
        (days(-5, 0), "open"),
        (days(-5, -1), "counting"),
        (days(-50, -30), "counting"),
        (days(-50, -31), "ended"),
        (days(0, 5, closed=True), "counting"),
        (days(0, 0, closed=True, settled=True), "ended"),
        (days(-5, -1, settled=True), "ended"),
        (days(-50, -31, closed=True), "ended"),
    ],
)
def test_a_round_is_open_then_counted_then_ended(one, state):
    assert one.state(DAY) == state


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (days(0, 0), days(0, 0), ("open", "coming")),
        (days(0, 0, closed=True), days(0, 0), ("counting", "open")),
        (days(0, 0, closed=True, settled=True), days(0, 0), ("ended", "open")),
        (days(-9, -5), days(0, 3), ("counting", "open")),
        (days(-9, -5), days(3, 4), ("counting", "coming")),
        (days(-9, -5, settled=True), days(-4, -1), ("ended", "counting")),
    ],
)
def test_of_two_rounds_on_one_day_the_second_waits_for_the_first(before, after, told):
    assert states(before, after, DAY) == told


@given(DAYS, DAYS, DAYS, DAYS, DAYS, st.lists(st.booleans(), min_size=4, max_size=4))
def test_never_are_two_rounds_open_at_once(a, b, c, d, today, marks):
    before, after = Round(a, b, *marks[:2]), Round(c, d, *marks[2:])
    if not days_problems(before, after):
        assert states(before, after, today) != ("open", "open")


@pytest.mark.parametrize(
    ("last", "today", "takes"),
    [(0, 30, True), (0, 31, False), (0, -6, False), (0, -5, True)],
)
def test_paper_is_counted_from_the_first_day_until_a_month_after(last, today, takes):
    assert days(-5, last).takes_paper(DAY + timedelta(days=today)) is takes


@given(DAYS, DAYS, DAYS, st.booleans(), st.booleans())
def test_paper_is_counted_only_while_no_result_is_shown(first, last, today, closed, settled):
    one = Round(first, last, closed, settled)
    assert not (one.takes_paper(today) and one.state(today) == "ended")
    assert settled <= (one.state(today) == "ended")


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        (days(0, 3), days(3, 5), set()),
        (days(0, 0), days(0, 0), set()),
        (days(0, 3), days(2, 5), {"after_from"}),
        (days(3, 2), days(5, 6), {"before_to"}),
        (days(0, 1), days(6, 5), {"after_to"}),
        (days(1, 0), days(6, 5), {"before_to", "after_to"}),
        (days(0, 119), days(119, 238), set()),
        (days(0, 120), days(121, 122), {"before_to"}),
    ],
)
def test_days_stand_in_order(before, after, fields):
    assert set(days_problems(before, after)) == fields


@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [
        (days(-9, -1), days(-9, -1), set()),
        (days(-9, -1), days(-9, 3), {"x_to"}),
        (days(-9, 3, closed=True), days(-9, 4), {"x_to"}),
        (days(-90, -60), days(-90, 4), {"x_to"}),
        (days(-9, 3), days(-9, 9), set()),
        (days(-9, 3), days(-9, 0), set()),
        (days(-9, 3), days(-9, -1), {"x_to"}),
        (days(-9, 3), days(-8, 3), {"x_from"}),
        (days(3, 5), days(4, 9), set()),
        (days(3, 5), days(-4, -2), {"x_to"}),
    ],
)
def test_days_move_as_long_as_the_round_has_not_ended(old, new, fields):
    assert set(moved_problems("x", old, new, DAY)) == fields


@pytest.mark.parametrize(
    ("typed", "code"),
    [("K7MW3P", "k7mw3p"), (" k7m-w3p ", "k7mw3p"), ("", ""), ("../..", ""), ("x" * 90, "x" * 20)],
)
def test_a_code_is_read_as_people_type_it(typed, code):
    assert code_key(typed) == code


def test_codes_hold_no_sign_that_is_taken_for_another():
    assert not set("01ilo") & set(CODE_SIGNS)
    assert code_key(CODE_SIGNS.upper())[:20] == CODE_SIGNS[:20]


@pytest.mark.parametrize(
    ("sheets", "is_wrong"), [(0, True), (1, False), (MOST_SHEETS, False), (MOST_SHEETS + 1, True)]
)
def test_a_tally_has_some_sheets(sheets, is_wrong):
    assert (sheet_problem(sheets) is not None) is is_wrong


@given(
    st.integers(1, 60), st.lists(st.lists(st.integers(0, 30), min_size=4, max_size=4), max_size=5)
)
def test_no_statement_has_more_answers_than_sheets(sheets, rows):
    counts = dict(enumerate(rows))
    assert set(count_problems(sheets, counts)) == {
        key for key, numbers in counts.items() if sum(numbers) > sheets
    }


def test_a_negative_count_is_none():
    assert set(count_problems(9, {1: [-1, 2, 0, 0], 2: [0, 0, 0, 0]})) == {1}


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [(0, 7, 0), (7, 7, 100), (1, 8, 13), (1, 3, 33), (2, 3, 67), (1, 200, 1)],
)
def test_shares_are_rounded_half_up(part, whole, told):
    assert percent(part, whole) == told


@pytest.mark.parametrize(
    ("figure", "bounds"),
    [
        (Figure(20, 5), (25, 25)),
        (Figure(20, None, "few"), (0, 20)),
        (Figure(30, None, "few"), (0, 14)),
        (Figure(30, None, "most"), (86, 100)),
        (Figure(20), None),
        (Figure(None), None),
    ],
)
def test_bounds_hold_what_is_told_and_no_more(figure, bounds):
    assert figure.bounds == bounds


@given(st.integers(10, 300), st.integers(0, 4))
def test_bounds_hold_every_number_that_is_kept_back(sheets, few):
    low, high = Figure(sheets, None, "few").bounds
    assert low <= 100 * few / sheets <= high
    low, high = Figure(sheets, None, "most").bounds
    assert low <= 100 * (sheets - few) / sheets <= high


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (Figure(20, 5), Figure(20, 15), Change(50)),
        (Figure(20, 15), Figure(20, 5), Change(-50)),
        (Figure(20, 10), Figure(30, 15), Change(0)),
        (Figure(20, None, "few"), Figure(20, 15), Change(55, at_least=True)),
        (Figure(20, 15), Figure(20, None, "few"), Change(-55, at_least=True)),
        (Figure(20, None, "few"), Figure(20, None, "few"), None),
        (Figure(20, None, "few"), Figure(40, 6), None),
        (Figure(20), Figure(20, 5), None),
        (None, Figure(20, 5), None),
    ],
)
def test_change_is_told_as_far_as_it_is_known(before, after, told):
    assert change(before, after) == told


@pytest.mark.parametrize(
    ("shares", "told"),
    [([20, 40], 30), ([33, 34], 34), ([20, None], None), ([], None), ([None], None)],
)
def test_an_average_needs_all_its_shares(shares, told):
    assert mean(shares) == told
