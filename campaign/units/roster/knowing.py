"""What a school has today: as values for the plan, and as rows of the export."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from accounts.models import User
from campaign.units.choices import Role, UnitKind
from campaign.units.models import Enrolment, Membership, Person, Unit
from campaign.units.reach import under
from campaign.units.roster.columns import KINDS, PERSON_KINDS, ROLES
from campaign.units.roster.rules import Known, KnownPerson, KnownRole, KnownUnit
from campaign.units.roster.schools import KnownSchool

_KIND_WORDS = {value: label for label, value in KINDS.items()}
_PERSON_WORDS = {value: label for label, value in PERSON_KINDS.items()}
_ROLE_WORDS = {value: label for label, value in ROLES.items()}


def known_of(school: Unit, today: date) -> Known:
    """Units, people, running and coming roles of a school. Six queries, whatever its size."""
    counts = _counts(school)
    units = list(Unit.objects.filter(institution=school))
    key_of = {unit.path: unit.code_key for unit in units}
    step = Unit.steplen
    return Known(
        top=school.code_key,
        units={
            unit.code_key: KnownUnit(
                unit.code, unit.name, unit.kind, key_of.get(unit.path[:-step], ""), unit.short_name,
                unit.ends is None or unit.ends >= today, unit.starts,
                counts[unit.pk].count if unit.pk in counts else None,
            )
            for unit in units
        },
        people={
            person.code_key: KnownPerson(
                person.code, person.full_name, person.kind, person.unit.code_key, person.birth_year,
                person.user_id is not None, bool(person.user and person.user.is_shared),
                person.left_on is not None, person.since,
            )
            for person in Person.objects.filter(institution=school).select_related("unit", "user")
        },
        roles=tuple(
            KnownRole(role.user.person.code_key, role.role, role.unit.code_key, role.starts, role.ends)
            for role in _roles(school, today)
        ),
        emails=known_emails(),
    )  # fmt: skip


def known_emails() -> frozenset[str]:
    """Addresses that accounts have, in small letters."""
    rows = User.objects.exclude(email="").values_list("email", flat=True)
    return frozenset(email.casefold() for email in rows)


def known_schools(department: Unit, today: date) -> dict[str, KnownSchool]:
    """All schools of the site by the keys of their codes. Three queries, however many there are.

    A code is one school's on the whole site; of the schools elsewhere only that they exist is known.
    """
    here = under(department.path, "institution")
    office: dict[int, set[str]] = {}
    held = Membership.objects.active(today).filter(
        role=Role.STANDING_OFFICE, user__person__isnull=False, unit__kind=UnitKind.INSTITUTION
    )
    for school, key in held.values_list("unit", "user__person__code_key"):
        office.setdefault(school, set()).add(key)
    people: dict[int, set[str]] = {}
    for school, key in Person.objects.filter(here).values_list("institution", "code_key"):
        people.setdefault(school, set()).add(key)
    return {
        unit.code_key: KnownSchool(
            unit.name, unit.short_name, unit.ends is None or unit.ends >= today,
            unit.path.startswith(department.path), frozenset(office.get(unit.pk, ())),
            frozenset(people.get(unit.pk, ())),
        )
        for unit in Unit.objects.filter(kind=UnitKind.INSTITUTION)
    }  # fmt: skip


def school_rows(department: Unit, today: date) -> Iterator[list[Any]]:
    """Running schools of a department, as the sheet has them; who works there is the school's own."""
    schools = Unit.objects.active(today).filter(under(department.path), kind=UnitKind.INSTITUTION)
    for unit in schools:
        yield [unit.code, unit.name, unit.short_name, unit.starts, "", "", ""]


def _counts(school: Unit) -> dict[int, Enrolment]:
    rows = Enrolment.objects.filter(unit__institution=school).order_by("as_of")
    return {row.unit_id: row for row in rows}


def _roles(school: Unit, today: date) -> Any:
    rows = Membership.objects.filter(unit__institution=school, revoked_at=None).exclude(
        ends__lt=today
    )
    held = rows.filter(user__person__isnull=False).exclude(role=Role.DEPUTY)
    return held.select_related("user__person", "unit").order_by("unit__path", "role", "pk")


def unit_rows(school: Unit, today: date) -> Iterator[list[Any]]:
    """Running units below the school, as the sheet has them."""
    counts = _counts(school)
    units = list(Unit.objects.filter(institution=school).active(today))
    code_of = {unit.path: unit.code for unit in units if unit.pk != school.pk}
    for unit in units:
        if unit.pk == school.pk:
            continue
        counted = counts.get(unit.pk)
        yield [
            unit.code, unit.name, unit.short_name, _KIND_WORDS[unit.kind],
            code_of.get(unit.path[: -Unit.steplen], ""), unit.starts,
            counted.count if counted else None, counted.as_of if counted else None, unit.locality,
            unit.local_partner,
        ]  # fmt: skip


def person_rows(school: Unit) -> Iterator[list[Any]]:
    """People of the school, as the sheet has them."""
    rows = Person.objects.filter(institution=school, left_on=None).select_related("unit", "user")
    for person in rows.order_by("unit__path", "search_key").iterator(chunk_size=2000):
        yield [
            person.code, person.full_name, _PERSON_WORDS[person.kind], person.unit.code,
            person.birth_year, person.since, "Có" if person.user_id else "Không",
            person.user.email if person.user else "", None,
        ]  # fmt: skip


def role_rows(school: Unit, today: date) -> Iterator[list[Any]]:
    """Running and coming roles but plain membership, which follows from the roster."""
    for role in _roles(school, today).exclude(role=Role.MEMBER):
        yield [
            role.user.person.code, _ROLE_WORDS[role.role], role.unit.code, role.starts, role.ends,
        ]  # fmt: skip
