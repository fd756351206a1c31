"""What the embedded server does every minute."""

import pytest

from core.management.commands import embedded_timers
from core.registry import Registry, timers
from counters.models import DaySalt

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def yesterday():
    """A salt that should be gone."""
    return DaySalt.objects.create(day="2026-11-01", salt="x")


def test_registered_commands_are_run(yesterday):
    assert {"send_letters", "roll_counts"} <= set(timers)
    embedded_timers.run_timers()
    assert DaySalt.objects.count() == 0


def test_command_that_fails_stops_no_other(yesterday, monkeypatch, caplog):
    broken: Registry[str] = Registry()
    broken.register("khong_co_lenh_nay", order=1)
    broken.register("roll_counts", order=2)
    monkeypatch.setattr(embedded_timers, "timers", broken)
    embedded_timers.run_timers()
    assert [record.getMessage() for record in caplog.records] == ["Timer khong_co_lenh_nay failed"]
    assert DaySalt.objects.count() == 0
