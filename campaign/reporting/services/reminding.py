"""Verbs that remind: by one press, by the day's letter, by hand. Each is a row.

So that nobody is told twice.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from campaign.reporting.choices import SIGNS, WRITES, Role, Stage
from campaign.reporting.deadlines import REMINDER_DAYS, reminder_stage
from campaign.reporting.models import Digest, Reminder, Report
from campaign.reporting.permissions import user_can_remind
from campaign.units.models import Membership
from core.templatetags.site_tags import absolute
from outbox.services import queue_letter

# Nobody wants a letter at midnight; the timer runs every minute.
FIRST_HOUR = 7
# From this stage on the head is told too.
ESCALATES = frozenset({1, -1})
WRITERS = WRITES - SIGNS


def remind(reports: Iterable[Report], *, by: Any, now: datetime) -> int:
    """Remind those who write or sign each of these; how many units. The same day again changes nothing."""
    day = timezone.localtime(now).date()
    count = 0
    for report in reports:
        if not user_can_remind(by, report):
            raise PermissionDenied
        with transaction.atomic():
            Report.objects.select_for_update().get(pk=report.pk)
            users: list[User | None] = [*_people(report.unit_id, WRITES | SIGNS, day)]
            told = report.reminders.filter(stage=Stage.ASKED, day=day)
            if told.exists():
                continue
            for user in users or [None]:
                Reminder.objects.create(
                    report=report, stage=Stage.ASKED, day=day, at=now, user=user, by=by
                )
                if user is not None and user.email:
                    _letter(user, [report], f"nhac-{report.pk}-{day:%Y%m%d}-{user.pk}", now)
            count += 1
    return count


def remind_by_hand(report: Report, *, note: str, by: Any, now: datetime) -> Reminder:
    """Told by telephone, in the group, at the door: so that others know."""
    if not user_can_remind(by, report):
        raise PermissionDenied
    day = timezone.localtime(now).date()
    return Reminder.objects.create(
        report=report, stage=Stage.BY_HAND, day=day, at=now, by=by, note=note.strip()[:200]
    )


def send_digests(now: datetime) -> int:
    """The day's letter: to each person one, of all that is due in 7, 3 or 1 days, or was due yesterday.

    Writers first; from the last day on the head too, and from the beginning where nobody else writes.
    Whoever has no address sees it on his desk. Run again it sends nothing more. How many persons were told.
    """
    local = timezone.localtime(now)
    today = local.date()
    if local.hour < FIRST_HOUR:
        return 0
    days = [today + timedelta(days=left) for left in REMINDER_DAYS]
    rows = Report.objects.owed().filter(
        due_on__in=days, round__opened_at__isnull=False, round__opens_on__lte=today
    )
    owed: dict[int, list[Report]] = {}
    people: dict[int, User] = {}
    for report in rows.select_related("round", "unit").order_by("due_on", "pk"):
        for user in _for_stage(report, today):
            people[user.pk] = user
            owed.setdefault(user.pk, []).append(report)
    done = set(Digest.objects.filter(day=today, user__in=people).values_list("user_id", flat=True))
    return sum(_told(people[pk], owed[pk], today, now) for pk in owed if pk not in done)


def _for_stage(report: Report, today: date) -> list[User]:
    stage = reminder_stage(report.due_on, today)
    writers = _people(report.unit_id, WRITERS, today)
    if stage in ESCALATES or not writers:
        return _people(report.unit_id, WRITES | SIGNS, today)
    return writers


def _told(user: User, reports: list[Report], today: date, now: datetime) -> bool:
    try:
        with transaction.atomic():
            Digest.objects.create(user=user, day=today, at=now)
            for report in reports:
                stage = str(reminder_stage(report.due_on, today))
                Reminder.objects.create(report=report, stage=stage, day=today, at=now, user=user)
            if user.email:
                _letter(user, reports, f"nhac-ngay-{today:%Y%m%d}-{user.pk}", now)
    except IntegrityError:
        # Another timer was faster.
        return False
    return True


def _people(unit: int, roles: Iterable[str], day: date) -> list[User]:
    held = Membership.objects.active(day).filter(unit=unit, role__in=set(roles) - {Role.MEMBER})
    rows = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return list(rows.order_by("pk"))


def _letter(user: User, reports: list[Report], key: str, now: datetime) -> None:
    first = reports[0]
    subject = (
        f"Nhắc nộp: {first.round.title}" if len(reports) == 1 else f"{len(reports)} báo cáo cần nộp"
    )
    queue_letter(
        to=user.email, subject=subject, template="report_reminder",
        context={
            "name": user.get_full_name() or user.username, "reports": reports,
            "link": absolute(reverse("reporting:reports")),
        },
        key=key, now=now,
    )  # fmt: skip
