"""Events for calendars (RFC 5545): one file, or a feed that calendars keep reading."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

import icalendar
from django.conf import settings
from django.utils import timezone

from campaign.events.choices import EventState
from campaign.events.models import Event
from core.templatetags.site_tags import absolute

PRODUCT = "-//Binh dan hoc vu so//Su kien//VI"
FULL_DAY = timedelta(days=1)
# What has no end told lasts this long in a calendar.
USUAL = timedelta(hours=1)


def calendar_of(events: Iterable[Event], *, name: str) -> bytes:
    """A calendar with these events. One whose new day is not set stays on its announced day, as tentative."""
    found = icalendar.Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", name)
    found.add("x-wr-timezone", settings.TIME_ZONE)
    for event in events:
        if entry := _entry(event):
            found.add_component(entry)
    # Calendars must not guess what the zone's name means.
    found.add_missing_timezones()
    return bytes(found.to_ical())


def _entry(event: Event) -> icalendar.Event | None:
    day = event.starts_on or event.announced_on
    if day is None:
        return None
    entry = icalendar.Event()
    entry.add("uid", f"su-kien-{event.pk}@{settings.BASE_URL.split('//')[-1]}")
    entry.add("dtstamp", event.changed_at.astimezone(timezone.get_default_timezone()))
    entry.add("sequence", event.sequence)
    entry.add("summary", told_title(event))
    start, end = _span(event, day)
    entry.add("dtstart", start)
    entry.add("dtend", end)
    entry.add("status", _status(event))
    entry.add("url", absolute(event.get_absolute_url()))
    if event.where:
        entry.add("location", event.where)
    words = [
        event.reason and f"{event.get_state_display()}: {event.reason}",
        event.theme,
        event.summary,
    ]
    words += [part for part in (event.contact, event.phone) if part]
    entry.add("description", "\n".join(word for word in words if word))
    return entry


def told_title(event: Event) -> str:
    """The title with what is not as announced before it: a calendar on a phone shows little more."""
    return (
        f"{event.get_state_display().upper()}: {event.title}" if event.is_changed else event.title
    )


def _status(event: Event) -> str:
    if event.state == EventState.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if event.starts_on is None else "CONFIRMED"


def _span(event: Event, day: Any) -> tuple[Any, Any]:
    """Hours where they are told, else whole days (whose end is the day after)."""
    last = event.ends_on or day
    if event.starts_at is None:
        return day, last + FULL_DAY
    zone = timezone.get_default_timezone()
    start = datetime.combine(day, event.starts_at, zone)
    end = datetime.combine(last, event.ends_at or time.min, zone)
    return start, end if end > start else start + USUAL
