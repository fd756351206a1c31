"""What the results offer to the front page."""

from django.http import HttpRequest
from django.utils import timezone

from campaign.plan.rules import school_year_of
from campaign.results.queries import by_month_of
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
