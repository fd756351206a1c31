"""What of events waits for whom, on the desk's first screen."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from campaign.activities.choices import MAY_ENTER
from campaign.activities.permissions import units_to_enter
from campaign.events.choices import OPEN, EventState
from campaign.events.models import Attendance, Event
from campaign.events.permissions import classes_to_note, events_for
from campaign.events.rules import ATTENDANCE_DAYS
from campaign.units.reach import posts_of
from core.registry import DeskTask

# So long a change stays on the first screen, and what was held waits for the log.
TOLD_FOR = timedelta(days=10)
LOG_WITHIN = timedelta(days=60)
MOST = 4


def waiting(request: HttpRequest) -> list[DeskTask]:
    """Classes to tell of; what was held and is not in the log; what was postponed or cancelled."""
    if not posts_of(request.user):
        return []
    return [*_to_note(request), *_to_log(request), *_changed(request)]


def _to_note(request: HttpRequest) -> list[DeskTask]:
    user = request.user
    if not any(post.role in MAY_ENTER for post in posts_of(user)):
        return []
    today = timezone.localdate()
    open_since = today - timedelta(days=ATTENDANCE_DAYS)
    late = Q(starts_on__gte=open_since) | Q(ends_on__gte=open_since)
    rows = events_for(user).filter(late, takes_classes=True, starts_on__lte=today)
    rows = rows.filter(state__in=[*OPEN, EventState.HELD], activity__isnull=True)
    tasks = []
    for event in rows.select_related("unit").order_by("starts_on")[:MOST]:
        told = Attendance.objects.filter(event=event, unit=OuterRef("pk"))
        left = classes_to_note(user, event).filter(~Exists(told)).count()
        if left:
            tasks.append(DeskTask(
                f"Báo sĩ số: {event}", reverse("events:note", args=[event.pk]), "Điểm danh",
                f"Còn {left} lớp", tone="soon" if event.starts_on == today else "late",
                state="Hôm nay" if event.starts_on == today else "Chưa báo",
            ))  # fmt: skip
    return tasks


def _to_log(request: HttpRequest) -> list[DeskTask]:
    since = timezone.localdate() - LOG_WITHIN
    rows = Event.objects.filter(
        state=EventState.HELD, activity__isnull=True, starts_on__gte=since,
        unit__in=units_to_enter(request.user),
    )  # fmt: skip
    return [
        DeskTask(
            f"Ghi vào nhật ký: {event}", reverse("events:board", args=[event.pk]), "Ghi",
            f"{event.unit}, {event.starts_on:%d/%m/%Y}", state="Đã tổ chức",
        )
        for event in rows.select_related("unit").order_by("starts_on")[:MOST]
    ]  # fmt: skip


def _changed(request: HttpRequest) -> list[DeskTask]:
    since = timezone.now() - TOLD_FOR
    rows: Any = events_for(request.user).filter(
        state__in=[EventState.POSTPONED, EventState.CANCELLED], changes__at__gte=since
    )
    today = timezone.localdate()
    rows = rows.filter(Q(starts_on__isnull=True) | Q(starts_on__gte=today))
    return [
        DeskTask(
            f"{event.get_state_display()}: {event}", reverse("events:board", args=[event.pk]),
            "Xem", f"{_to_when(event)}{event.reason}", tone="soon", state=event.get_state_display(),
        )
        for event in rows.distinct().order_by("pk")[:MOST]
    ]  # fmt: skip


def _to_when(event: Event) -> str:
    if event.state == EventState.CANCELLED:
        return ""
    return f"Sang {event.starts_on:%d/%m/%Y}. " if event.starts_on else "Chưa định ngày. "
