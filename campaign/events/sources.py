"""What events tell others: attendance for reports, as teachers told it; addresses for the link check."""

from collections.abc import Iterator

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils import timezone

from campaign.events.choices import EventState
from campaign.events.models import Attendance, Event, EventSeries
from campaign.reporting.sources import Offer, OtherSource, Scope
from campaign.units.reach import under
from core.page_links import links_of_records
from core.registry import FoundLink


def attended(scope: Scope, **narrowed: object) -> Offer:
    """Present in all classes at or below the unit, at events held in the window; how many events."""
    rows = Attendance.objects.filter(
        under(scope.unit.path, "unit"),
        event__starts_on__range=(scope.first, scope.last),
        **narrowed,
    ).exclude(event__state=EventState.CANCELLED)
    told = rows.aggregate(present=Sum("present"), events=Count("event", distinct=True))
    return Offer(told["present"] or 0, told["events"], reverse("events:desk"))


def attended_day(scope: Scope) -> Offer:
    """At the yearly day alone."""
    return attended(scope, event__series__in=EventSeries.objects.all())


DAY = OtherSource("du-ngay-hoi", "Điểm danh: lượt học sinh, sinh viên dự Ngày hội", attended_day)
EVENTS = OtherSource("du-su-kien", "Điểm danh: lượt học sinh, sinh viên dự các sự kiện", attended)


def event_links() -> Iterator[FoundLink]:
    """Where public events to come may be watched; what was shown of past ones is nobody's fault."""
    coming = Event.objects.public().coming(timezone.localdate())
    return links_of_records(
        coming.values_list("pk", "title", "live_url"), "events_event_modeladmin_edit"
    )
