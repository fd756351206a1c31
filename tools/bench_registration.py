"""Measures three hundred people who ask at once for the last hundred places of an event.

Real requests to gunicorn with two workers, on the empty database that DATABASE_URL names or a throw-away SQLite
file. Prints how many got a place, what the others were told, and the time of the POST; asserts nothing.
"""

import asyncio
import http.client
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from bench_units import ROOT, begin

PORT = int(os.environ.get("PORT", "8791"))
PEOPLE, PLACES = 300, 100
# As production runs: jobs wait for a worker, letters go out after the commit; the proxy speaks HTTPS.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production", "SECRET_KEY": "only-for-measuring-" * 4,
    "ALLOWED_HOSTS": "localhost", "BASE_URL": "https://localhost", "PROXY_COUNT": "1",
    "CACHE_URL": "locmemcache://", "EMAIL_URL": "memorymail://",
}  # fmt: skip
# A sum is asked of who types faster than people do.
READING = 5
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
COOKIE = re.compile(r"^Set-Cookie: ([^;\r]+)", re.IGNORECASE | re.MULTILINE)
STAMP = re.compile(r'name="stamp" value="([^"]+)"')


def event() -> int:
    """An event with its places; its key."""
    from django.utils import timezone

    from campaign.events.models import Admission, Event
    from campaign.units.choices import UnitKind
    from campaign.units.services import add_unit

    today = timezone.localdate()
    unit = add_unit(None, kind=UnitKind.INSTITUTION, name="Trường đo", code="DO", starts=today)
    made = Event.objects.create(
        unit=unit, kind="tap-huan", title="Lớp đo", place="Hội trường",
        starts_on=today + timedelta(days=9),
    )  # fmt: skip
    Admission.objects.create(event=made, who="persons", capacity=PLACES)
    return made.pk


def serve() -> subprocess.Popen[bytes]:
    """The site as production runs it, with two workers behind one proxy."""
    env = os.environ | PRODUCTION | {
        "BIND": f"127.0.0.1:{PORT}", "WEB_CONCURRENCY": "2", "PYTHONPATH": str(ROOT / "site"),
    }  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "site/gunicorn.conf.py", "--log-level", "error"],
        cwd=ROOT, env=env,
    )  # fmt: skip
    for _ in range(300):
        try:
            if asyncio.run(asked(said("GET", "/ngay-hoi/", 0)))[0] == http.client.OK:
                return server
        except OSError:
            pass
        time.sleep(0.2)
    sys.exit("The server does not answer.")


def said(method: str, path: str, person: int, body: str = "", cookie: str = "") -> bytes:
    """One request of a person, who has an address of his own, as it goes over the line."""
    lines = (
        f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close",
        f"X-Forwarded-For: 10.1.{person // 250}.{person % 250 + 1}", "X-Forwarded-Proto: https",
        f"Cookie: {cookie}", f"Referer: https://localhost{path}",
        "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}", "", body,
    )  # fmt: skip
    return "\r\n".join(lines).encode()


async def asked(request: bytes) -> tuple[int, str, str]:
    """Status, cookie and text of the answer.

    Plain sockets in one thread: the client runs on the cores that are measured, and should take little of them.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    writer.write(request)
    answer = await reader.read()
    writer.close()
    head, _, text = answer.decode().partition("\r\n\r\n")
    cookie = COOKIE.search(head)
    return int(head.split()[1]), cookie[1] if cookie else "", text


async def form(path: str, person: int) -> bytes:
    """Opens the form; the request that sends it filled in."""
    _, cookie, page = await asked(said("GET", path, person))
    token, stamp = TOKEN.search(page), STAMP.search(page)
    if token is None or stamp is None:
        sys.exit("The form has not come.")
    fields: dict[str, Any] = {
        "csrfmiddlewaretoken": token[1], "stamp": stamp[1], "full_name": f"Mẫu Thị {person}",
        "email": f"nguoi{person}@example.vn", "consent": "on",
    }  # fmt: skip
    return said("POST", path, person, urlencode(fields), cookie)


async def sent(request: bytes) -> tuple[float, int, bool]:
    """Seconds until the answer is there, its status, and whether it says that all is full."""
    began = time.perf_counter()
    status, _, text = await asked(request)
    return time.perf_counter() - began, status, "Đã hết chỗ" in text


async def rush(path: str) -> list[tuple[float, int, bool]]:
    """Open the form three hundred times, wait as people read, then send all at once."""
    forms = await asyncio.gather(*(form(path, person) for person in range(PEOPLE)))
    await asyncio.sleep(READING)
    return await asyncio.gather(*(sent(request) for request in forms))


def main() -> None:
    """Serve an event with its places, and let everybody ask for one."""
    begin()
    from django.db import connection, connections

    path = f"/ngay-hoi/{event()}/dang-ky/"
    connections.close_all()
    server = serve()
    try:
        told = asyncio.run(rush(path))
    finally:
        server.terminate()
        server.wait()
    report(connection.vendor, told)


def report(engine: str, told: list[tuple[float, int, bool]]) -> None:
    """The figures, in words."""
    from campaign.events.models import Admission, Registration

    seconds = sorted(row[0] for row in told)
    late = seconds[int(len(seconds) * 0.95)]
    print(f"{engine}, {platform.machine()}, {os.cpu_count()} cores, gunicorn with two workers")
    print(f"{PEOPLE} at once for {PLACES} places: {Registration.objects.count()} have one")
    print(f"counted as taken: {Admission.objects.get().taken}")
    print(f"answers by status: {dict(Counter(row[1] for row in told))}")
    print(f"told that it is full: {sum(row[2] for row in told)}")
    print(f"POST: median {statistics.median(seconds) * 1000:.0f} ms, p95 {late * 1000:.0f} ms")


if __name__ == "__main__":
    main()
