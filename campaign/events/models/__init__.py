"""Models of events."""

from campaign.events.models.answers import EventAnswer
from campaign.events.models.attendance import Attendance
from campaign.events.models.event import Event, EventQuerySet
from campaign.events.models.parts import EventChange, EventMaterial, EventSession
from campaign.events.models.registrations import Admission, Registration
from campaign.events.models.series import EventSeries

__all__ = [
    "Admission",
    "Attendance",
    "Event",
    "EventAnswer",
    "EventChange",
    "EventMaterial",
    "EventQuerySet",
    "EventSeries",
    "EventSession",
    "Registration",
]  # fmt: skip
