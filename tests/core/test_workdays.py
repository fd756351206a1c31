"""Working days and months, at their edges."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workdays import add_working_days, is_working_day, months_before

DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 28), False),
        (date(2026, 11, 29), False),
        (date(2026, 1, 1), False),
        (date(2026, 4, 30), False),
        (date(2026, 5, 1), False),
        (date(2026, 9, 2), False),
        (date(2026, 9, 3), True),
    ],
)
def test_weekends_and_fixed_holidays_are_no_working_days(day, works):
    assert is_working_day(day) is works


def test_day_of_the_table_is_no_working_day():
    assert is_working_day(date(2026, 2, 17)) is True
    assert is_working_day(date(2026, 2, 17), {date(2026, 2, 17)}) is False


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 11, 27), 0, date(2026, 11, 27)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 4, 29), 1, date(2026, 5, 4)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_first_day_does_not_count(start, count, end):
    assert add_working_days(start, count) == end


@given(DAYS, st.integers(1, 40))
def test_as_many_working_days_lie_between_as_were_added(start, count):
    end = add_working_days(start, count)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(map(is_working_day, between)) == count
    assert is_working_day(end)


@pytest.mark.parametrize(
    ("now", "months", "before"),
    [
        ((2028, 1, 15), 24, (2026, 1, 15)),
        ((2026, 1, 31), 1, (2025, 12, 31)),
        ((2026, 3, 31), 1, (2026, 2, 28)),
        ((2028, 3, 31), 1, (2028, 2, 29)),
        ((2028, 2, 29), 12, (2027, 2, 28)),
        ((2026, 12, 1), 12, (2025, 12, 1)),
        ((2026, 12, 1), 0, (2026, 12, 1)),
    ],
)
def test_months_are_months_of_the_calendar(now, months, before):
    found = months_before(datetime(*now, 3, 4, tzinfo=UTC), months)
    assert found == datetime(*before, 3, 4, tzinfo=UTC)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)), st.integers(0, 120))
def test_months_before_are_never_later_nor_a_month_too_early(now, months):
    before = months_before(now, months)
    assert before <= now
    assert (now.year - before.year) * 12 + now.month - before.month == months
    assert before.day <= now.day
