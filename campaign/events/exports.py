"""Columns and rows of the events' workbooks."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from campaign.events.models import Event
from campaign.events.numbers import Numbers, by_unit_above
from office.books import Column, Sheet

ATTENDANCE = Sheet(
    "Điểm danh",
    (
        Column("order", "STT", width=6),
        Column("above", "Khoa, đơn vị", width=30),
        Column("name", "Lớp", width=30),
        Column("present", "Có mặt", width=10),
        Column("enrolled", "Sĩ số", width=10),
        Column("share", "Tỷ lệ", width=10),
        Column("by", "Người báo", width=26),
        Column("at", "Lúc", width=18),
    ),
)


def attendance_rows(event: Event, numbers: Numbers) -> Iterator[tuple[Any, ...]]:
    """A row for each class; what was not told is empty, never 0."""
    number = 0
    for group in by_unit_above(event, numbers):
        for line in group.numbers.lines:
            number += 1
            above = str(group.unit) if group.unit and group.unit.pk != line.unit.pk else ""
            yield (number, above, str(line.unit), *_told(line))


def _told(line: Any) -> tuple[Any, ...]:
    told = line.told
    if told is None:
        return (None, None, "", "", "")
    at = f"{timezone.localtime(told.noted_at):%H:%M %d/%m/%Y}"
    return (told.present, told.enrolled, line.share, str(told.noted_by), at)
