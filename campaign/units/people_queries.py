"""Reads of people for the desk: who is in a unit and below, how far each is with his account."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from accounts.models import Slip
from campaign.units.choices import KEEPS_PEOPLE, PersonKind, UnitKind
from campaign.units.models import Membership, Person, Unit
from campaign.units.reach import inside, manages_all, under
from campaign.units.rules import account_state

# Where nobody stands in the roster himself: teams choose from the roster.
WITHOUT_ROSTER = (UnitKind.VOLUNTEER_TEAM,)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks of the list of people."""

    words: str = ""
    unit: Unit | None = None
    kind: str = ""
    account: str = ""
    gone: bool = False


def people_of(user: Any, top: Unit | None, asked: Asked, now: datetime) -> QuerySet[Person]:
    """People of `top` and below (None: of all one sees), as asked; with unit, account and roles of today."""
    rows = Person.objects.visible_to(user)
    if where := asked.unit or top:
        rows = rows.filter(under(where.path, "unit"))
    rows = rows.filter(left_on__isnull=not asked.gone)
    if asked.kind in PersonKind.values:
        rows = rows.filter(kind=asked.kind)
    if asked.account in ("co", "chua"):
        rows = rows.filter(user__isnull=asked.account == "chua")
    return described(rows.found(asked.words), now)


def described(rows: QuerySet[Person], now: datetime) -> QuerySet[Person]:
    """With what a list of people shows beside the names: two queries, whatever the number."""
    open_slip = Slip.objects.filter(user=OuterRef("user"), used_at=None, expires_at__gt=now)
    held = Membership.objects.active(now.date()).select_related("unit")
    return (
        rows.annotate(has_slip=Exists(open_slip))
        .select_related("unit", "user")
        .prefetch_related(Prefetch("user__memberships", held, to_attr="held"))
    )


def state_of(person: Any) -> str:
    """How far a described person is with his account."""
    user = person.user
    return account_state(
        has_account=user is not None,
        is_active=user is not None and user.is_active,
        must_choose=user is not None and user.must_choose_password,
        has_slip=person.has_slip,
    )


def units_kept(user: Any, top: Unit | None, today: date) -> QuerySet[Unit]:
    """Running units at and below `top` whose roster `user` keeps."""
    rows = Unit.objects.active(today).exclude(kind__in=WITHOUT_ROSTER)
    if top is not None:
        rows = rows.filter(under(top.path))
    elif manages_all(user):
        # Without a place to begin, a province's ten thousand units are no choice.
        return rows.none()
    return rows.filter(inside(user, KEEPS_PEOPLE)).order_by("path")


def units_seen(user: Any, top: Unit | None, today: date) -> QuerySet[Unit]:
    """Units to narrow the list of people by: those at and below `top`; for a whole province its schools."""
    rows = Unit.objects.active(today).exclude(kind__in=WITHOUT_ROSTER).order_by("path")
    if top is None or top.kind == UnitKind.DEPARTMENT:
        rows = rows.filter(kind=UnitKind.INSTITUTION) if manages_all(user) else rows.none()
    return rows.filter(under(top.path)) if top else rows
