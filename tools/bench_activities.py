"""Measures the field log at the size of a province: 10,000 units, 500,000 confirmed activities.

Builds them in the database that DATABASE_URL names, which must be empty of units, or in a throw-away SQLite
file; prints medians and query counts with the engine. Asserts nothing.
"""

import itertools
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from bench_units import begin, measured, plant

ACTIVITIES = 500_000
COMMUNES = 124
DAYS = 700
BATCH = 5_000


def rows(author: Any, head: Any, today: date) -> Iterator[Any]:
    """Confirmed activities spread over classes, kinds, communes and two years."""
    from django.utils import timezone

    from campaign.activities.models import Activity, ActivityKind, Commune
    from campaign.units.models import Unit

    kinds = list(ActivityKind.objects.all())
    communes = [
        Commune.objects.create(kind="commune", name=f"Xã số {number}", province="Mẫu")
        for number in range(COMMUNES)
    ]
    classes = list(Unit.objects.filter(kind="student_class").values_list("pk", "institution"))
    now = timezone.now()
    for number in range(ACTIVITIES):
        unit, school = classes[number % len(classes)]
        yield Activity(
            unit_id=unit, institution_id=school, kind=kinds[number % len(kinds)],
            commune=communes[number % COMMUNES], title=f"Lớp {number}", place="Nhà văn hóa",
            starts_on=today - timedelta(days=number * 7 % DAYS), people_count=10 + number % 40,
            served_count=10 + number % 70, state="confirmed", author=author, key=uuid4(),
            created_at=now, changed_at=now, sent_at=now, sent_by=author, confirming_unit_id=unit,
            confirmed_at=now, confirmed_by=head,
        )  # fmt: skip


def fill(author: Any, head: Any) -> None:
    """The activities, and the figures kept of them."""
    from campaign.activities.models import Activity
    from campaign.activities.services import repair_totals

    start = time.perf_counter()
    made_of = rows(author, head, date.today())
    while batch := list(itertools.islice(made_of, BATCH)):
        Activity.objects.bulk_create(batch)
    print(f"{ACTIVITIES} activities made in {time.perf_counter() - start:.0f} s")
    start = time.perf_counter()
    made = len(repair_totals())
    print(f"all recounted, {made} rows set, in {time.perf_counter() - start:.0f} s")


def main() -> None:
    """Fill, then measure roll-ups and the pages that show them."""
    begin()
    from django.db import connection
    from django.test import Client

    from accounts.models import User
    from campaign.activities import figures
    from campaign.activities.health import totals_problems
    from campaign.units.choices import Role
    from campaign.units.models import Unit
    from campaign.units.services import grant_role
    from core.cache import renew

    if Unit.objects.exists():
        sys.exit("This database has units already: give an empty one.")
    plant()
    today = date.today()

    def person(name: str, unit: Unit, role: Role) -> User:
        user = User.objects.create_user(username=name, password=None)
        grant_role(user, unit, role, starts=today, by=None, today=today)
        return user

    school = Unit.objects.get(code="T250")
    lesson = Unit.objects.filter(institution=school, kind="student_class").order_by("path")[0]
    head = person("chu.nhiem", lesson, Role.UNIT_HEAD)
    office = person("thuong.truc", school, Role.STANDING_OFFICE)
    officer = person("so", Unit.objects.get(code="SO"), Role.DEPARTMENT_OFFICER)
    fill(User.objects.create_user(username="thanh.vien", password=None), head)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    print(f"{connection.vendor}: {Unit.objects.count()} units")

    def page(user: Any, address: str) -> Callable[[], None]:
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

        def get() -> None:
            renew()
            if client.get(address).status_code != 200:
                sys.exit(f"{address} does not answer")

        return get

    top = Unit.objects.get(code="SO")
    year = (today.replace(year=today.year - 1), today)
    measured("roll-up of everything, a year", lambda: figures.roll_up(top, *year))
    measured("roll-up of a school, a year", lambda: figures.roll_up(school, *year))
    measured("by month, everything", lambda: figures.by_month(figures.rows_of(top, *year)))
    measured("by kind, everything", lambda: figures.by_kind(figures.rows_of(top, *year)))
    measured("first screen, a class's head", page(head, "/don-vi/"))
    measured("first screen, a standing office", page(office, "/don-vi/"))
    measured("first screen, a department", page(officer, "/don-vi/"))
    measured("log of a class", page(head, "/don-vi/hoat-dong/"))
    measured("log of a school", page(office, "/don-vi/hoat-dong/"))
    measured("log of a department", page(officer, "/don-vi/hoat-dong/"))
    measured("figures of a school", page(office, "/don-vi/so-lieu/"))
    measured("figures of a department", page(officer, "/don-vi/so-lieu/"))
    measured("public figures, uncached", page(None, "/ket-qua/?khong-giu=1"))
    measured("figures in the health check", totals_problems)


if __name__ == "__main__":
    main()
