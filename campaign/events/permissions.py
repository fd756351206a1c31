"""Who keeps events, tells of classes, and sees how many were there."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from campaign.activities.choices import MAY_ENTER
from campaign.activities.permissions import units_to_enter
from campaign.events.models import Event
from campaign.units.choices import SEES_SENT, Role, UnitKind
from campaign.units.models import Unit
from campaign.units.reach import inside, manages_all, posts_of, sent, under

# Who sees the whole of his units' numbers.
SEES_NUMBERS = MAY_ENTER | {Role.LEADER}


def user_can_change(user: Any) -> bool:
    """Whether `user` makes, changes and moves events: editors, publishers, administrators."""
    return bool(user.has_perm("events.change_event"))


def classes_of(event: Event) -> QuerySet[Unit]:
    """The classes that are expected: those that run below the hosting unit on its day."""
    day = event.starts_on or event.announced_on or timezone.localdate()
    rows: QuerySet[Unit] = Unit.objects.active(day)
    return rows.filter(under(event.unit.path), kind=UnitKind.STUDENT_CLASS)


def classes_to_note(user: Any, event: Event) -> QuerySet[Unit]:
    """The classes that `user` tells of: his own, as their teacher or who reports for what is above."""
    if not event.takes_classes:
        return Unit.objects.none()
    return classes_of(event).filter(inside(user, MAY_ENTER))


def classes_to_see(user: Any, event: Event) -> QuerySet[Unit]:
    """The classes whose numbers `user` sees: those he reaches, and all of them for who keeps events."""
    rows = classes_of(event)
    if user_can_change(user):
        return rows
    return rows.filter(inside(user, SEES_NUMBERS) | sent(user, SEES_SENT))


def user_can_log(user: Any, event: Event) -> bool:
    """Whether `user` puts the event into the log of the unit that held it."""
    return units_to_enter(user).filter(pk=event.unit_id).exists()


def user_keeps_guests(user: Any, event: Event) -> bool:
    """Whether `user` sees who has registered: whoever writes for the unit that holds the event."""
    return Unit.objects.filter(inside(user, MAY_ENTER), pk=event.unit_id).exists()


def events_for(user: Any) -> QuerySet[Event]:
    """Events that concern the units of `user`: held by one of them or above them; below them what is public.

    What is not public is for those of the unit that holds it, and whoever reaches into it.
    """
    if manages_all(user):
        return Event.objects.all()
    step = Unit.steplen
    found = Q(pk__in=[])
    for post in posts_of(user):
        path = post.at.path
        above = [path[:end] for end in range(step, len(path) + 1, step)]
        found |= Q(unit__path__in=above) | under(path, "unit") & Q(is_public=True)
    return Event.objects.filter(found | inside(user, Role.values, "unit"))
