"""Days and months of the law, pure: working days without the holidays of the table, months of the calendar."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TypeVar

Day = TypeVar("Day", date, datetime)
# Holidays of fixed date (Labour Code, article 112); Tết and the Hùng Kings' day follow the moon and are rows.
FIXED_HOLIDAYS = {(1, 1), (4, 30), (5, 1), (9, 2)}


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Whether offices work on `day`."""
    return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS and day not in holidays


def add_working_days(start: date, count: int, holidays: Collection[date] = ()) -> date:
    """The `count`-th working day after `start`; the day itself does not count."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day, holidays):
            count -= 1
    return day


def months_before(moment: Day, months: int) -> Day:
    """The same day and hour `months` months earlier; the month's last day where it has no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
