"""How far a user's posts reach, as posts and as conditions on querysets. The one place where scope is made."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from campaign.units.choices import UnitKind
from campaign.units.posts import Post, Spot

# Fewer units than this below a parent: treebeard's steps are four signs wide.
_LAST = "ZZZZ"
# Not an empty Q, which vanishes beside an "or".
EVERYTHING = ~Q(pk__in=[])


def manages_all(user: Any) -> bool:
    """Whether the user looks after the units of the whole site (administrators)."""
    return bool(user.has_perm("units.manage_all_units"))


def posts_of(user: Any, today: date | None = None) -> tuple[Post, ...]:
    """The user's posts as they hold today. One query, remembered on the user object for the request."""
    if not user.is_authenticated or not user.is_active:
        return ()
    day = today or timezone.localdate()
    known: dict[date, tuple[Post, ...]] = user.__dict__.setdefault("_posts", {})
    if day not in known:
        known[day] = tuple(_read(user, day))
    return known[day]


def forget_posts(user: Any) -> None:
    """Read the posts anew at the next question."""
    user.__dict__.pop("_posts", None)


def _read(user: Any, day: date) -> Iterable[Post]:
    rows = apps.get_model("units", "Membership").objects.active(day).filter(user_id=user.pk)
    for row in rows.select_related("unit").order_by("unit__path", "role", "pk"):
        yield Post(row.pk, row.role, spot_of(row.unit), row.unit.name, row.ends)


def spot_of(unit: Any) -> Spot:
    """Where a unit stands, as a value for the rules."""
    return Spot(unit.pk, unit.path, unit.kind, unit.institution_id)


def under(path: str, prefix: str = "") -> Q:
    """Rows whose unit is the one with `path` or stands below it; a range, so that an index serves it."""
    field = f"{prefix}__path" if prefix else "path"
    return Q(**{f"{field}__gte": path, f"{field}__lte": path + _LAST})


def inside(user: Any, roles: Iterable[str], prefix: str = "") -> Q:
    """Rows inside the units that the user reaches in one of `roles`: drafts, rosters, dossiers.

    `prefix` leads from the row to its unit ("unit", "activity__unit"; empty for units themselves).
    """
    if manages_all(user):
        return EVERYTHING
    wanted = set(roles)
    found = Q(pk__in=[])
    field = f"{prefix}__institution__isnull" if prefix else "institution__isnull"
    for post in posts_of(user):
        if post.role in wanted:
            reached = under(post.at.path, prefix)
            if post.at.kind == UnitKind.DEPARTMENT:
                # What lies inside a school is the school's: the department sees what was sent.
                reached &= Q(**{field: True})
            found |= reached
    return found


def sent(user: Any, roles: Iterable[str], prefix: str = "") -> Q:
    """Rows of units below the user's posts, a department's schools included: sent work and figures only."""
    if manages_all(user):
        return EVERYTHING
    wanted = set(roles)
    found = Q(pk__in=[])
    for post in posts_of(user):
        if post.role in wanted:
            found |= under(post.at.path, prefix)
    return found


def remember_posts(users: Iterable[Any], day: date) -> None:
    """Read the posts of many users at once, for lists that ask about each. One query."""
    found: dict[int, list[Post]] = {user.pk: [] for user in users}
    rows = apps.get_model("units", "Membership").objects.active(day).filter(user__in=found)
    for row in rows.select_related("unit").order_by("unit__path", "role", "pk"):
        found[row.user_id].append(
            Post(row.pk, row.role, spot_of(row.unit), row.unit.name, row.ends)
        )
    for user in users:
        held = tuple(found[user.pk]) if user.is_active else ()
        user.__dict__.setdefault("_posts", {})[day] = held
