"""Counting tries, so that one machine can't flood a form.

A row in the database and not in the cache: the embedded cache is a folder, whose counters lose steps when two
processes count at once. What is stored is a digest that changes with each stretch of time, never an address.
"""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils.crypto import salted_hmac

from core.models.throttle import Attempt

KEPT = timedelta(days=1)


def tries(name: str, who: str, *, minutes: int, now: datetime) -> int:
    """Count one more try of `who` at `name` in the running stretch of `minutes`; how many that makes."""
    stretch = int(now.timestamp()) // (minutes * 60)
    key = salted_hmac("core.throttle", f"{name}:{stretch}:{who}", algorithm="sha256").hexdigest()
    _, created = Attempt.objects.get_or_create(
        key=key, window=stretch * minutes, defaults={"count": 1}
    )
    if created:
        _sweep(now)
        return 1
    Attempt.objects.filter(key=key).update(count=F("count") + 1)
    return Attempt.objects.values_list("count", flat=True).get(key=key)


def _sweep(now: datetime) -> None:
    oldest = int((now - KEPT).timestamp()) // 60
    Attempt.objects.filter(window__lt=oldest).delete()
