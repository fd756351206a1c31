"""Verbs on attendance: what each class tells, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from campaign.activities.choices import EDITABLE
from campaign.activities.models import Activity
from campaign.events.models import Attendance, Event
from campaign.events.permissions import classes_to_note
from campaign.events.rules import attendance_problem, present_problem


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of one class; `seen` is the version that was on the screen, 0 for none."""

    unit: int
    present: int
    enrolled: int
    seen: int = 0


class Changed(Exception):
    """Somebody else has told of a class since the screen was made; `rows` are those, by class."""

    def __init__(self, rows: dict[int, Attendance]) -> None:
        super().__init__("Lớp này vừa được người khác báo.")
        self.rows = rows


def attendance_closed(event: Event, now: datetime) -> str | None:
    """Why nothing can be told of `event` now, in words; None while it is open."""
    activity = event.activity
    return attendance_problem(
        event.state, event.starts_on, event.ends_on, timezone.localtime(now).date(),
        is_sent=activity is not None and activity.state not in EDITABLE,
    )  # fmt: skip


def note_attendance(event: Event, rows: Iterable[Row], *, by: Any, now: datetime) -> int:
    """Keep what was told of some classes, all or none; how many rows are new or changed.

    Raises Changed when another has told of one of them meanwhile, ValidationError by class (its key as the
    field) where more are present than enrolled, PermissionDenied for a class that is not one's own.
    """
    told = {row.unit: row for row in rows}
    with transaction.atomic():
        held = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
        if problem := attendance_closed(held, now):
            raise ValidationError(problem)
        if classes_to_note(by, held).filter(pk__in=told).count() != len(told):
            raise PermissionDenied
        wrong = {
            str(key): problem
            for key, row in told.items()
            if (problem := present_problem(row.present, row.enrolled))
        }
        if wrong:
            raise ValidationError(wrong)
        known = {row.unit_id: row for row in held.attendance.filter(unit__in=told)}
        _refuse_changed(told, known)
        before = total_present(held)
        count = sum(_kept(held, row, known.get(key), by, now) for key, row in told.items())
        if count:
            _follow(held, before, now)
        return count


def _refuse_changed(told: dict[int, Row], known: dict[int, Attendance]) -> None:
    """What another told since is shown, unless it is the same."""
    changed = {}
    for key, row in told.items():
        there = known.get(key)
        same = there and (there.present, there.enrolled) == (row.present, row.enrolled)
        if there and there.version != row.seen and not same:
            changed[key] = there
    if changed:
        raise Changed(changed)


def _kept(event: Event, row: Row, there: Attendance | None, by: Any, now: datetime) -> bool:
    if there and (there.present, there.enrolled) == (row.present, row.enrolled):
        return False
    kept = there or Attendance(event=event, unit_id=row.unit, version=0)
    kept.present, kept.enrolled = row.present, row.enrolled
    kept.version += 1
    kept.noted_at, kept.noted_by = now, by
    kept.save()
    return True


def total_present(event: Event) -> int | None:
    """Everybody who was there; None while no class has told."""
    found = event.attendance.aggregate(all=Sum("present"))["all"]
    return None if found is None else int(found)


def _follow(event: Event, before: int | None, now: datetime) -> None:
    """The draft in the log follows late classes, as long as nobody has put another figure there."""
    rows = Activity.objects.select_for_update().filter(
        pk=event.activity_id, state__in=EDITABLE, people_count=before
    )
    for activity in rows:
        activity.people_count = total_present(event)
        activity.changed_at = now
        activity.version += 1
        activity.save(update_fields=["people_count", "changed_at", "version"])
