"""Reads for the public figures: confirmed activities of the whole site, by school year."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Min, Q

from campaign.activities import figures as kept
from campaign.activities.choices import CommuneKind
from campaign.activities.models import UnitMonth
from campaign.plan.rules import SchoolYear, school_year_of
from campaign.results.series import KEYS, Counted, Series, series

NOWHERE = "0"


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
