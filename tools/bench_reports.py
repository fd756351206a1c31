"""Measures reports at the size of a province: 10,000 units, 8 rounds, 30 indicators in each report.

Builds them in the database that DATABASE_URL names, which must be empty of units, or in a throw-away SQLite
file. Then: opening a round, the grid of 500 schools, and fifty people who type at once, by real requests to
gunicorn with two workers. Prints figures with the engine; asserts nothing.
"""

import os
import statistics
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import bench_registration
from bench_units import begin, measured, plant

ROUNDS, INDICATORS = 8, 30
KINDS = ("institution", "faculty", "student_class")
WRITERS, SAVES = 50, 20
# Somebody who types pauses for a second before each saving.
PAUSE = 1.0
TOKEN = "bench" + "0" * 27


def layout() -> Any:
    """A form of thirty counts and one column."""
    from django.utils import timezone

    from campaign.reporting.models import FormColumn, Indicator, LayoutVersion, ReportForm
    from campaign.reporting.services import publish_version

    version = LayoutVersion.objects.create(
        form=ReportForm.objects.create(name="Mẫu đo"), title="Mẫu đo"
    )
    FormColumn.objects.create(version=version, heading="Việc", role="task")
    for number in range(INDICATORS):
        Indicator.objects.create(
            version=version, key=f"n{number}", label=f"Số {number}", sort_order=number,
            source="lop" if number == 0 else "",
        )  # fmt: skip
    return publish_version(version, now=timezone.now())


def make_rounds(version: Any, owner: Any, by: Any) -> list[Any]:
    """Eight rounds, opened one after the other; how long each took."""
    from django.utils import timezone

    from campaign.reporting import services
    from campaign.reporting.deadlines import Limit

    today = timezone.localdate()
    made = []
    for number in range(ROUNDS):
        first = today - timedelta(days=90 * (ROUNDS - number))
        last = first + timedelta(days=89)
        asked = services.Asked(
            kind="quarter", title=f"Quý {number}", layout=version, period=(first, last), window=(first, last),
            opens_on=first, limit=Limit(last + timedelta(days=5), inclusive=True), steps=dict.fromkeys(KINDS),
        )  # fmt: skip
        made.append(services.make_round(owner, asked, key=uuid4(), by=by, now=timezone.now()))
        start = time.perf_counter()
        count = services.make_reports(made[-1].pk, now=timezone.now())
        print(f"opening a round: {count} reports in {time.perf_counter() - start:.1f} s")
    return made


def fill(by: Any) -> None:
    """A value under every indicator of every report but those of the last round."""
    from django.db import connection

    start = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reporting_value (report_id, indicator_id, number, text, choice, not_applicable,"
            " is_from_source, why, version, changed_at, changed_by_id)"
            " SELECT r.id, i.id, 7, '', '', %s, %s, '', 1, r.changed_at, %s FROM reporting_report r"
            " JOIN reporting_round d ON d.id = r.round_id"
            " JOIN reporting_indicator i ON i.version_id = d.layout_id"
            " WHERE r.round_id <> (SELECT MAX(id) FROM reporting_round)",
            [False, False, by.pk],
        )
        cursor.execute("SELECT COUNT(*) FROM reporting_value")
        count = cursor.fetchone()[0]
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
    print(f"{count} values made in {time.perf_counter() - start:.0f} s")


def writers(last: Any) -> list[tuple[str, str, str]]:
    """Fifty reporters of fifty faculties: cookie, address and field of each."""
    from django.test import Client
    from django.urls import reverse

    from accounts.models import User
    from campaign.reporting.models import Report
    from campaign.units.choices import Role
    from campaign.units.models import Membership

    reports = Report.objects.filter(round=last, unit__kind="faculty").select_related("unit")[
        :WRITERS
    ]
    field = f"v{last.layout.indicators.all()[1].pk}"
    found = []
    for number, report in enumerate(reports):
        user = User.objects.create(username=f"viet.{number}")
        Membership.objects.create(
            user=user, unit=report.unit, role=Role.REPORTER, starts=last.opens_on
        )
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        address = reverse("reporting:autosave", args=[report.pk])
        found.append((f"{cookie}; csrftoken={TOKEN}", address, field))
    return found


def typing(people: list[tuple[str, str, str]]) -> None:
    """Everybody saves one row again and again, with a pause between."""
    start = threading.Barrier(len(people))

    def type_on(number: int) -> list[float]:
        cookie, address, field = people[number]
        took = []
        start.wait()
        time.sleep(number / len(people))
        for version in range(SAVES):
            body = urlencode({
                "csrfmiddlewaretoken": TOKEN, "row": field, f"{field}-version": version,
                f"{field}-number": version + 1,
            })  # fmt: skip
            began = time.perf_counter()
            status, _, text = bench_registration.asked("POST", address, number, body, cookie)
            took.append(time.perf_counter() - began)
            if status != 200 or '"problems": {}' not in text or "stale" in text:
                sys.exit(f"not saved: {status} {text[:200]}")
            time.sleep(PAUSE)
        return took

    with ThreadPoolExecutor(len(people)) as pool:
        seconds = sorted(one for took in pool.map(type_on, range(len(people))) for one in took)
    late = seconds[int(len(seconds) * 0.95)]
    print(
        f"autosave, {len(people)} people typing: median {statistics.median(seconds) * 1000:.0f} ms, "
        f"p95 {late * 1000:.0f} ms, {len(seconds)} savings"
    )


def main() -> None:
    """Build, then measure."""
    # The server's own settings: sessions made here are signed as it signs them.
    os.environ.update(bench_registration.PRODUCTION)
    begin()
    from django.db import connection, connections
    from django.test import Client
    from django.urls import reverse

    from accounts.models import User
    from campaign.units.choices import Role
    from campaign.units.models import Membership, Unit

    plant()
    print(f"{connection.vendor}, {os.cpu_count()} cores, {Unit.objects.count()} units")
    department = Unit.objects.get(kind="department")
    office = User.objects.create(username="so")
    Membership.objects.create(
        user=office, unit=department, role=Role.STANDING_OFFICE, starts=department.starts
    )
    version = layout()
    made = make_rounds(version, department, office)
    fill(office)
    client = Client(raise_request_exception=True)
    client.force_login(office, backend="django.contrib.auth.backends.ModelBackend")
    grid = reverse("reporting:grid")
    follow = reverse("reporting:round", args=[made[-1].pk])
    host: dict[str, Any] = {"HTTP_HOST": "localhost", "secure": True}
    measured("a round, 600 of its units shown", lambda: client.get(follow, **host))
    measured("grid, 600 units by 8 rounds", lambda: client.get(grid, **host))
    measured("rounds", lambda: client.get(reverse("reporting:rounds"), **host))
    people = writers(made[-1])
    connections.close_all()
    server = bench_registration.serve()
    try:
        typing(people)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
