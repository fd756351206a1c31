"""What the results offer to the front page and to a unit's page."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from campaign.plan.rules import school_year_of
from campaign.results.queries import achievements_of, by_month_of
from campaign.results.series import MEASURES
from core.cache import remember
from core.registry import Section


def done_so_far(request: HttpRequest) -> Section | None:
    """The running school year's sums, each leading to its table. Nothing before anything was confirmed."""
    today = timezone.localdate()
    year = school_year_of(today)
    table = remember("results-sums", lambda: by_month_of(year, today))
    if table.is_empty:
        return None
    figures = list(zip(MEASURES, table.sums, strict=True))
    return Section("home/sections/results.html", {"year": year, "figures": figures})


def unit_achievements(request: HttpRequest, unit: Any) -> Section | None:
    """What a unit and those below it have done this school year, and the articles told of it."""
    told = achievements_of(unit, timezone.localdate())
    if told is None:
        return None
    return Section(
        "results/unit.html", {"told": told, "figures": list(zip(MEASURES, told.sums, strict=True))}
    )
