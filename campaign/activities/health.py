"""Whether the kept figures add up, cheaply enough for a health check: month by month over the whole site."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce, TruncMonth

from campaign.activities.choices import KindRole
from campaign.activities.models import Activity, KindMonth, SchoolMonth, UnitMonth

Row = tuple[int, int, int, int]
NAMES = ("activities", "classes", "people", "served")


def totals_problems() -> list[str]:
    """Months whose kept figures differ from a count of the confirmed activities. Four queries."""
    true = _counted()
    faults = []
    for model in (UnitMonth, KindMonth, SchoolMonth):
        kept = _kept(model)
        for month in sorted({*true, *kept}):
            have, want = kept.get(month, (0,) * 4), true.get(month, (0,) * 4)
            if have != want:
                faults.append(
                    f"figures of {month:%Y-%m} in {model.__name__} differ from the activities: "
                    "see manage.py recount_activities"
                )
    return faults


def _counted() -> dict[date, Row]:
    rows = Activity.objects.counted().order_by().values(month=TruncMonth("starts_on"))
    told = rows.annotate(
        number=Count("pk"),
        lessons=Count("pk", filter=Q(kind__role=KindRole.CLASS)),
        heads=Coalesce(Sum("people_count"), 0),
        times=Coalesce(Sum("served_count"), 0),
    )
    return {
        row["month"]: (row["number"], row["lessons"], row["heads"], row["times"]) for row in told
    }


def _kept(model: Any) -> dict[date, Row]:
    rows = model.objects.order_by().values("month")
    told = rows.annotate(**{f"{name}_sum": Sum(name) for name in NAMES})
    found = {row["month"]: tuple(row[f"{name}_sum"] for name in NAMES) for row in told}
    # A month that was counted and taken back is a row of noughts.
    return {month: figures for month, figures in found.items() if any(figures)}  # type: ignore[misc]
