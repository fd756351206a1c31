"""The demo's events: two editions of the yearly day, classes to come, one of them postponed."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.services import ensure_demo_accounts
from campaign.activities.models import Commune
from campaign.events import services
from campaign.events.models import Event, EventSeries, EventSession
from campaign.units.models import Unit
from home.demo.activities import PROVINCE
from home.demo.people import unit_at
from home.demo.reading import read

SCHOOL = "SO-HB/CDHB"


def load_events() -> None:
    """Events, where nobody has announced one."""
    if Event.objects.exists() or not Unit.objects.filter(code="CDHB").exists():
        return
    ensure_demo_accounts()
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
        starts_on=row["on"], place="Sân trường",
    )  # fmt: skip
    event.full_clean()
    event.save()
    for order, session in enumerate(row.get("sessions", [])):
        EventSession.objects.create(event=event, sort_order=order, **session)
    now = timezone.now()
    if "moved_to" in row:
        services.postpone(event, day=row["moved_to"], reason=row["reason"], by=editor, now=now)
    event.refresh_from_db()
    if event.starts_on and event.starts_on <= timezone.localdate():
        services.hold(event, outcome=row["outcome"], by=editor, now=now)


def _event(row: dict[str, Any], editor: User) -> None:
    today = timezone.localdate()
    commune = Commune.objects.filter(province=PROVINCE, name=row.get("commune", "")).first()
    names = ("kind", "title", "summary", "starts_at", "ends_at", "place", "contact", "phone")
    event = Event(
        unit=unit_at(row["unit"]), starts_on=today + timedelta(days=row["ahead"]), commune=commune,
        **{name: row[name] for name in names if name in row},
    )  # fmt: skip
    event.full_clean()
    event.save()
    if "moved_ahead" in row:
        day = today + timedelta(days=row["moved_ahead"])
        services.postpone(event, day=day, reason=row["reason"], by=editor, now=timezone.now())
