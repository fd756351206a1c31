"""Verbs on accounts that an office shares: they draft for their unit, and confirm nothing."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import issue_slips
from accounts.slips import PrintedSlip
from campaign.units.choices import Role
from campaign.units.models import Membership, Unit
from campaign.units.permissions import is_staff, user_can_grant
from campaign.units.services.roles import grant_role

TAKEN = "Tên đăng nhập này đã có người dùng."


def open_shared_account(unit: Unit, *, name: str, username: str, by: Any, today: date) -> User:
    """An account for the computer of an office: it reports for `unit`. No password yet: a slip opens it."""
    if by is not None and not user_can_grant(by, Role.REPORTER, unit):
        raise PermissionDenied
    user = User(
        username=username.strip(), last_name=" ".join(name.split()), is_shared=True,
        must_choose_password=True,
    )  # fmt: skip
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    try:
        with transaction.atomic():
            user.save()
            grant_role(user, unit, Role.REPORTER, starts=today, by=by, today=today)
    except IntegrityError:
        raise ValidationError({"username": TAKEN}) from None
    return user


def print_shared_slip(membership: Membership, *, by: Any, now: datetime) -> list[PrintedSlip]:
    """A new slip for a shared account, by who may give its role; PermissionDenied otherwise."""
    user = membership.user
    running = Membership.objects.active(timezone.localdate(now)).filter(user=user)
    units = [row.unit for row in running.select_related("unit")]
    allowed = user.is_shared and not is_staff(user) and bool(units)
    # A slip opens all that the account reaches, so all of it must be in the giver's hands.
    if not allowed or not all(user_can_grant(by, Role.REPORTER, unit) for unit in units):
        raise PermissionDenied
    return issue_slips([user], by=by, now=now)
