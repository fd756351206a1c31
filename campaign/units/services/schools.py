"""The one writer of what a department's imported workbook says: its schools, and who begins in each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accounts.services import invite
from campaign.units.choices import PersonKind, Role, UnitKind, Verdict
from campaign.units.models import Person, Unit
from campaign.units.roster.rules import Line
from campaign.units.roster.schools import SchoolRow
from campaign.units.rules import code_key
from campaign.units.services.people import add_person, open_account
from campaign.units.services.roles import grant_to_person
from campaign.units.services.tree import add_unit, rename_unit, tree_lock


def write_schools(department: Unit, lines: Sequence[Line], *, by: Any, now: datetime) -> None:
    """Apply judged lines; raises what a row still meets. The caller's transaction undoes all."""
    with tree_lock():
        schools = {unit.code_key: unit for unit in Unit.objects.filter(kind=UnitKind.INSTITUTION)}
        for line in lines:
            row: SchoolRow = line.data
            if line.verdict == Verdict.ADD:
                school = add_unit(
                    department, kind=UnitKind.INSTITUTION, code=row.code, name=row.name,
                    starts=row.starts or now.date(), short_name=row.short_name,
                )  # fmt: skip
                _begin(school, row, by, now)
            elif line.verdict == Verdict.CHANGE:
                school = _renamed(schools[code_key(row.code)], row, now)
                _begin(school, row, by, now)


def _renamed(school: Unit, row: SchoolRow, now: datetime) -> Unit:
    short_name = row.short_name or school.short_name
    if (row.name, short_name) == (school.name, school.short_name):
        return school
    today = now.date()
    return rename_unit(school, name=row.name, short_name=short_name, since=today, today=today)


def _begin(school: Unit, row: SchoolRow, by: Any, now: datetime) -> None:
    """The first person of the school's office: into its roster, with account, role and letter."""
    if (
        not row.person
        or Person.objects.filter(institution=school, code_key=code_key(row.person)).exists()
    ):
        return
    today = now.date()
    # The roster is the school's own: the site writes this one row, since the department can't.
    person = add_person(
        school, kind=PersonKind.STAFF, code=row.person, full_name=row.full_name,
        since=max(today, school.starts), by=None,
    )  # fmt: skip
    user = open_account(person, by=None, today=today, email=row.email)
    person.refresh_from_db()
    grant_to_person(
        person, role=Role.STANDING_OFFICE, unit=school, starts=today, by=by, today=today
    )
    if row.email:
        invite(user, by=by, now=now)
