"""Events for machines (schema.org)."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from campaign.events.choices import EventState
from campaign.events.models import Event
from core.templatetags.site_tags import absolute

STATUS = {
    EventState.PLANNED: "EventScheduled",
    EventState.HELD: "EventScheduled",
    EventState.CANCELLED: "EventCancelled",
}


def event_data(event: Event) -> dict[str, Any]:
    """One event, with its first day where it was moved."""
    status = STATUS.get(
        EventState(event.state), "EventRescheduled" if event.starts_on else "EventPostponed"
    )
    day = event.starts_on or event.announced_on
    online = bool(event.live_url)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "description": event.summary or event.theme,
        "url": absolute(event.get_absolute_url()),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode"
        if online
        else "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
        "inLanguage": "vi",
        "location": {"@type": "Place", "name": event.where or event.unit.name},
        "organizer": {"@type": "Organization", "name": event.unit.name},
    }
    if day:
        data["startDate"] = _moment(day, event.starts_at)
        data["endDate"] = _moment(event.ends_on or day, event.ends_at)
    if event.announced_on and event.announced_on != event.starts_on:
        data["previousStartDate"] = event.announced_on.isoformat()
    return data


def _moment(day: Any, at: Any) -> str:
    if at is None:
        return str(day.isoformat())
    return datetime.combine(day, at, timezone.get_default_timezone()).isoformat()
