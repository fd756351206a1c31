"""Verbs on roles: give, end; and the groups that follow from them."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from campaign.units.choices import ROLE_PERMISSIONS, SINGLE, Role
from campaign.units.models import Membership, Person, Unit
from campaign.units.permissions import user_can_grant
from campaign.units.posts import overlap, place_problem, shared_problem
from campaign.units.reach import forget_posts


def grant_role(
    user: User,
    unit: Unit,
    role: str,
    *,
    starts: date,
    ends: date | None = None,
    by: Any,
    today: date,
) -> Membership:
    """Give `user` a role at `unit` for these days. `by` None is the site itself (demo, import checked before).

    PermissionDenied when `by` may not; ValidationError says what is wrong, by field.
    """
    if by is not None and not user_can_grant(by, role, unit):
        raise PermissionDenied
    with transaction.atomic():
        # Lock: two heads may be named at once.
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        user = User.objects.get(pk=user.pk)
        _check(user, unit, role, starts, ends, today)
        _check_taken(user, unit, role, starts, ends)
        membership = Membership(
            user=user, unit=unit, role=role, starts=starts, ends=ends, given_by=by
        )
        membership.full_clean()
        membership.save()
        derive_groups(user, today=today)
    return membership


def grant_to_person(
    person: Person,
    *,
    role: str,
    unit: Unit,
    starts: date,
    ends: date | None = None,
    by: Any,
    today: date,
) -> Membership:
    """`grant_role` for somebody of the roster; without an account yet, one is opened by the same right."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        if person.left_on is not None:
            raise ValidationError({"role": "Người này đã thôi."})
        user = person.user
        if user is None:
            from campaign.units.services.people import open_account

            user = open_account(person, by=by, today=today)
        return grant_role(user, unit, role, starts=starts, ends=ends, by=by, today=today)


def _check(user: User, unit: Unit, role: str, starts: date, ends: date | None, today: date) -> None:
    problems: dict[str, str] = {}
    if (said := place_problem(role, unit.kind)) or (
        user.is_shared and (said := shared_problem(role))
    ):
        problems["role"] = said
    if not user.is_active:
        problems["user"] = "Tài khoản này đã ngừng hoạt động."
    if unit.ends is not None and unit.ends < today:
        problems["unit"] = "Đơn vị này không còn hoạt động."
    if ends is None and role == Role.DEPUTY:
        problems["ends"] = "Ủy quyền phải có ngày kết thúc."
    if ends is not None and ends < max(starts, today):
        problems["ends"] = "Ngày cuối không được trước ngày bắt đầu và trước hôm nay."
    if starts < unit.starts:
        problems["starts"] = f"Đơn vị có từ ngày {unit.starts:%d/%m/%Y}."
    if problems:
        raise ValidationError(problems)


def _check_taken(user: User, unit: Unit, role: str, starts: date, ends: date | None) -> None:
    """The same role twice, or a second head on the same day."""
    rows = Membership.objects.filter(unit=unit, role=role, revoked_at__isnull=True)
    for row in rows.filter(Q(user=user) | Q(role__in=SINGLE)).select_related("user"):
        if not overlap((row.starts, row.ends), (starts, ends)):
            continue
        if row.user_id == user.pk:
            raise ValidationError({"role": "Người này đã có vai trò này trong thời gian đó."})
        until = f" đến {row.ends:%d/%m/%Y}" if row.ends else ""
        raise ValidationError(
            {"role": f"Đơn vị đã có trưởng: {row.user.get_full_name()}, từ {row.starts:%d/%m/%Y}{until}. "
                     "Hãy ghi ngày cuối của người đó trước."}
        )  # fmt: skip


def end_role(
    membership: Membership, *, by: Any, now: datetime, last_day: date | None = None
) -> Membership:
    """End a role: at once, or with `last_day`, which has not passed."""
    if by is not None and not user_can_grant(by, membership.role, membership.unit):
        raise PermissionDenied
    today = now.date()
    with transaction.atomic():
        row = Membership.objects.select_for_update().get(pk=membership.pk)
        if row.revoked_at is not None or (row.ends is not None and row.ends < today):
            raise ValidationError({"last_day": "Vai trò này đã kết thúc."})
        if last_day is None:
            row.revoked_at, row.revoked_by = now, by
            row.ends = max(row.starts, today)
        elif last_day < max(today, row.starts):
            raise ValidationError(
                {"last_day": "Ngày cuối không được trước hôm nay và trước ngày bắt đầu."}
            )
        else:
            row.ends, row.revoked_by = last_day, by
        row.save(update_fields=["ends", "revoked_at", "revoked_by"])
        derive_groups(row.user, today=today)
    return row


def derive_groups(user: User, *, today: date) -> None:
    """Put the user into the groups that his roles open menus by, and out of the others."""
    held = set(Membership.objects.active(today).filter(user=user).values_list("role", flat=True))
    for role in ROLE_PERMISSIONS:
        if role in held:
            user.groups.add(role_group(role))
        elif user.groups.filter(name=role).exists():
            user.groups.remove(*user.groups.filter(name=role))
    forget_posts(user)


def role_group(role: str) -> Group:
    """The group of a role, with the permissions that open its menus."""
    group, made = Group.objects.get_or_create(name=role)
    wanted = Q(pk=None)
    for name in ROLE_PERMISSIONS[role]:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    if made or group.permissions.count() != len(ROLE_PERMISSIONS[role]):
        group.permissions.set(Permission.objects.filter(wanted))
    return group
