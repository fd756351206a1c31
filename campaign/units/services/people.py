"""Verbs on people: into the roster, corrected, to another class, gone, back; accounts; members of teams."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import invite, issue_slips
from accounts.slips import PrintedSlip
from campaign.units.choices import Role, UnitKind
from campaign.units.models import Membership, Person, TeamMember, Unit
from campaign.units.permissions import slip_problem, user_can_keep_people, user_can_let_go
from campaign.units.rules import free_user_name, split_name
from campaign.units.services.roles import derive_groups

ELSEWHERE = "Chỉ chuyển trong cùng một trường."


def add_person(
    unit: Unit,
    *,
    kind: str,
    code: str,
    full_name: str,
    since: date,
    birth_year: int | None = None,
    by: Any,
) -> Person:
    """Somebody new in the roster of `unit`. ValidationError says what is wrong, by field."""
    _must_keep(by, unit)
    if unit.kind == UnitKind.VOLUNTEER_TEAM:
        raise ValidationError({"unit": "Đội chọn thành viên từ danh sách của lớp, phòng, khoa."})
    if unit.ends is not None:
        raise ValidationError({"unit": "Đơn vị này không còn hoạt động."})
    person = Person(
        institution=home_of(unit), unit=unit, kind=kind, code=code, full_name=full_name,
        birth_year=birth_year, since=since,
    )  # fmt: skip
    _save(person)
    return person


def home_of(unit: Unit) -> Unit:
    """The school a unit belongs to; for a department's own parts the department."""
    return unit.institution or (unit if unit.is_root() else unit.get_root())


def correct_person(
    person: Person, *, code: str, full_name: str, birth_year: int | None, by: Any
) -> Person:
    """A mended name, code or year of birth. The user name stays: slips and habits rest on it."""
    _must_keep(by, person.unit)
    person.code, person.full_name, person.birth_year = code, full_name, birth_year
    with transaction.atomic():
        _save(person)
        if person.user is not None:
            person.user.last_name, person.user.first_name = split_name(person.full_name)
            person.user.save(update_fields=["last_name", "first_name"])
    return person


def move_person(person: Person, *, to: Unit, since: date, by: Any, now: datetime) -> Person:
    """To another class or office of the school; the roles at the old place end, membership goes along."""
    _must_keep(by, person.unit)
    _must_keep(by, to)
    if to.pk == person.unit_id:
        raise ValidationError({"to": "Người này đã ở đơn vị đó."})
    if home_of(to).pk != person.institution_id:
        raise ValidationError({"to": ELSEWHERE})
    if to.kind == UnitKind.VOLUNTEER_TEAM or to.ends is not None:
        raise ValidationError({"to": "Không chuyển danh sách vào đơn vị này được."})
    if since > now.date():
        raise ValidationError({"since": "Ngày này chưa tới."})
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        old, person.unit = person.unit, to
        person.save(update_fields=["unit"])
        if person.user is not None:
            revoke(Membership.objects.filter(user=person.user, unit=old), by, now)
            _as_member(person.user, to, now.date(), by)
    return person


def let_go(person: Person, *, last_day: date, by: Any, now: datetime) -> Person:
    """The person leaves the school: roles end, the account closes at once, teams go on without."""
    if by is not None and not user_can_let_go(by, person):
        raise PermissionDenied
    if last_day > now.date() or last_day < person.since:
        raise ValidationError({"last_day": "Ngày cuối phải nằm từ ngày bắt đầu đến hôm nay."})
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        if person.left_on is not None:
            raise ValidationError({"last_day": "Người này đã thôi từ trước."})
        person.left_on = last_day
        person.save(update_fields=["left_on"])
        for team in person.teams.filter(ends__isnull=True):
            team.ends = max(team.starts, last_day)
            team.save(update_fields=["ends"])
        if person.user is not None:
            revoke(Membership.objects.filter(user=person.user), by, now)
            person.user.is_active = False
            person.user.save(update_fields=["is_active"])
    return person


def take_back(person: Person, *, by: Any, now: datetime) -> Person:
    """Somebody who left by mistake, or comes back: a member of his unit again; other roles are given anew."""
    _must_keep(by, person.unit)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        if person.left_on is None:
            raise ValidationError("Người này vẫn đang trong danh sách.")
        if person.unit.ends is not None:
            raise ValidationError("Đơn vị cũ không còn hoạt động: hãy thêm vào đơn vị khác.")
        person.left_on = None
        person.save(update_fields=["left_on"])
        if person.user is not None:
            person.user.is_active = True
            person.user.save(update_fields=["is_active"])
            _as_member(person.user, person.unit, now.date(), by)
    return person


def open_account(person: Person, *, by: Any, today: date, email: str = "") -> User:
    """An account for a person of the roster: user name from the code, no password yet (slip or invitation)."""
    _must_keep(by, person.unit)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        if person.user is not None:
            return person.user
        if person.left_on is not None:
            raise ValidationError("Người này đã thôi: không mở tài khoản được.")
        last_name, first_name = split_name(person.full_name)
        user = User(
            username=free_user_name(person.code, person.institution.code, _name_taken),
            last_name=last_name, first_name=first_name, email=email.strip(), must_choose_password=True,
        )  # fmt: skip
        user.set_unusable_password()
        user.full_clean(exclude=["password"])
        user.save()
        person.user = user
        person.save(update_fields=["user"])
        _as_member(user, person.unit, today, by)
    return user


def print_slips(people: Sequence[Person], *, by: Any, now: datetime) -> list[PrintedSlip]:
    """Slips for people of the roster, in their order; accounts are opened where missing.

    All or none: ValidationError names the first for whom `by` may not (see `slip_problem`).
    """
    with transaction.atomic():
        for person in people:
            if by is not None and (said := slip_problem(by, person)):
                raise ValidationError(f"{person.full_name}: {said}")
        today = timezone.localdate(now)
        users = [person.user or open_account(person, by=by, today=today) for person in people]
        return issue_slips(users, by=by, now=now)


def invite_person(person: Person, *, email: str, by: Any, now: datetime) -> User:
    """A link by letter to choose the password; opens the account where it is missing.

    A link opens an account as a slip does, so the same rule says who may send one.
    """
    if by is not None and (said := slip_problem(by, person)):
        raise ValidationError({"email": said})
    with transaction.atomic():
        user = open_account(person, by=by, today=timezone.localdate(now))
        if User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
            raise ValidationError({"email": "Địa chỉ này đã dùng cho tài khoản khác."})
        user.email = email
        user.save(update_fields=["email"])
        invite(user, by=by, now=now)
    return user


def add_team_member(
    team: Unit, person: Person, *, task: str, starts: date, by: Any, now: datetime
) -> TeamMember:
    """A person of the same school becomes a member of a team, with a task."""
    _must_keep(by, team)
    if team.kind != UnitKind.VOLUNTEER_TEAM or team.ends is not None:
        raise ValidationError({"person": "Chỉ đội đang hoạt động mới có thành viên đội."})
    if home_of(team).pk != person.institution_id or person.left_on is not None:
        raise ValidationError({"person": "Người này không ở trong danh sách của trường."})
    with transaction.atomic():
        # Lock: the same person may be added twice at once.
        Person.objects.select_for_update().get(pk=person.pk)
        row = TeamMember(unit=team, person=person, task=" ".join(task.split()), starts=starts)
        row.full_clean()
        row.save()
        if person.user is not None:
            _as_member(person.user, team, now.date(), by)
    return row


def change_task(row: TeamMember, *, task: str, by: Any) -> TeamMember:
    """Another task for a member of a team."""
    _must_keep(by, row.unit)
    if row.ends is not None:
        raise ValidationError({"task": "Người này đã rời đội."})
    row.task = " ".join(task.split())
    row.save(update_fields=["task"])
    return row


def end_team_member(row: TeamMember, *, last_day: date, by: Any, now: datetime) -> TeamMember:
    """A member leaves the team with `last_day`."""
    _must_keep(by, row.unit)
    if row.ends is not None:
        raise ValidationError({"last_day": "Người này đã rời đội."})
    if last_day > now.date() or last_day < row.starts:
        raise ValidationError({"last_day": "Ngày cuối phải nằm từ ngày bắt đầu đến hôm nay."})
    with transaction.atomic():
        row.ends = last_day
        row.save(update_fields=["ends"])
        if row.person.user is not None:
            revoke(Membership.objects.filter(user=row.person.user, unit=row.unit), by, now)
    return row


def revoke(memberships: Any, by: Any, now: datetime) -> None:
    """End the running ones of these at once."""
    today = now.date()
    running = memberships.filter(revoked_at__isnull=True).exclude(ends__lt=today)
    users = []
    for row in running.select_related("user"):
        row.revoked_at, row.revoked_by, row.ends = now, by, max(row.starts, today)
        row.save(update_fields=["revoked_at", "revoked_by", "ends"])
        users.append(row.user)
    for user in users:
        derive_groups(user, today=today)


def _as_member(user: User, unit: Unit, today: date, by: Any) -> None:
    running = Membership.objects.active(today).filter(user=user, unit=unit, role=Role.MEMBER)
    if not running.exists():
        Membership.objects.create(user=user, unit=unit, role=Role.MEMBER, starts=today, given_by=by)
    derive_groups(user, today=today)


def _save(person: Person) -> None:
    person.full_clean(exclude=["code_key", "search_key"])
    if other := _same_code(person):
        raise _taken(person, other)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        # Somebody else has added the same code in this moment.
        if other := _same_code(person):
            raise _taken(person, other) from None
        raise


def _taken(person: Person, other: Person) -> ValidationError:
    return ValidationError(
        {"code": f"Mã “{person.code}” đã dùng cho {other.full_name} ({other.unit})."}
    )


def _same_code(person: Person) -> Person | None:
    rows = Person.objects.filter(institution=person.institution, code_key=person.code_key)
    return rows.exclude(pk=person.pk).select_related("unit").first()


def _name_taken(name: str) -> bool:
    return User.objects.filter(username__iexact=name).exists()


def _must_keep(by: Any, unit: Unit) -> None:
    """`by` None is the site itself."""
    if by is not None and not user_can_keep_people(by, unit):
        raise PermissionDenied
