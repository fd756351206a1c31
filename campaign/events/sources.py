"""What events tell reports: attendance as teachers told it, for the classes of a unit."""

from django.db.models import Count, Sum
from django.urls import reverse

from campaign.events.choices import EventState
from campaign.events.models import Attendance, EventSeries
from campaign.reporting.sources import Offer, OtherSource, Scope
from campaign.units.reach import under


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
