"""A month as a table of weeks, with what lies on each day. Pure."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

FIRST, LAST = date(2020, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the table; `is_other` lies in a neighbouring month."""

    on: date
    is_other: bool
    is_today: bool
    things: tuple[Any, ...]


def weeks_of(
    month: date, things: Iterable[tuple[date, date, Any]], *, today: date
) -> list[list[Day]]:
    """The weeks from Monday to Sunday that touch `month`; a thing lies on each of its days."""
    told = list(things)
    weeks = calendar.Calendar(firstweekday=calendar.MONDAY).monthdatescalendar(
        month.year, month.month
    )
    return [
        [
            Day(
                on=day,
                is_other=day.month != month.month,
                is_today=day == today,
                things=tuple(thing for first, last, thing in told if first <= day <= last),
            )
            for day in week
        ]
        for week in weeks
    ]


def month_named(text: str) -> date | None:
    """`2026-10` as the first of that month; None for nonsense and for times without events."""
    try:
        found = date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return None
    return found if FIRST <= found <= LAST else None


def neighbours(month: date) -> tuple[date, date]:
    """The months before and after."""
    before = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    after = date(month.year + (month.month == 12), month.month % 12 + 1, 1)
    return before, after
