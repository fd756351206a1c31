"""Measures units and people at the size of a province: 500 schools of 20 units, 100,000 people.

Builds them in the database that DATABASE_URL names, which must be empty of units, or in a throw-away SQLite
file; prints medians and query counts with the engine. Asserts nothing.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SCHOOLS, PARTS, PEOPLE = 500, 20, 100_000
RUNS = 9
# From so many runs on a percentile means something.
MANY = 20
BAR = 150
STARTS = date(2020, 9, 1)
FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Lò", "Vàng", "Đinh"]
MIDDLE = ["Văn", "Thị", "Đức", "Minh", "Ngọc", "Thanh"]
GIVEN = [
    "An",
    "Bình",
    "Cường",
    "Dung",
    "Giang",
    "Hạnh",
    "Khánh",
    "Lan",
    "Mai",
    "Nam",
    "Oanh",
    "Phúc",
]


def begin() -> None:
    """Django with the database to fill."""
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = f"sqlite:///{tempfile.mkdtemp()}/bench.sqlite3"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def units() -> Iterator[dict[str, Any]]:
    """A department, its schools, four faculties in each and classes below them: fields of each row."""
    yield {
        "steps": (1,),
        "kind": "department",
        "code": "SO",
        "name": "Sở Giáo dục",
        "parts": SCHOOLS,
    }
    for school in range(1, SCHOOLS + 1):
        name = f"Trường Cao đẳng số {school}"
        yield {
            "steps": (1, school),
            "kind": "institution",
            "code": f"T{school}",
            "name": name,
            "parts": 4,
        }
        for faculty in range(1, 5):
            steps = (1, school, faculty)
            name = f"Khoa {FAMILY[faculty]} {school}"
            yield {
                "steps": steps,
                "kind": "faculty",
                "code": f"K{faculty}",
                "name": name,
                "parts": 4,
            }
            for number in range(1, 5):
                code = f"L{faculty}{number}"
                name = f"Lớp {GIVEN[number]} {faculty}{number}"
                kind = "student_class"
                yield {
                    "steps": (*steps, number),
                    "kind": kind,
                    "code": code,
                    "name": name,
                    "parts": 0,
                }


def planted(upper: bool, schools: dict[str, Any]) -> None:
    """The upper two floors, or what lies in `schools`, by their paths."""
    from campaign.units.models import Unit
    from campaign.units.rules import code_key

    rows = []
    for fields in units():
        if (len(fields["steps"]) < 3) is not upper:
            continue
        path = ""
        for depth, step in enumerate(fields["steps"], start=1):
            path = Unit._get_path(path, depth, step)
        rows.append(
            Unit(
                path=path, depth=len(fields["steps"]), numchild=fields["parts"], kind=fields["kind"],
                code=fields["code"], code_key=code_key(fields["code"]), name=fields["name"], starts=STARTS,
                institution=schools.get(path[: 2 * Unit.steplen]),
            )
        )  # fmt: skip
    Unit.objects.bulk_create(rows, 1000)


def plant() -> None:
    """All units in a few strokes, as treebeard would have them."""
    from django.db.models import F

    from campaign.units.models import Unit, UnitName, UnitPlace
    from campaign.units.rules import name_key

    planted(True, {})
    Unit.objects.filter(kind="institution").update(institution=F("pk"))
    planted(False, {unit.path: unit for unit in Unit.objects.filter(kind="institution")})
    by_path = {unit.path: unit for unit in Unit.objects.all()}
    UnitName.objects.bulk_create(
        [
            UnitName(unit=unit, name=unit.name, since=STARTS, search_key=name_key(unit.name))
            for unit in by_path.values()
        ],
        1000,
    )
    UnitPlace.objects.bulk_create(
        [
            UnitPlace(unit=unit, parent=by_path.get(unit.path[: -Unit.steplen]), since=STARTS)
            for unit in by_path.values()
        ],
        1000,
    )


def people() -> None:
    """Students in every class, in even parts."""
    from campaign.units.models import Person, Unit

    classes = list(Unit.objects.filter(kind="student_class"))
    rows = []
    for number in range(PEOPLE):
        unit = classes[number % len(classes)]
        name = " ".join((FAMILY[number % 8], MIDDLE[number // 8 % 6], GIVEN[number // 48 % 12]))
        person = Person(
            institution_id=unit.institution_id, unit=unit, kind="student", code=f"SV{number:06d}",
            full_name=name, since=STARTS,
        )  # fmt: skip
        person.clean()
        rows.append(person)
    Person.objects.bulk_create(rows, 2000)


def filled(what: str, *, since: float) -> None:
    """Let the database know what stands in it, and print it with the engine and how long it took."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    seconds = time.perf_counter() - since
    print(f"{connection.vendor}, {os.cpu_count()} cores: {what} made in {seconds:.0f} s")


def measured(name: str, act: Callable[[], Any], *, runs: int = RUNS) -> None:
    """Print the median of some runs, the slowest (of many: the 95th percentile), and how many queries."""
    from django.db import connection

    from config.wsgi import settle

    # As the server begins: what is loaded is out of the collector's rounds.
    settle()
    asked = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    act()
    with connection.execute_wrapper(count):
        act()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    middle = statistics.median(times)
    late, called = max(times), "slowest"
    if runs >= MANY:
        late, called = statistics.quantiles(times, n=20)[-1], "p95"
    mark = "" if (late if runs >= MANY else middle) < BAR else f"  over {BAR} ms"
    print(f"{name:44} median {middle:7.1f} ms  {called} {late:7.1f} ms  {len(asked)} queries{mark}")


def main() -> None:
    """Fill, then measure pages as the people who use them."""
    begin()
    from django.db import connection
    from django.test import Client

    from accounts.models import User
    from campaign.units.choices import Role
    from campaign.units.models import Unit
    from campaign.units.services import grant_role

    if Unit.objects.exists():
        sys.exit("This database has units already: give an empty one.")
    start = time.perf_counter()
    plant()
    people()
    print(f"{connection.vendor}: {Unit.objects.count()} units, {PEOPLE} people", end=" ")
    print(f"made in {time.perf_counter() - start:.0f} s")

    def holder(name: str, code: str) -> Client:
        user = User.objects.create_user(username=name, password=None)
        unit = Unit.objects.get(code=code)
        grant_role(
            user, unit, Role.STANDING_OFFICE, starts=date.today(), by=None, today=date.today()
        )
        return entered(user)

    def entered(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def page(client: Client, address: str) -> Callable[[], Any]:
        def get() -> None:
            answer = client.get(address)
            if answer.status_code != 200:
                sys.exit(f"{address}: {answer.status_code}")

        return get

    school, department = holder("truong", "T250"), holder("so", "SO")
    chief = entered(User.objects.create_superuser(username="quan.tri", password=None))
    middle = Unit.objects.get(code="T250")
    inside = Unit.objects.get(institution=middle, code="K2")
    measured("tree, administrator", page(chief, "/quan-tri/don-vi/"))
    measured("tree, department", page(department, "/quan-tri/don-vi/"))
    measured("tree below a school", page(chief, f"/quan-tri/don-vi/?duoi={middle.pk}"))
    measured("tree found by name", page(chief, "/quan-tri/don-vi/?q=cao+dang+so+250"))
    measured("a unit, administrator", page(chief, f"/quan-tri/don-vi/{inside.pk}/"))
    measured("a unit, its office", page(school, f"/quan-tri/don-vi/{inside.pk}/"))
    measured("people of a school", page(school, "/don-vi/nguoi/"))
    measured("people of a school, searched", page(school, "/don-vi/nguoi/?q=nguyen+van+a"))
    measured(
        "people of all schools, searched by name", page(chief, "/don-vi/nguoi/?q=nguyen+van+a")
    )
    measured("people of all schools, searched by code", page(chief, "/don-vi/nguoi/?q=SV054321"))
    measured("public list of units", page(Client(), "/cac-don-vi/?khong-luu=1"))


if __name__ == "__main__":
    main()
