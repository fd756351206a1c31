"""The demo's events: two editions of the yearly day, classes to come, one of them postponed."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from accounts.services import ensure_demo_accounts
from campaign.activities.models import Commune
from campaign.activities.services import confirm_activity, send_activity
from campaign.events import services
from campaign.events.models import Event, EventSeries, EventSession
from campaign.events.numbers import enrolments_of
from campaign.events.permissions import classes_of
from campaign.events.services import Row
from campaign.units.models import Unit
from home.demo.activities import PROVINCE
from home.demo.people import role_accounts, unit_at
from home.demo.reading import read

SCHOOL = "SO-HB/CDHB"


def load_events() -> None:
    """Events, where nobody has announced one."""
    if Event.objects.exists() or not Unit.objects.filter(code="CDHB").exists():
        return
    ensure_demo_accounts()
    role_accounts()
    editor = User.objects.get(username="demo.editor")
    content = read("events")
    for row in content["edition"]:
        _edition(row, editor)
    for row in content["event"]:
        _event(row, editor)


def _edition(row: dict[str, Any], editor: User) -> None:
    event = Event(
        series=EventSeries.objects.first(), year=row["year"], kind="ngay-hoi", unit=unit_at(SCHOOL),
        title=row["title"], theme=row["theme"], summary=row["summary"], script=row.get("script", ""),
        starts_on=row["on"], place="Sân trường", takes_classes="absent" in row,
    )  # fmt: skip
    event.full_clean()
    event.save()
    for order, session in enumerate(row.get("sessions", [])):
        EventSession.objects.create(event=event, sort_order=order, **session)
    now = timezone.now()
    if "moved_to" in row:
        services.postpone(event, day=row["moved_to"], reason=row["reason"], by=editor, now=now)
    event.refresh_from_db()
    _attend(event, row.get("absent", {}))
    if event.starts_on and event.starts_on <= timezone.localdate():
        services.hold(event, outcome=row["outcome"], by=editor, now=now)
    if "absent" in row:
        _into_log(event)


def _attend(event: Event, absent: dict[str, int]) -> None:
    """What the classes have told, on the morning of the day."""
    if not absent or event.starts_on is None:
        return
    classes = list(classes_of(event).filter(code__in=absent))
    sizes = enrolments_of(classes, event.starts_on)
    rows = [Row(unit.pk, sizes[unit.pk] - absent[unit.code], sizes[unit.pk]) for unit in classes]
    now = datetime.combine(event.starts_on, time(7, 50), timezone.get_default_timezone())
    services.note_attendance(event, rows, by=_user("standing_office"), now=now)


def _offer(event: Event, row: dict[str, Any]) -> None:
    """Places, and who has taken some."""
    if "places" not in row:
        return
    office, now = _user("standing_office"), timezone.now()
    services.admit(event, **row["places"], closes_at=None, by=office)
    # Nobody's number, as everywhere in the demo.
    guest = services.Guest(phone="+84900000000", **row["guest"])
    services.register(event, guest, key=uuid4(), now=now)


def _into_log(event: Event) -> None:
    """Entered by the standing office, confirmed by the leader."""
    now = timezone.now()
    activity = services.into_log(event, by=_user("standing_office"), now=now)
    activity = send_activity(activity, by=_user("standing_office"), now=now)
    confirm_activity(activity, by=_user("leader"), now=now)


def _user(role: str) -> User:
    return User.objects.get(username=f"demo.{role}")


def _event(row: dict[str, Any], editor: User) -> None:
    today = timezone.localdate()
    commune = Commune.objects.filter(province=PROVINCE, name=row.get("commune", "")).first()
    names = ("kind", "title", "summary", "starts_at", "ends_at", "place", "contact", "phone")
    event = Event(
        unit=unit_at(row["unit"]), starts_on=today + timedelta(days=row["ahead"]), commune=commune,
        takes_classes="absent" in row,
        **{name: row[name] for name in names if name in row},
    )  # fmt: skip
    event.full_clean()
    event.save()
    _attend(event, row.get("absent", {}))
    _offer(event, row)
    if "moved_ahead" in row:
        day = today + timedelta(days=row["moved_ahead"])
        services.postpone(event, day=day, reason=row["reason"], by=editor, now=timezone.now())
