"""What events offer to the front page."""

from django.http import HttpRequest
from django.utils import timezone

from campaign.events.models import Event
from core.registry import Section

MOST = 4


def coming_events(request: HttpRequest) -> Section | None:
    """The next events; nothing where none is announced."""
    rows = Event.objects.public().select_related("unit", "commune")
    found = list(rows.coming(timezone.localdate())[:MOST])
    return Section("home/sections/events.html", {"events": found}) if found else None
