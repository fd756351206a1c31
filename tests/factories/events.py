"""Makes events."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from campaign.events.models import Event, EventSeries
from tests.factories.units import make_unit

numbers = count(1)


def make_event(**fields: Any) -> Event:
    """A planned event, in ten days unless told otherwise."""
    known: dict[str, Any] = {
        "title": f"Lớp số {next(numbers)}", "kind": "lop-hoc", "place": "Nhà văn hóa",
        "starts_on": timezone.localdate() + timedelta(days=10),
    }  # fmt: skip
    if "unit" not in fields:
        known["unit"] = make_unit(name="Trường Cao đẳng Thử")
    event = Event(**{**known, **fields})
    event.full_clean()
    event.save()
    return event


def make_edition(year: int, **fields: Any) -> Event:
    """An edition of the yearly day."""
    known = {
        "series": EventSeries.objects.get(), "year": year, "kind": "ngay-hoi",
        "title": f"Ngày hội toàn dân học tập số {year}",
    }  # fmt: skip
    return make_event(**{**known, **fields})
