"""Due dates of requests, at their edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workdays import is_working_day
from privacy.choices import EXPLAINED, RequestKind
from privacy.rules import (
    LIMITS,
    decision_due,
    extended_due,
    receipt_problem,
    reply_due,
)

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (MONDAY, date(2026, 11, 25)),
        (date(2026, 11, 26), date(2026, 11, 30)),
        (date(2026, 11, 27), date(2026, 12, 1)),
        (date(2026, 11, 28), date(2026, 12, 1)),
        (date(2026, 4, 29), date(2026, 5, 5)),
        (date(2026, 12, 31), date(2027, 1, 5)),
    ],
)
def test_reply_is_due_after_two_working_days(received, due):
    assert reply_due(received) == due


def test_holidays_of_the_table_are_no_working_days():
    assert reply_due(MONDAY, {date(2026, 11, 24)}) == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("kind", "days", "with_processor", "extension"),
    [
        (RequestKind.VIEW, 10, 15, 10),
        (RequestKind.COPY, 10, 15, 10),
        (RequestKind.RECTIFY, 10, 15, 10),
        (RequestKind.WITHDRAW, 15, 20, 15),
        (RequestKind.RESTRICT, 15, 20, 15),
        (RequestKind.OBJECT, 15, 20, 15),
        (RequestKind.DELETE, 20, 30, 20),
    ],
)
def test_law_sets_the_days_for_each_kind(kind, days, with_processor, extension):
    due = decision_due(kind, MONDAY)
    assert due == MONDAY + timedelta(days=days)
    assert decision_due(kind, MONDAY, with_processor=True) == MONDAY + timedelta(with_processor)
    assert extended_due(kind, due) == due + timedelta(days=extension)


def test_every_kind_has_its_limit_and_its_explanation():
    assert set(LIMITS) == set(EXPLAINED) == set(RequestKind)


@pytest.mark.parametrize(
    ("received", "accepted"),
    [
        (MONDAY, True),
        (MONDAY - timedelta(days=1), True),
        (MONDAY + timedelta(days=1), False),
        (MONDAY - timedelta(days=366), True),
        (MONDAY - timedelta(days=367), False),
    ],
)
def test_letter_came_within_the_last_year(received, accepted):
    assert (receipt_problem(received, MONDAY) is None) is accepted


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_reply_falls_on_a_working_day_after_receipt(received):
    due = reply_due(received)
    assert due > received
    assert is_working_day(due)
