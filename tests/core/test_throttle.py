"""Counting tries, exactly, and forgetting them."""

from datetime import UTC, datetime, timedelta

import pytest

from core.models import Attempt
from core.throttle import place_of_form, tries
from tests.concurrency import at_once

NOW = datetime(2026, 11, 23, 3, 0, 30, tzinfo=UTC)


def once_more(who: str = "10.0.0.1", name: str = "form", now: datetime = NOW) -> int:
    """One more try."""
    return tries(name, who, minutes=10, now=now)


@pytest.mark.django_db
def test_tries_count_by_form_by_sender_and_by_stretch_of_time():
    assert [once_more(), once_more(), once_more()] == [1, 2, 3]
    assert once_more("10.0.0.2") == 1
    assert once_more(name="khac") == 1
    assert once_more(now=NOW + timedelta(minutes=10)) == 1
    assert once_more(now=NOW + timedelta(minutes=9)) == 4


@pytest.mark.django_db
def test_form_keeps_its_place_however_often_it_comes():
    def sent(key: str, who: str = "10.0.0.1") -> tuple[int, int]:
        return place_of_form("form", who, key, minutes=10, now=NOW)

    assert [sent("a"), sent("a"), sent("b"), sent("a")] == [(1, 1), (1, 2), (2, 1), (1, 3)]
    assert [sent("a", "10.0.0.2"), sent("b", "10.0.0.2")] == [(1, 1), (2, 1)]


@pytest.mark.django_db
def test_no_address_is_stored_and_old_rows_are_swept_away():
    once_more("203.113.131.7")
    assert "203.113" not in str(list(Attempt.objects.values()))
    for number in range(60):
        once_more(f"10.0.1.{number}", now=NOW + timedelta(days=2))
    assert Attempt.objects.count() == 60


@pytest.mark.django_db(transaction=True)
def test_tries_at_once_are_counted_exactly():
    assert max(at_once(20, once_more)) == 20
    assert once_more() == 21
