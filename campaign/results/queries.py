"""Reads for the public figures: confirmed activities of the whole site, by school year."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import Max, Min, Q, Sum

from campaign.activities import figures as kept
from campaign.activities.choices import CommuneKind
from campaign.activities.models import Story, UnitMonth
from campaign.news.models import ArticlePage
from campaign.plan.rules import SchoolYear, school_year_of
from campaign.results.series import KEYS, Counted, Series, series
from campaign.results.suppression import SMALLEST, shown_table
from campaign.units.models import Unit
from campaign.units.reach import under

NOWHERE = "0"
MOST_STORIES = 6


@dataclass(frozen=True, slots=True)
class Results:
    """A school year's tables."""

    year: SchoolYear
    months: Series
    kinds: Series
    communes: Series

    @property
    def is_empty(self) -> bool:
        """Whether nothing was confirmed in that year."""
        return self.months.is_empty


def years_with_figures(today: date) -> list[SchoolYear]:
    """The running school year and every earlier one back to the first that has figures, newest first."""
    span = UnitMonth.objects.filter(activities__gt=0).aggregate(Min("month"), Max("month"))
    now = school_year_of(today)
    first = school_year_of(span["month__min"]) if span["month__min"] else now
    last = max(now, school_year_of(span["month__max"])) if span["month__max"] else now
    return [SchoolYear(year) for year in range(last.begins, min(first, now).begins - 1, -1)]


def results_of(year: SchoolYear, today: date) -> Results:
    """What was confirmed in a school year. Three queries."""
    months = year.months
    rows = Q(month__gte=months[0], month__lte=months[-1])
    return Results(year, _by_month(rows, months, today), _by_kind(rows), _by_commune(rows))


def by_month_of(year: SchoolYear, today: date) -> Series:
    """The months alone. One query."""
    months = year.months
    return _by_month(Q(month__gte=months[0], month__lte=months[-1]), months, today)


@dataclass(frozen=True, slots=True)
class Achievements:
    """What may be told of a unit: its sums, None where one is held back, and its live articles."""

    year: SchoolYear
    sums: tuple[int | None, ...]
    stories: list[Any]


def achievements_of(unit: Unit, today: date) -> Achievements | None:
    """A unit's figures of the running school year as far as they may be shown; None when there is nothing.

    A figure is shown when it can be shown among its siblings', and theirs among the units above: what a parent
    shows, less what the other children show, must never give away a small figure of one.
    """
    year = school_year_of(today)
    found = _sums(_tree_of(unit), year, unit)
    stories = list(
        ArticlePage.objects.newest().filter(
            pk__in=Story.objects.filter(under(unit.path, "activity__unit")).values("page")
        )[:MOST_STORIES]
    )
    if found is None and not stories:
        return None
    return Achievements(year, found or (0,) * len(KEYS), stories)


def _tree_of(unit: Unit) -> list[Unit]:
    """The unit and all above it, from the top."""
    return [*unit.get_ancestors(), unit]


def _sums(way: list[Unit], year: SchoolYear, unit: Unit) -> tuple[int | None, ...] | None:
    """Shown sums of the last of `way`. One query; what stands today below each unit is counted."""
    months = year.months
    rows = UnitMonth.objects.filter(
        under(way[0].path, "unit"), month__gte=months[0], month__lte=months[-1]
    )
    told = rows.order_by().values("unit__path").annotate(**{f"{key}_sum": Sum(key) for key in KEYS})
    figures = {row["unit__path"]: _figures(dict(row)) for row in told}
    if not any(any(row) for path, row in figures.items() if path.startswith(unit.path)):
        return None
    return tuple(_shown(way, figures, at) for at in range(len(KEYS)))


def _shown(way: list[Unit], figures: dict[str, tuple[int, ...]], at: int) -> int | None:
    """One figure of the last of `way`: held back where it, or one above it, is."""
    numbers = {path: row[at] for path, row in figures.items()}
    total = sum(numbers.values())
    if 0 < total < SMALLEST:
        return None
    for above, below in pairwise(way):
        size = len(below.path)
        parts: dict[str, int] = {below.path: 0}
        for path, number in numbers.items():
            if path.startswith(above.path):
                # What the unit above has done itself is a part beside its children.
                part = path[:size] if len(path) >= size else above.path
                parts[part] = parts.get(part, 0) + number
        order = sorted(parts)
        shown = shown_table([[parts[path] for path in order]]).cells[0][order.index(below.path)]
        if shown is None:
            return None
        total = shown
    return total


def _figures(row: dict[str, Any]) -> tuple[int, ...]:
    return tuple(row[f"{key}_sum"] or 0 for key in KEYS)


def _by_month(rows: Q, months: list[date], today: date) -> Series:
    """Every month up to the running one, those with nothing too."""
    told = {row["month"]: _figures(row) for row in kept.by_month(rows)}
    nothing = (0,) * len(KEYS)
    begun = [month for month in months if month <= today or month in told]
    return series(
        [Counted(f"{m:%Y-%m}", f"{m:%m/%Y}", told.get(m, nothing)) for m in begun or months[:1]]
    )


def _by_kind(rows: Q) -> Series:
    return series(
        [Counted(row["kind__slug"], row["kind__name"], _figures(row)) for row in kept.by_kind(rows)]
    )


def _by_commune(rows: Q) -> Series:
    """The most served first; those without a commune last."""
    found = [
        Counted(str(row["commune"] or NOWHERE), _place(row), _figures(row))
        for row in kept.by_commune(rows)
    ]
    return series(found, by=lambda line: (line.key == NOWHERE, line.rank, line.label))


def _place(row: dict[str, Any]) -> str:
    if row["commune"] is None:
        return "Không ghi xã, phường"
    return f"{CommuneKind(row['commune__kind']).label} {row['commune__name']}"
