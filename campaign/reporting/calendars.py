"""Due days for calendars (RFC 5545), under an address of one's own that needs no signing in.

The address holds a signed name and a part of the password's hash: a new password makes the old address dead.
"""

from typing import Any

import icalendar
from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User
from campaign.reporting.models import Report
from core.templatetags.site_tags import absolute

PRODUCT = "-//Binh dan hoc vu so//Bao cao//VI"
SALT = "reporting.calendar"
HASH = 12


def feed_key(user: Any) -> str:
    """The secret part of one's own address."""
    return signing.dumps([user.pk, user.get_session_auth_hash()[:HASH]], salt=SALT)


def user_of(key: str) -> User | None:
    """Whose address it is; None for a forged or dead one."""
    try:
        pk, part = signing.loads(key, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or user.get_session_auth_hash()[:HASH] != part:
        return None
    return user


def calendar_of(reports: Any) -> bytes:
    """A day for each report: its last safe day, with how it stands."""
    found = icalendar.Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", "Hạn nộp báo cáo")
    for report in reports:
        found.add_component(_entry(report))
    return bytes(found.to_ical())


def _entry(report: Report) -> icalendar.Event:
    entry = icalendar.Event()
    host = settings.BASE_URL.split("//")[-1]
    entry.add("uid", f"bao-cao-{report.pk}@{host}")
    entry.add("dtstamp", report.changed_at)
    entry.add("sequence", report.version)
    entry.add("summary", f"Hạn nộp: {report.round.title} ({report.unit})")
    entry.add("dtstart", report.due_on)
    entry.add("status", "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    entry.add("description", f"{report.get_state_display()}. {report.round.limit.words}")
    entry.add("url", absolute(reverse("reporting:report", args=[report.pk])))
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Hạn nộp: {report.round.title}")
    alarm["trigger"] = "-P1D"
    entry.add_component(alarm)
    return entry
