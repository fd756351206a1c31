"""Those concerned are told of a change: by mail where they have an address, on their desk in any case."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from campaign.activities.choices import MAY_ENTER
from campaign.events.models import Event, EventChange
from campaign.units.choices import Role, UnitKind
from campaign.units.models import Membership
from campaign.units.reach import under
from core.templatetags.site_tags import absolute
from outbox.services import queue_letter

# Who passes it on: those who act for a unit. Members see it on their desk.
PASSES_ON = MAY_ENTER | {Role.LEADER, Role.DEPARTMENT_OFFICER}
# In the schools of a department: who answers for the whole school.
FOR_SCHOOL = frozenset({Role.STANDING_OFFICE, Role.LEADER})


def concerned(event: Event, today: Any) -> QuerySet[User]:
    """Who answers for the host or for a unit below it, and for each school below a department."""
    below = under(event.unit.path, "unit")
    rows = Membership.objects.active(today).filter(below, role__in=PASSES_ON)
    if event.unit.kind == UnitKind.DEPARTMENT:
        # What goes on inside a school is told by the school.
        own = Q(unit__institution__isnull=True)
        schools = Q(unit__kind=UnitKind.INSTITUTION, role__in=FOR_SCHOOL)
        rows = rows.filter(own | schools)
    users = User.objects.filter(pk__in=rows.values("user"), is_active=True)
    return users.exclude(email="").order_by("pk")


def tell_change(change: EventChange, now: datetime) -> int:
    """A letter to each of those concerned, in the transaction of the change; how many."""
    event = change.event
    count = 0
    for user in concerned(event, timezone.localtime(now).date()):
        queue_letter(
            to=user.email,
            subject=f"{event.get_state_display()}: {event.title}",
            template="event_changed",
            context={
                "name": user.get_full_name() or user.username,
                "event": event,
                "change": change,
                "link": absolute(reverse("events:board", args=[event.pk])),
            },
            key=f"event-change-{change.pk}-{user.pk}",
            now=now,
        )
        count += 1
    return count
