"""The one writer of what an imported workbook says: everything, or nothing."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import User
from campaign.units.choices import Role, Verdict
from campaign.units.models import Membership, Person, Unit
from campaign.units.roster.rules import PEOPLE, ROLES, UNITS, Line, PersonRow, UnitRow, ordered
from campaign.units.rules import code_key, free_user_name, split_name
from campaign.units.services.people import let_go, move_person, open_account
from campaign.units.services.roles import grant_to_person
from campaign.units.services.tree import add_unit, record_enrolment, rename_unit, tree_lock

_BATCH = 500


def write_roster(school: Unit, lines: Sequence[Line], *, by: Any, now: datetime) -> None:
    """Apply judged lines to `school`. Raises whatever a row still meets; the caller's transaction undoes all.

    New people come in by bulk, thousands at once; changes go through the same verbs as the desk's.
    """
    with tree_lock():
        _write_units(school, [x for x in lines if x.sheet == UNITS], now.date())
        _write_people(school, [x for x in lines if x.sheet == PEOPLE], by, now)
        _write_roles(school, [x for x in lines if x.sheet == ROLES], by, now.date())


def _by_key(school: Unit) -> dict[str, Unit]:
    return {unit.code_key: unit for unit in Unit.objects.filter(institution=school)}


def _write_units(school: Unit, lines: Sequence[Line], today: date) -> None:
    units = _by_key(school)
    fresh = [line.data for line in lines if line.verdict == Verdict.ADD]
    for row in ordered(fresh, units):
        parent = units[code_key(row.parent)] if row.parent else school
        unit = add_unit(
            parent, kind=row.kind, code=row.code, name=row.name, starts=row.starts or today,
            short_name=row.short_name, locality=row.locality, local_partner=row.local_partner,
        )  # fmt: skip
        units[unit.code_key] = unit
        _count(unit, row, today)
    for line in lines:
        if line.verdict == Verdict.CHANGE:
            _change_unit(units[code_key(line.data.code)], line.data, today)


def _change_unit(unit: Unit, row: UnitRow, today: date) -> None:
    short_name = row.short_name or unit.short_name
    if (row.name, short_name) != (unit.name, unit.short_name):
        rename_unit(unit, name=row.name, short_name=short_name, since=today, today=today)
    _count(unit, row, today)


def _count(unit: Unit, row: UnitRow, today: date) -> None:
    if row.count is not None:
        record_enrolment(unit, count=row.count, as_of=row.as_of or max(today, unit.starts))


def _write_people(school: Unit, lines: Sequence[Line], by: Any, now: datetime) -> None:
    units = _by_key(school)
    fresh = [line.data for line in lines if line.verdict == Verdict.ADD]
    made = Person.objects.bulk_create(
        [_person(row, units[code_key(row.unit)], school, now.date()) for row in fresh], _BATCH
    )
    wanted = [(p, row) for p, row in zip(made, fresh, strict=True) if row.account or row.email]
    _open_accounts(wanted, school, by, now.date())
    for line in lines:
        if line.verdict == Verdict.CHANGE:
            _change_person(school, line.data, units, by, now)


def _person(row: PersonRow, unit: Unit, school: Unit, today: date) -> Person:
    person = Person(
        institution=school, unit=unit, kind=row.kind, code=row.code, full_name=row.full_name,
        birth_year=row.birth_year, since=row.since or today,
    )  # fmt: skip
    person.clean()
    return person


def _open_accounts(
    wanted: Sequence[tuple[Person, PersonRow]], school: Unit, by: Any, today: date
) -> None:
    """Accounts for many at once: names as `open_account` gives them, no password yet."""
    taken = {name.casefold() for name in User.objects.values_list("username", flat=True)}
    users = []
    for person, row in wanted:
        name = free_user_name(person.code, school.code, _taken_in(taken))
        taken.add(name.casefold())
        last_name, first_name = split_name(person.full_name)
        users.append(User(
            username=name, last_name=last_name, first_name=first_name, email=row.email,
            must_choose_password=True, password=make_password(None),
        ))  # fmt: skip
    made = User.objects.bulk_create(users, _BATCH)
    people = []
    for user, (person, _) in zip(made, wanted, strict=True):
        person.user = user
        people.append(person)
    Person.objects.bulk_update(people, ["user"], _BATCH)
    Membership.objects.bulk_create(
        [
            Membership(user=p.user, unit=p.unit, role=Role.MEMBER, starts=today, given_by=by)
            for p in people
            if p.user is not None
        ],
        _BATCH,
    )


def _taken_in(taken: set[str]) -> Callable[[str], bool]:
    return lambda name: name.casefold() in taken


def _change_person(
    school: Unit, row: PersonRow, units: dict[str, Unit], by: Any, now: datetime
) -> None:
    person = Person.objects.select_related("user").get(
        institution=school, code_key=code_key(row.code)
    )
    person.full_name, person.kind = row.full_name, row.kind
    if row.birth_year is not None:
        person.birth_year = row.birth_year
    person.full_clean(exclude=["code_key", "search_key"])
    person.save()
    if person.user is not None:
        person.user.last_name, person.user.first_name = split_name(person.full_name)
        person.user.save(update_fields=["last_name", "first_name"])
    if units[code_key(row.unit)].pk != person.unit_id:
        person = move_person(
            person, to=units[code_key(row.unit)], since=now.date(), by=None, now=now
        )
    if row.account and person.user is None and row.left_on is None:
        open_account(person, by=None, today=now.date(), email=row.email)
    if row.left_on is not None:
        let_go(person, last_day=row.left_on, by=by, now=now)


def _write_roles(school: Unit, lines: Sequence[Line], by: Any, today: date) -> None:
    units = _by_key(school)
    fresh = [line.data for line in lines if line.verdict == Verdict.ADD]
    keys = {code_key(row.person) for row in fresh}
    people = {
        person.code_key: person
        for person in Person.objects.filter(institution=school, code_key__in=keys)
    }
    for row in fresh:
        grant_to_person(
            people[code_key(row.person)], role=row.role, unit=units[code_key(row.unit)],
            starts=row.starts or today, ends=row.ends, by=by, today=today,
        )  # fmt: skip
