"""When a letter is tried again. Pure.

A mail server that is down for a night must lose nothing: the tries lie further and further apart. After the
last one the letter is left as failed, for somebody to look at and send again by hand.
"""

from datetime import datetime, timedelta

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
KEPT_AFTER_SENDING = timedelta(days=30)


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after `tries` failures; None when it has been tried often enough."""
    return now + WAITS[tries - 1] if 1 <= tries <= len(WAITS) else None
