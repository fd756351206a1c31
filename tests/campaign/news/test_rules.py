"""Which dates an article may carry."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.news.rules import EARLIEST, FURTHEST_AHEAD, date_problem

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "allowed"),
    [
        (date.min, False),
        (date(2019, 12, 31), False),
        (date(2020, 1, 1), True),
        (TODAY, True),
        (TODAY + timedelta(days=366), True),
        (TODAY + timedelta(days=367), False),
        (date.max, False),
    ],
)
def test_date_problem_at_the_edges(day, allowed):
    assert (date_problem(day, today=TODAY) is None) is allowed


def test_date_problem_says_which_way_it_is_wrong():
    assert "quá khứ: sớm nhất là 01/01/2020" in date_problem(date(1999, 1, 1), today=TODAY)
    assert "tương lai" in date_problem(date(2099, 1, 1), today=TODAY)


@given(st.dates(), st.dates(min_value=date(2024, 1, 1), max_value=date(2100, 1, 1)))
def test_date_problem_is_none_exactly_within_the_range(day, today):
    within = EARLIEST <= day <= today + FURTHEST_AHEAD
    assert (date_problem(day, today=today) is None) is within
