"""Verbs on the tree: add, rename, move, merge, end. One lock holds them apart; every change is dated.

Changes may be dated back (a decision of last week) but not before what is already recorded for the unit, and
not into the future: the tree of today is what treebeard holds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from campaign.units.choices import Role, UnitKind
from campaign.units.models import (
    Enrolment,
    Membership,
    Person,
    TeamMember,
    TreeLock,
    Unit,
    UnitName,
    UnitPlace,
)
from campaign.units.rules import place_problem
from campaign.units.services.roles import derive_groups

INTO_ITSELF = "Không thể chuyển một đơn vị vào chính nó hoặc vào đơn vị bên dưới nó."


@contextmanager
def tree_lock() -> Iterator[None]:
    """A transaction that alone may change the tree; the others wait.

    On SQLite the transaction itself holds the one write lock (IMMEDIATE).
    """
    with transaction.atomic():
        TreeLock.objects.get_or_create(pk=1)
        TreeLock.objects.select_for_update().get(pk=1)
        yield


def add_unit(
    parent: Unit | None, *, kind: str, code: str, name: str, starts: date, **more: Any
) -> Unit:
    """A new unit below `parent`, or at the top. ValidationError says what is wrong, by field."""
    with tree_lock():
        if parent is not None:
            parent = Unit.objects.get(pk=parent.pk)
        _may_stand(kind, parent, starts)
        unit = Unit(kind=kind, code=code, name=name, starts=starts, **more)
        unit.institution = _institution_for(kind, parent)
        unit.full_clean(exclude=["path", "depth", "numchild", "code_key"])
        _free_code(unit)
        unit = parent.add_child(instance=unit) if parent else Unit.add_root(instance=unit)
        if kind == UnitKind.INSTITUTION:
            unit.institution = unit
            unit.save(update_fields=["institution"])
        UnitName.objects.create(unit=unit, name=unit.name, short_name=unit.short_name, since=starts)
        UnitPlace.objects.create(unit=unit, parent=parent, since=starts)
    return unit


def rename_unit(unit: Unit, *, name: str, short_name: str, since: date, today: date) -> Unit:
    """Another name from `since` on; documents of the time before keep the old one."""
    with tree_lock():
        unit = Unit.objects.get(pk=unit.pk)
        _dated(unit, since, today, unit.names.order_by("-since").first())
        unit.name, unit.short_name = name, short_name
        unit.full_clean(exclude=["path", "depth", "numchild", "code_key"])
        unit.save(update_fields=["name", "short_name"])
        UnitName.objects.update_or_create(
            unit=unit, since=since, defaults={"name": unit.name, "short_name": unit.short_name}
        )
    return unit


def move_unit(unit: Unit, *, to: Unit | None, since: date, today: date) -> Unit:
    """Below another unit from `since` on, with all that is below it."""
    with tree_lock():
        unit = Unit.objects.get(pk=unit.pk)
        _dated(unit, since, today, unit.places.order_by("-since").first())
        if to is not None:
            to = Unit.objects.get(pk=to.pk)
            if to.pk == unit.pk or to.is_descendant_of(unit):
                raise ValidationError({"to": INTO_ITSELF})
        _may_stand(unit.kind, to, since, field="to")
        unit = _shifted(unit, to)
        UnitPlace.objects.update_or_create(unit=unit, since=since, defaults={"parent": to})
    return unit


def merge_units(unit: Unit, *, into: Unit, last_day: date, today: date) -> Unit:
    """`unit` ends with `last_day`; `into` takes over its running parts and answers for it from then on."""
    with tree_lock():
        unit, into = Unit.objects.get(pk=unit.pk), Unit.objects.get(pk=into.pk)
        if into.pk == unit.pk or into.is_descendant_of(unit):
            raise ValidationError({"into": "Không thể sáp nhập một đơn vị vào chính nó."})
        if into.kind != unit.kind:
            raise ValidationError({"into": "Chỉ sáp nhập hai đơn vị cùng loại."})
        if into.ends is not None:
            raise ValidationError({"into": "Đơn vị kế tục không còn hoạt động."})
        if last_day >= today:
            # The successor takes over on the day after, which must have come.
            raise ValidationError(
                {
                    "last_day": "Ngày cuối phải trước hôm nay: đơn vị kế tục tiếp nhận từ ngày hôm sau."
                }
            )
        for child in list(unit.get_children().filter(ends__isnull=True)):
            move_unit(child, to=into, since=last_day + timedelta(days=1), today=today)
        unit = Unit.objects.get(pk=unit.pk)
        _end(unit, last_day, today, successor=into)
        _people_follow(unit, into, today)
    return unit


def end_unit(unit: Unit, *, last_day: date, today: date) -> Unit:
    """The unit ends with `last_day`; its running parts have to be moved or ended first."""
    with tree_lock():
        unit = Unit.objects.get(pk=unit.pk)
        running = unit.get_children().filter(ends__isnull=True)
        if running.exists():
            names = ", ".join(str(child) for child in running[:5])
            raise ValidationError({"last_day": f"Còn đơn vị bên dưới đang hoạt động: {names}."})
        _empty_of_people(unit)
        _end(unit, last_day, today)
        _roles_end(unit, last_day)
    return unit


def record_enrolment(unit: Unit, *, count: int, as_of: date) -> Enrolment:
    """The number of students of a class on a day; the same day again corrects it."""
    if unit.kind != UnitKind.STUDENT_CLASS:
        raise ValidationError({"count": "Chỉ lớp mới có sĩ số."})
    enrolment, _ = Enrolment.objects.update_or_create(
        unit=unit, as_of=as_of, defaults={"count": count}
    )
    return enrolment


def _may_stand(kind: str, parent: Unit | None, day: date, *, field: str = "parent") -> None:
    problem = place_problem(kind, parent.kind if parent else None)
    if problem is None and parent and not (parent.starts <= day and parent.ends is None):
        problem = "Đơn vị cấp trên chưa có hoặc không còn hoạt động vào ngày này."
    if problem:
        raise ValidationError({field: problem})


def _dated(unit: Unit, since: date, today: date, newest: Any) -> None:
    if unit.ends is not None:
        raise ValidationError({"since": "Đơn vị này đã kết thúc, không đổi được nữa."})
    if since > today:
        raise ValidationError({"since": "Ngày này chưa tới: hãy ghi khi quyết định có hiệu lực."})
    if newest is not None and since < newest.since:
        raise ValidationError(
            {"since": f"Đã ghi một thay đổi từ {newest.since:%d/%m/%Y}; không ghi lùi trước đó."}
        )


def _end(unit: Unit, last_day: date, today: date, successor: Unit | None = None) -> None:
    if unit.ends is not None:
        raise ValidationError({"last_day": "Đơn vị này đã kết thúc."})
    if last_day > today or last_day < unit.starts:
        raise ValidationError({"last_day": "Ngày cuối phải nằm từ ngày bắt đầu đến hôm nay."})
    unit.ends, unit.successor = last_day, successor
    unit.save(update_fields=["ends", "successor"])


def _empty_of_people(unit: Unit) -> None:
    """Somebody must say where its people go; nobody loses his account by a change of the tree."""
    left = unit.people.filter(left_on__isnull=True).count()
    if left:
        raise ValidationError(
            {
                "last_day": f"Còn {left} người trong danh sách: hãy chuyển họ đi "
                "hoặc ghi thôi học, thôi việc trước."
            }
        )


def _people_follow(unit: Unit, into: Unit, today: date) -> None:
    """The roster and the members go to the successor; the other roles of the merged unit end with it."""
    Person.objects.filter(unit=unit, left_on__isnull=True).update(unit=into)
    TeamMember.objects.filter(
        unit=unit, ends__isnull=True, person__teams__unit=into, person__teams__ends__isnull=True
    ).update(ends=unit.ends)
    TeamMember.objects.filter(unit=unit, ends__isnull=True).update(unit=into)
    already = set(
        Membership.objects.active(today)
        .filter(unit=into, role=Role.MEMBER)
        .values_list("user", flat=True)
    )
    members = Membership.objects.active(today).filter(unit=unit, role=Role.MEMBER)
    new = sorted(set(members.values_list("user", flat=True)) - already)
    Membership.objects.bulk_create(
        Membership(user_id=user, unit=into, role=Role.MEMBER, starts=today) for user in new
    )
    _roles_end(unit, unit.ends or today)


def _roles_end(unit: Unit, last_day: date) -> None:
    """No role outlives its unit; one that was to begin later never holds."""
    rows = Membership.objects.filter(unit=unit, revoked_at__isnull=True)
    rows = rows.filter(Q(ends__isnull=True) | Q(ends__gt=last_day))
    users = list(User.objects.filter(memberships__in=rows).distinct())
    now = timezone.now()
    rows.filter(starts__gt=last_day).update(revoked_at=now)
    rows.filter(starts__lte=last_day).update(ends=last_day, revoked_at=now)
    for user in users:
        derive_groups(user, today=timezone.localdate())


def _institution_for(kind: str, parent: Unit | None) -> Unit | None:
    if parent is None or kind == UnitKind.INSTITUTION:
        return None
    return parent if parent.kind == UnitKind.INSTITUTION else parent.institution


def _shifted(unit: Unit, to: Unit | None) -> Unit:
    """Move in treebeard; a unit that changes schools takes its parts along, codes must be free there."""
    target = to or Unit.get_last_root_node()
    unit.move(target, "last-child" if to else "last-sibling")
    unit = Unit.objects.get(pk=unit.pk)
    if unit.kind == UnitKind.INSTITUTION:
        return unit
    institution = _institution_for(unit.kind, to)
    if institution != unit.institution:
        if Person.objects.filter(unit__path__startswith=unit.path).exists():
            raise ValidationError(
                {"to": "Đơn vị đang có người trong danh sách không chuyển sang trường khác được."}
            )
        for part in [unit, *unit.get_descendants()]:
            part.institution = institution
            _free_code(part, field="to")
            part.save(update_fields=["institution"])
    return Unit.objects.get(pk=unit.pk)


def _free_code(unit: Unit, *, field: str = "code") -> None:
    taken = Unit.objects.filter(institution=unit.institution, code_key=unit.code_key)
    if unit.institution is None:
        taken = Unit.objects.filter(institution__isnull=True, code_key=unit.code_key)
        if unit.kind == UnitKind.INSTITUTION:
            taken = Unit.objects.filter(kind=UnitKind.INSTITUTION, code_key=unit.code_key)
    if other := taken.exclude(pk=unit.pk).first():
        raise ValidationError({field: f"Mã “{unit.code}” đã dùng cho {other.name}."})
