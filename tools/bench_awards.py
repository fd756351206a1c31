"""Measures a round of awards: 1,000 proposals, 5,000 nominees, whose figures come of 60,000 participants.

Builds a school in the database that DATABASE_URL names, which must be empty of units, or in a throw-away
SQLite file. Then: the check list, its narrowings and ranking, one proposal, one nominee, asked as pages.
Prints medians and query counts with the engine; asserts nothing.
"""

import sys
import time
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from bench_units import FAMILY, GIVEN, MIDDLE, begin, filled, measured

DOSSIERS, NOMINEES, ACTIVITIES, TAKING = 1000, 5000, 10_000, 6
CLASSES = 250
TODAY = date.today()


def school() -> Any:
    """A college of a thousand offices and 250 classes, twenty students in each."""
    from campaign.units.models import Unit

    top = Unit.add_root(
        kind="institution", code="T", code_key="t", name="Trường đo", starts=date(2020, 9, 1)
    )
    Unit.objects.filter(pk=top.pk).update(institution=top)
    top.refresh_from_db()
    rows = []
    for number in range(DOSSIERS + CLASSES):
        is_class = number >= DOSSIERS
        rows.append(Unit(
            path=Unit._get_path(top.path, 2, number + 1), depth=2, institution=top,
            kind="student_class" if is_class else "faculty", code=f"U{number}", code_key=f"u{number}",
            name=f"{'Lớp' if is_class else 'Khoa'} {number}", starts=date(2020, 9, 1),
        ))  # fmt: skip
    Unit.objects.bulk_create(rows, 1000)
    Unit.objects.filter(pk=top.pk).update(numchild=len(rows))
    return top


def people(top: Any) -> list[Any]:
    """The students."""
    from campaign.units.models import Person, Unit

    classes = list(Unit.objects.filter(kind="student_class"))
    rows = []
    for number in range(NOMINEES):
        name = " ".join((FAMILY[number % 8], MIDDLE[number // 8 % 6], GIVEN[number // 48 % 12]))
        one = Person(institution=top, unit=classes[number % CLASSES], kind="student", code=f"SV{number:06d}",
                     full_name=name, since=date(2024, 9, 1))  # fmt: skip
        one.clean()
        rows.append(one)
    return Person.objects.bulk_create(rows, 1000)


def log(top: Any, students: list[Any], by: Any, author: Any) -> None:
    """Confirmed activities, six students in each with their own times."""
    from django.utils import timezone

    from campaign.activities.models import Activity, ActivityKind, Participant

    now, kind = timezone.now(), ActivityKind.objects.get(slug="lop-ky-nang-so")
    rows = Activity.objects.bulk_create([
        Activity(
            unit=students[n % NOMINEES].unit, institution=top, kind=kind, title=f"Lớp {n}", place="Nhà",
            starts_on=TODAY - timedelta(days=n % 80), people_count=20 + n % 20, served_count=30,
            state="confirmed",
            author=author, key=uuid4(), created_at=now, changed_at=now, sent_at=now, sent_by=author,
            confirming_unit=top, confirmed_at=now, confirmed_by=by,
        )
        for n in range(ACTIVITIES)
    ], 1000)  # fmt: skip
    Participant.objects.bulk_create([
        Participant(activity=row, person=students[(n * 7 + k * 13) % NOMINEES], served_count=n % 9, order=k)
        for n, row in enumerate(rows) for k in range(TAKING)
    ], 2000)  # fmt: skip


def propose(asked: Any, students: list[Any], by: Any) -> None:
    """Five students by each faculty, with report, claim and the place's confirmation."""
    from django.utils import timezone

    from campaign.awards.models import Claim, Confirmation, Dossier, IndividualReport, Nominee
    from campaign.units.models import Unit

    now, home = timezone.now(), {unit.pk: unit for unit in Unit.objects.all()}
    proposers = [unit for unit in home.values() if unit.kind == "faculty"]
    dossiers = Dossier.objects.bulk_create([
        Dossier(round=asked, unit=unit, state="submitted", merits="Đã làm", made_at=now, changed_at=now,
                signed_at=now, signed_by=by, submitted_at=now, first_submitted_at=now, opened_at=now)
        for unit in proposers
    ], 1000)  # fmt: skip
    rows = []
    for number, person in enumerate(students):
        row = Nominee(
            dossier=dossiers[number % DOSSIERS], subject="student", person=person, full_name=person.full_name,
            code=person.code, home_id=person.unit_id, home_name=home[person.unit_id].name, class_size=20,
            key=uuid4(), added_at=now, added_by=by,
        )  # fmt: skip
        row.name_key, row.code_key = person.search_key.strip(), person.code_key
        rows.append(row)
    rows = Nominee.objects.bulk_create(rows, 1000)
    IndividualReport.objects.bulk_create(
        [IndividualReport(nominee=row, process="Dạy " * 60, self_assessment="Tốt") for row in rows],
        1000,
    )
    judged = asked.criteria.get(for_what="individual", number=5)
    Claim.objects.bulk_create(
        [Claim(nominee=row, criterion=judged, text="Thẻ học") for row in rows], 1000
    )
    Confirmation.objects.bulk_create([
        Confirmation(nominee=row, by_whom=who, signatory="Mẫu", signed_on=TODAY, file="x.jpg",
                     added_at=now, added_by=by)
        for row in rows for who in ("place", "unit")
    ], 1000)  # fmt: skip


def main() -> None:
    """Build, then measure."""
    begin()
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from accounts.models import User
    from campaign.awards import services
    from campaign.awards.models import Dossier, Nominee
    from campaign.units.choices import Role
    from campaign.units.models import Membership, Unit

    if Unit.objects.exists():
        sys.exit("This database has units already: give an empty one.")
    start = time.perf_counter()
    top = school()
    students = people(top)
    office, head = (User.objects.create(username=name) for name in ("tt", "truong"))
    Membership.objects.create(user=office, unit=top, role=Role.STANDING_OFFICE, starts=top.starts)
    log(top, students, office, head)
    told = services.RoundTold("Đợt đo", "KH", TODAY - timedelta(days=90), TODAY, TODAY, TODAY)
    asked = services.make_round(
        top, told, template="son-la", key=uuid4(), by=office, now=timezone.now()
    )
    asked = services.open_round(asked, by=office, now=timezone.now())
    propose(asked, students, head)
    filled(f"{Dossier.objects.count()} proposals, {Nominee.objects.count()} nominees", since=start)
    client = Client(raise_request_exception=True)
    client.force_login(office, backend="django.contrib.auth.backends.ModelBackend")
    checks = reverse("awards:checks", args=[asked.pk])
    one = Nominee.objects.first()
    pages = {
        "check list, all": checks, "check list, ranked by times": f"{checks}?xep=luot",
        "check list, what is wanting": f"{checks}?loc=vuong",
        "check list, one name": f"{checks}?q=nguyen+van+an",
        "the round, 1,000 units": reverse("awards:round", args=[asked.pk]),
        "one proposal": reverse("awards:dossier", args=[one.dossier_id]),
        "one nominee": reverse("awards:nominee", args=[one.pk]),
    }  # fmt: skip
    for name, path in pages.items():
        measured(name, lambda path=path: client.get(path, HTTP_HOST="localhost"))


if __name__ == "__main__":
    main()
