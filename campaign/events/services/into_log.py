"""An event that took place becomes an activity of the unit that held it: entered once, counted everywhere."""

from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Sum

from campaign.activities.models import Activity, ActivityKind
from campaign.activities.services import Entry, begin_activity
from campaign.events.choices import EventKind, EventState
from campaign.events.models import Event
from campaign.events.numbers import numbers_of
from campaign.events.permissions import user_can_log
from campaign.events.rules import share_words
from campaign.events.services.editions import hold

# The log's kind (campaign/activities/kinds.toml) of each kind of event.
KINDS = {
    EventKind.DAY: "su-kien",
    EventKind.LAUNCH: "su-kien",
    EventKind.CITIZEN_CLASS: "lop-ky-nang-so",
    EventKind.TRAINING: "tap-huan-can-bo",
    EventKind.FIELD_TRIP: "ve-xa",
}


def into_log(event: Event, *, by: Any, now: datetime) -> Activity:
    """A draft in the log with what the event knows; pressed twice, or by two, it is one.

    Entering it says that it was held. Raises PermissionDenied for whom does not write for the hosting unit;
    ValidationError before its day, where it was cancelled, or where the log's kind was taken off its list.
    """
    with transaction.atomic():
        held = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
        if not user_can_log(by, held):
            raise PermissionDenied
        if held.activity is not None:
            return held.activity
        if held.state != EventState.HELD:
            held = hold(held, by=by, now=now)
        kind = ActivityKind.objects.filter(slug=KINDS[EventKind(held.kind)]).first()
        if kind is None:
            raise ValidationError("Loại hoạt động của sự kiện này không còn trong danh mục.")
        # Of the event and who writes: two forms at once meet in one key.
        key = uuid5(NAMESPACE_URL, f"su-kien/{held.pk}/{held.sequence}")
        held.activity = begin_activity(held.unit, kind, _entry(held, kind), key=key, by=by, now=now)
        held.save(update_fields=["activity"])
        return held.activity


def _entry(event: Event, kind: ActivityKind) -> Entry:
    numbers = numbers_of(event)
    columns: dict[str, Any] = {
        "title": event.title[:200], "starts_on": event.starts_on, "ends_on": event.ends_on,
        "starts_at": event.starts_at, "ends_at": event.ends_at, "commune": event.commune,
        "place": event.place, "content": _content(event), "result": event.outcome,
    }  # fmt: skip
    present = numbers.present if event.takes_classes else _came(event)
    if kind.takes_people and present is not None:
        columns["people_count"] = present
    return Entry(columns=columns, topics=list(event.topics.all()))


def _came(event: Event) -> int | None:
    """Of those who registered, how many came; None while nobody has said."""
    found = event.registrations.confirmed().aggregate(all=Sum("came"))["all"]
    return None if found is None else int(found)


def _content(event: Event) -> str:
    """What was on, and where the number of people comes from."""
    lines = [event.summary, *(str(row) for row in event.sessions.all())]
    told = numbers_of(event)
    if told.classes_told:
        share = share_words(told.present or 0, told.enrolled)
        lines.append(
            f"Điểm danh: {told.classes_told}/{told.classes} lớp báo, "
            f"có mặt {told.present}/{told.enrolled} ({share})."
        )
    return "\n".join(line for line in lines if line)
