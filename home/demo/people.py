"""The demo's people: rosters of every class and office, a team with its tasks, one account for each role."""

from datetime import date, timedelta
from itertools import count, product
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.services import demo_password, demo_password_opens
from campaign.units.choices import PersonKind, Role, UnitKind
from campaign.units.models import Membership, Person, Unit
from campaign.units.services import add_person, add_team_member, grant_role, open_account
from home.demo.reading import read

SINCE = date(2026, 9, 7)
FAMILY = "Mẫu"
DELEGATED_DAYS = 30


def load_people() -> None:
    """Rosters and teams, where nobody has begun a roster."""
    if Person.objects.exists():
        return
    content = read("people")
    names = (
        f"{FAMILY} {middle} {given}"
        for middle, given in product(content["middle"], content["given"])
    )
    pool = list(names)
    number = count()
    for unit in Unit.objects.select_related("institution").prefetch_related("enrolments"):
        for place in range(1, _size(unit, content["staff"]) + 1):
            # A step that shares no factor with the pool's size: neighbours differ in middle and given name.
            name = pool[next(number) * 37 % len(pool)]
            add_person(unit, full_name=name, by=None, **_described(unit, place))
    _teams(content["team"])


def _size(unit: Unit, staff: dict[str, int]) -> int:
    if unit.kind == UnitKind.STUDENT_CLASS:
        counted = unit.enrolments.first()
        return counted.count if counted else 0
    return staff.get(unit.kind, 0)


def _described(unit: Unit, place: int) -> dict[str, Any]:
    student = unit.kind == UnitKind.STUDENT_CLASS
    kind = PersonKind.STUDENT if student else PersonKind.STAFF
    return {
        "kind": kind,
        "code": f"{unit.code}-{place:02d}",
        "birth_year": 2007 if student else None,
        "since": SINCE,
    }


def _teams(rows: list[dict[str, Any]]) -> None:
    now = timezone.localtime()
    for row in rows:
        team, members = unit_at(row["unit"]), unit_at(row["from"])
        for person, task in zip(members.people.all(), row["tasks"], strict=False):
            add_team_member(team, person, task=task, starts=SINCE, by=None, now=now)


def unit_at(path: str) -> Unit:
    """The unit at a path of codes from the top."""
    top, *codes = path.split("/")
    found: Unit = Unit.get_root_nodes().get(code=top)
    for code in codes:
        found = found.get_children().get(code=code)
    return found


def role_accounts() -> list[dict[str, str]]:
    """One account for each role in a unit, with its password; none where the demo's units are not there."""
    if not Unit.objects.filter(code="CDHB").exists():
        return []
    return [_account(row) for row in read("people")["account"]]


def _account(row: dict[str, Any]) -> dict[str, str]:
    unit, role, today = unit_at(row["unit"]), Role(row["role"]), timezone.localdate()
    username = f"demo.{role.value}"
    user = User.objects.filter(username=username).first() or _opened(unit, username, role, today)
    password = demo_password(username)
    if not demo_password_opens(password, user.password) or user.must_choose_password:
        user.set_password(password)
        user.must_choose_password = False
        user.save(update_fields=["password", "must_choose_password"])
    _hold(user, unit, role, today)
    if more := row.get("more"):
        _hold(user, unit_at(more["unit"]), Role(more["role"]), today)
    return {"role": role.value, "username": username, "password": password, "unit": unit.name}


def _opened(unit: Unit, username: str, role: Role, today: date) -> User:
    """The account of somebody in the roster of `unit`, under the name that others rely on."""
    if unit.kind in (UnitKind.STUDENT_CLASS, UnitKind.FACULTY, UnitKind.OFFICE):
        person = unit.people.filter(user=None).first()
        if person is not None:
            user = open_account(person, by=None, today=today)
            user.username = username
            user.save(update_fields=["username"])
            return user
    return User.objects.create(
        username=username, last_name=f"{FAMILY} Đại diện", first_name=role.label
    )


def _hold(user: User, unit: Unit, role: Role, today: date) -> None:
    if Membership.objects.active(today).filter(user=user, unit=unit, role=role).exists():
        return
    ends = today + timedelta(days=DELEGATED_DAYS) if role == Role.DEPUTY else None
    grant_role(user, unit, role, starts=today, ends=ends, by=None, today=today)
