"""Counting tries, so that one machine can't flood a form.

A row in the database and not in the cache: the embedded cache is a folder, whose counters lose steps when two
processes count at once. What is stored is a digest that changes with each stretch of time, never an address.
"""

from datetime import datetime, timedelta

from django.db import connections, router, transaction
from django.utils.crypto import salted_hmac

from core.models.throttle import Attempt

KEPT = timedelta(days=1)


# Both engines speak it. One statement counts exactly however many come at once, and costs one round trip.
COUNTED = """
    INSERT INTO core_attempt (key, "window", count) VALUES (%s, %s, 1)
    ON CONFLICT (key, "window") DO UPDATE SET count = core_attempt.count + 1
    RETURNING count
"""


def tries(name: str, who: str, *, minutes: int, now: datetime) -> int:
    """Count one more try of `who` at `name` in the running stretch of `minutes`; how many that makes."""
    key, window = _row(name, who, minutes, now)
    with connections[router.db_for_write(Attempt)].cursor() as cursor:
        cursor.execute(COUNTED, [key, window])
        count: int = cursor.fetchone()[0]
    # One sender in sixteen sweeps: often enough for a table that forgets by the day.
    if count == 1 and key.startswith("0"):
        _sweep(now)
    return count


@transaction.atomic
def place_of_form(
    name: str, who: str, form_key: str, *, minutes: int, now: datetime
) -> tuple[int, int]:
    """Which of the forms sent by `who` at `name` this one is, and how often it has come by now.

    A form keeps its place: whoever sends it again, to answer a question or by pressing twice, neither takes
    another place nor loses this one to those who came later. In one transaction: the same form sent at the
    same moment waits until the first has its place. A form has its place with its sender alone, or a second
    address could send it uncounted.
    """
    form = f"{who}:{form_key}"
    again = tries(f"{name}-form", form, minutes=minutes, now=now)
    key, window = _row(f"{name}-place", form, minutes, now)
    if again == 1:
        place = tries(name, who, minutes=minutes, now=now)
        Attempt.objects.create(key=key, window=window, count=place)
        return place, again
    return Attempt.objects.values_list("count", flat=True).get(key=key), again


def _row(name: str, who: str, minutes: int, now: datetime) -> tuple[str, int]:
    """The key under which a try is counted, and the minute in which its stretch of time began."""
    stretch = int(now.timestamp()) // (minutes * 60)
    digest = salted_hmac("core.throttle", f"{name}:{stretch}:{who}", algorithm="sha256")
    return digest.hexdigest(), stretch * minutes


def _sweep(now: datetime) -> None:
    oldest = int((now - KEPT).timestamp()) // 60
    rows = Attempt.objects.filter(window__lt=oldest)
    rows._raw_delete(rows.db)
