"""What of reports waits for whom, on the desk's first screen: one verb each, by day."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from campaign.reporting.choices import EDITABLE, RECEIVES, SIGNS, ReportState
from campaign.reporting.models import Report
from campaign.reporting.permissions import own_units
from campaign.units.reach import posts_of
from core.registry import DeskTask

MOST = 6
# A report that is due later than this waits without pressing.
SOON = timedelta(days=7)


def waiting(request: HttpRequest) -> list[DeskTask]:
    """To write, to sign off, to hand in, to mend; received, to look at."""
    posts = posts_of(request.user)
    if not posts:
        return []
    today = timezone.localdate()
    signing = {post.at.unit for post in posts if post.role in SIGNS}
    rows = Report.objects.owed().filter(
        unit__in=own_units(request.user), round__opens_on__lte=today + SOON
    )
    rows = rows.select_related("round", "unit").order_by("due_on", "unit__path")[:MOST]
    tasks = [_owed(row, today, row.unit_id in signing) for row in rows]
    return [*tasks, *_received(request)]


def _owed(row: Report, today: date, signs: bool) -> DeskTask:
    page = row.get_absolute_url()
    if row.state == ReportState.CONFIRMED:
        verb, url = "Nộp", page
    elif row.state in EDITABLE:
        verb, url = "Soạn", reverse("reporting:fill", args=[row.pk])
    else:
        verb, url = "Xem", page
    left = (row.due_on - today).days
    returned = row.state == ReportState.RETURNED
    if returned:
        state, tone = "Được trả lại", "late"
    elif left < 0:
        state, tone = f"Quá hạn {-left} ngày", "late"
    elif left <= SOON.days:
        state, tone = "Hạn hôm nay" if left == 0 else f"Còn {left} ngày", "soon"
    else:
        state, tone = f"Hạn {row.due_on:%d/%m}", "ok"
    detail = row.unit.name if not signs else f"{row.unit.name}, bạn ký duyệt"
    return DeskTask(row.round.title, url, verb, detail, due=row.due_on, tone=tone, state=state)


def _received(request: HttpRequest) -> list[DeskTask]:
    receiving = {post.at.unit for post in posts_of(request.user) if post.role in RECEIVES}
    user: Any = request.user
    if not receiving or user.is_shared:
        return []
    rows = Report.objects.filter(to__in=receiving, state=ReportState.SUBMITTED)
    count = rows.count()
    if not count:
        return []
    first = rows.select_related("unit", "round").order_by("submitted_at")[0]
    if count == 1:
        return [DeskTask(f"Xem báo cáo: {first.unit.name}", first.get_absolute_url(), "Xem",
                         first.round.title, tone="soon", state="Chờ nhận")]  # fmt: skip
    return [DeskTask(f"{count} báo cáo chờ nhận", reverse("reporting:reports") + "?cua=den", "Xem",
                     tone="soon", state="Chờ nhận")]  # fmt: skip
