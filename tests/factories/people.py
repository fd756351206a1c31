"""Makes people: accounts, persons of the roster, roles."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import User
from campaign.units.choices import PersonKind, Role
from campaign.units.models import Membership, Person, Unit
from campaign.units.services import add_person, grant_role, open_account

numbers = count(1)
SINCE = date(2026, 9, 7)


def make_user(role: str = "", **fields: Any) -> User:
    """A user, in the site-wide role's group when one is named."""
    fields.setdefault("username", f"nguoi.{next(numbers)}")
    password = fields.pop("password", "mat-khau-thu-1")
    user = User.objects.create_user(password=password, **fields)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_person(unit: Unit, *, account: bool = False, **fields: Any) -> Person:
    """Somebody in the roster of `unit`; with an account where wanted."""
    number = next(numbers)
    known = {
        "kind": PersonKind.STUDENT, "code": f"SV{number:04d}", "full_name": f"Mẫu Văn {number}",
        "since": SINCE,
    }  # fmt: skip
    person = add_person(unit, by=None, **{**known, **fields})
    if account:
        open_account(person, by=None, today=timezone.localdate())
        person.refresh_from_db()
    return person


def hold(user: User, unit: Unit, role: str, **fields: Any) -> Membership:
    """`user` holds `role` at `unit` from today on."""
    today = timezone.localdate()
    if role == Role.DEPUTY:
        fields.setdefault("ends", today + timedelta(days=7))
    return grant_role(user, unit, role, by=None, today=today, **{"starts": today, **fields})


def make_holder(unit: Unit, role: str, **fields: Any) -> User:
    """A new user who holds `role` at `unit`."""
    user = make_user(**fields)
    hold(user, unit, role)
    return user
