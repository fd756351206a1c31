"""Reads of the kept figures, over any unit and what stands, or stood, below it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, Sum

from campaign.activities.models import (
    Activity,
    GroupMonth,
    KindMonth,
    Participant,
    SchoolMonth,
    UnitMonth,
)
from campaign.units.choices import UnitKind
from campaign.units.models import Unit
from campaign.units.queries import schools_moved_since, stood_under, tree_moved_since
from campaign.units.reach import under

NAMES = ("activities", "classes", "people", "served")
MOST_YEARS = 3
YEARS = range(2020, 2101)


@dataclass(frozen=True, slots=True)
class Figures:
    """Confirmed activities, classes among them, attendances in them, times served."""

    activities: int = 0
    classes: int = 0
    people: int = 0
    served: int = 0


def month_of(text: str) -> date | None:
    """`2026-11` as the first of that month; None for nonsense."""
    try:
        found = date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return None
    return found if found.year in YEARS else None


def month_ends(month: date) -> tuple[date, date]:
    """The first and the last day of a month."""
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    return month, following - timedelta(days=1)


def later(month: date) -> date:
    """The last month of a span that begins with `month`: three years are shown at a time."""
    return date(month.year + MOST_YEARS, month.month, 1)


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months from that of `first` to that of `last`."""
    found, month = [], first.replace(day=1)
    while month <= last:
        found.append(month)
        month = month_ends(month)[1] + timedelta(days=1)
    return found


def rows_of(unit: Unit, first: date, last: date) -> Q:
    """The rows of the months from `first` to `last` that are of `unit`, each by the tree of its own time.

    By path as long as nothing has moved since; else by the keys of those that stood below it in each month.
    """
    return _of_unit(unit, months_between(first, last), lambda months: Q(month__in=months))


def records_of(unit: Unit, first: date, last: date) -> Q:
    """The activities that the figures of `rows_of` are made of: the same months, the same tree."""
    return _of_unit(unit, months_between(first, last), begun_in)


def records_between(unit: Unit, first: date, last: date) -> Q:
    """The activities of `unit` whose first day lies between two days, each by the tree of its own month."""
    return records_of(unit, first, last) & Q(starts_on__range=(first, last))


def begun_in(months: list[date]) -> Q:
    """Activities that count in one of `months`: those whose first day lies in it."""
    found = Q(pk__in=[])
    for month in months:
        found |= Q(starts_on__range=month_ends(month))
    return found


def _of_unit(unit: Unit, months: list[date], of_months: Callable[[list[date]], Q]) -> Q:
    if not months or not tree_moved_since(unit, months[0]):
        return of_months(months) & under(unit.path, "unit")
    stood = stood_under(unit, [month_ends(month) for month in months])
    same: dict[frozenset[int], list[date]] = {}
    for month, units in zip(months, stood, strict=True):
        same.setdefault(frozenset(units), []).append(month)
    found = Q(pk__in=[])
    for keys, when in same.items():
        found |= of_months(when) & Q(unit__in=keys)
    return found


def roll_up(unit: Unit, first: date, last: date) -> Figures:
    """All of a unit in a stretch of months. Two to five queries, whatever stands below it.

    A school, or what stands above schools, is summed from schools' rows, while no unit has changed its school.
    """
    months = months_between(first, last)
    if months and _is_whole(unit) and not schools_moved_since(unit, months[0]):
        rows: Any = SchoolMonth.objects.filter(under(unit.path, "unit"), month__in=months)
    else:
        rows = UnitMonth.objects.filter(rows_of(unit, first, last))
    told = rows.aggregate(**{name: Sum(name) for name in NAMES})
    return Figures(**{name: told[name] or 0 for name in NAMES})


def _is_whole(unit: Unit) -> bool:
    """Whether no unit below `unit` is kept under a school, or a top, that is not below it."""
    return unit.kind == UnitKind.INSTITUTION or unit.is_root()


def by_month(rows: Q) -> list[dict[str, Any]]:
    """Figures of each month that has any, oldest first."""
    return _summed(UnitMonth, rows, ["month"], by=["month"])


def by_kind(rows: Q) -> list[dict[str, Any]]:
    """Figures of each kind that has any, in the order of the kinds."""
    return _summed(KindMonth, rows, ["kind__slug", "kind__name"], by=["kind__order", "kind__name"])


def by_commune(rows: Q) -> list[dict[str, Any]]:
    """Figures of each commune that has any; those without a commune together are a row of their own."""
    names = ["commune", "commune__kind", "commune__name"]
    return _summed(KindMonth, rows, names, by=["commune__province", "commune__name"])


def by_group(rows: Q) -> list[dict[str, Any]]:
    """People of each group; groups overlap and have no sum."""
    order = ["audience__order", "audience__name"]
    return _summed(GroupMonth, rows, ["audience__name"], by=order, of=("activities", "people"))


def by_unit(rows: Q) -> list[dict[str, Any]]:
    """Figures of each unit that has any, the most active first."""
    names = ["unit", "unit__name", "unit__path"]
    return _summed(UnitMonth, rows, names, by=["-activities_sum", "unit__path"])


def _summed(
    model: Any, rows: Q, names: list[str], *, by: list[str], of: tuple[str, ...] = NAMES
) -> list[dict[str, Any]]:
    """Sums (`…_sum`) of what has any activity, told apart by `names`. One query."""
    sums = {f"{name}_sum": Sum(name) for name in of}
    found = model.objects.filter(rows).order_by().values(*names).annotate(**sums)
    return list(found.filter(activities_sum__gt=0).order_by(*by))


@dataclass(frozen=True, slots=True)
class Own:
    """What one member did: activities, his own times served, and in how many of them nobody counted his."""

    person: int
    activities: int
    served: int
    uncounted: int


def own_figures(people: Iterable[int], first: date, last: date) -> dict[int, Own]:
    """Each person's own figures from confirmed activities. A group's total is nobody's. One query."""
    rows = Participant.objects.filter(
        person__in=list(people),
        activity__in=Activity.objects.counted().filter(starts_on__range=(first, last)),
    )
    told = rows.order_by().values("person").annotate(
        activities=Count("activity"), served=Sum("served_count"),
        uncounted=Count("pk", filter=Q(served_count__isnull=True)),
    )  # fmt: skip
    return {
        row["person"]: Own(row["person"], row["activities"], row["served"] or 0, row["uncounted"])
        for row in told
    }
