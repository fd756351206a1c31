"""When a letter is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from outbox.rules import next_try

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tries", "wait"),
    [
        (0, None),
        (1, timedelta(minutes=1)),
        (2, timedelta(minutes=5)),
        (3, timedelta(minutes=30)),
        (4, timedelta(hours=2)),
        (5, timedelta(hours=12)),
        (6, None),
        (60, None),
    ],
)
def test_tries_lie_further_apart_and_end(tries, wait):
    assert next_try(tries, NOW) == (NOW + wait if wait else None)
