"""A month as weeks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.events.months import month_named, neighbours, weeks_of

TODAY = date(2026, 10, 12)


def test_a_month_has_whole_weeks_from_monday():
    weeks = weeks_of(date(2026, 10, 1), [], today=TODAY)
    assert all(len(week) == 7 for week in weeks)
    assert weeks[0][0].on == date(2026, 9, 28)
    assert weeks[0][0].is_other
    assert [day.on for week in weeks for day in week if day.is_today] == [TODAY]


def test_a_thing_of_some_days_lies_on_each():
    things = [(date(2026, 10, 30), date(2026, 11, 2), "Chiến dịch")]
    weeks = weeks_of(date(2026, 10, 1), things, today=TODAY)
    assert [day.on.day for week in weeks for day in week if day.things] == [30, 31, 1]


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "1999-01", "x", "²026-01", "9999-12"])
def test_nonsense_is_no_month(text):
    assert month_named(text) is None


@given(st.dates(date(2021, 1, 1), date(2099, 12, 31)))
def test_neighbours_are_a_month_apart(day):
    month = day.replace(day=1)
    before, after = neighbours(month)
    assert neighbours(before)[1] == month
    assert neighbours(after)[0] == month
