"""Verbs on events: next year's edition, an edition for each school, and the one door for their state."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.events.choices import EventState
from campaign.events.models import Event, EventChange, EventMaterial, EventSeries, EventSession
from campaign.events.permissions import user_can_change, user_can_log
from campaign.events.rules import LAST_YEAR, edition_title, proposed_day
from campaign.events.services.registrations import tell_registered
from campaign.events.services.telling import tell_change
from campaign.events.workflow import Move, allowed_moves, move_named
from campaign.units.choices import UnitKind
from campaign.units.models import Unit

SERIES = "Ngày hội toàn dân học tập số"
SUMMARY = (
    "Mỗi năm một ngày cả trường, cả xã cùng học kỹ năng số, nhân Ngày Chuyển đổi số quốc gia 10/10."
)
# What another edition takes over; days, state and what became of it are its own.
KEPT = ("unit", "kind", "summary", "description", "starts_at", "ends_at", "place", "commune", "contact",
        "phone", "script", "takes_classes", "is_public")  # fmt: skip


def ensure_series() -> None:
    """The yearly day, at the first start; what editors delete later stays deleted."""
    if not EventSeries.objects.exists():
        EventSeries.objects.create(name=SERIES, summary=SUMMARY)


def next_edition(event: Event, *, by: Any, now: datetime) -> Event:
    """The edition of the year after `event`; the same press twice gives the same one.

    ValidationError where the event belongs to no series.
    """
    _must_change(by)
    if event.series is None or event.year is None:
        raise ValidationError("Sự kiện này không thuộc sự kiện hằng năm nào: không có kỳ sau.")
    year = event.year + 1
    if year > LAST_YEAR:
        raise ValidationError("Năm này quá xa.")
    day = proposed_day(year, event.series.month, event.series.day)
    words = {"series": event.series, "year": year, "parent": None, "starts_on": day}
    return _copied(event, edition_title(event.title, event.year, year), words, by, now)


def editions_below(event: Event, *, by: Any, now: datetime) -> list[Event]:
    """An edition for each running school below the hosting department, those that are missing."""
    _must_change(by)
    schools = Unit.objects.filter(
        kind=UnitKind.INSTITUTION, path__startswith=event.unit.path
    ).active(timezone.localtime(now).date())  # type: ignore[attr-defined]
    made = []
    for school in schools.exclude(pk=event.unit_id).exclude(events__parent=event).order_by("path"):
        words = {
            "unit": school, "parent": event, "series": event.series, "year": event.year,
            "starts_on": event.starts_on, "place": school.name, "commune": None, "contact": "",
            "phone": "", "live_url": "",
        }  # fmt: skip
        made.append(_copied(event, f"{event.title}: {school}"[:200], words, by, now))
    return made


def _copied(event: Event, title: str, words: dict[str, Any], by: Any, now: datetime) -> Event:
    """A planned event like `event`; the one that is there already when somebody was faster."""
    fields = {name: getattr(event, name) for name in KEPT} | words
    try:
        with transaction.atomic():
            made = Event(title=title, **fields)
            made.save()
            _copy_rows(event, made)
            EventChange.objects.create(
                event=made, at=now, by=by, move="make", to_state=made.state, to_day=made.starts_on
            )
    except IntegrityError:
        same = {name: fields[name] for name in ("series", "year", "unit")}
        found = Event.objects.filter(**same).first()
        if found is None or fields["series"] is None:
            raise
        return found
    return made


def _copy_rows(event: Event, made: Event) -> None:
    made.topics.set(event.topics.all())
    names = ("sort_order", "starts_at", "ends_at", "title", "place", "host")
    for row in EventSession.objects.filter(event=event):
        EventSession.objects.create(event=made, **{name: getattr(row, name) for name in names})
    # Documents belong to their year; learning material stays good.
    for row in EventMaterial.objects.filter(event=event, item__isnull=False):
        EventMaterial.objects.create(event=made, sort_order=row.sort_order, item=row.item)


def postpone(event: Event, *, day: date | None, reason: str, by: Any, now: datetime) -> Event:
    """To another day, or to one that is not set yet."""
    with transaction.atomic():
        held, move = _open(event, "postpone", by)
        before = held.starts_on
        if day is not None and day == before:
            raise ValidationError({"day": "Đây là ngày đã báo."})
        span = held.ends_on - held.starts_on if held.ends_on and held.starts_on else None
        held.starts_on = day
        held.ends_on = day + span if day and span is not None else None
        return _moved(held, move, by, now, reason=reason, before=before)


def cancel(event: Event, *, reason: str, by: Any, now: datetime) -> Event:
    """It will not take place."""
    with transaction.atomic():
        held, move = _open(event, "cancel", by)
        return _moved(held, move, by, now, reason=reason, before=held.starts_on)


def hold(event: Event, *, outcome: str = "", by: Any, now: datetime) -> Event:
    """It took place; never said of a day that is still to come."""
    with transaction.atomic():
        held, move = _open(event, "hold", by)
        if held.starts_on is None or held.starts_on > timezone.localtime(now).date():
            raise ValidationError("Ngày này chưa tới.")
        held.outcome = outcome.strip() or held.outcome
        return _moved(held, move, by, now, before=held.starts_on)


def reopen(event: Event, *, reason: str, by: Any, now: datetime) -> Event:
    """Planned again: it was cancelled, or said to be held, by mistake."""
    with transaction.atomic():
        held, move = _open(event, "reopen", by)
        if held.starts_on is None:
            held.starts_on = held.announced_on
        return _moved(held, move, by, now, reason=reason, before=held.starts_on)


def _open(event: Event, name: str, by: Any) -> tuple[Event, Move]:
    """The event, held, and the move, if it is open to `by` and from where the event is now."""
    held = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    # That it took place is also said by who writes for the unit that held it.
    if not (name == "hold" and user_can_log(by, held)):
        _must_change(by)
    move = move_named(name)
    if move not in allowed_moves(held.state):
        state = EventState(held.state).label.lower()
        raise ValidationError(f"Sự kiện này {state}: không “{move.label.lower()}” được nữa.")
    return held, move


def _moved(
    event: Event, move: Move, by: Any, now: datetime, *, reason: str = "", before: date | None
) -> Event:
    was, event.state = event.state, EventState(move.target)
    reason = " ".join(reason.split())
    # What is planned again, or was held, is as it should be: the reason stays in the history alone.
    event.reason = reason if event.is_changed else ""
    event.save()
    change = EventChange.objects.create(
        event=event, at=now, by=by, move=move.name, from_state=was, to_state=event.state,
        from_day=before, to_day=event.starts_on, reason=reason,
    )  # fmt: skip
    if move.wants_reason and _is_ahead(event, before, now):
        tell_change(change, now)
        tell_registered(change, now)
    return event


def _is_ahead(event: Event, before: date | None, now: datetime) -> bool:
    """Whether anybody may still prepare for the old day or the new one; what is long past is only put right."""
    days = [day for day in (before, event.starts_on) if day]
    return not days or max(days) >= timezone.localtime(now).date()


def _must_change(by: Any) -> None:
    if not user_can_change(by):
        raise PermissionDenied
