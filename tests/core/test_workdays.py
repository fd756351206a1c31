"""Working days, at their edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workdays import add_working_days, is_working_day

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
