"""Columns and rows of the events' workbooks."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from campaign.events.models import Event
from campaign.events.numbers import Numbers, by_unit_above
from core.phones import spoken_phone
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


GUESTS = Sheet(
    "Đăng ký",
    (
        Column("order", "STT", width=6),
        Column("name", "Họ và tên", width=28),
        Column("unit", "Lớp, đơn vị", width=28),
        Column("phone", "Điện thoại", width=16),
        Column("email", "Thư điện tử", width=28),
        Column("heads", "Số người", width=10),
        Column("came", "Đã đến", width=10),
        Column("note", "Ghi chú", width=36),
    ),
)


def guest_rows(event: Event) -> Iterator[tuple[Any, ...]]:
    """Those who have a place, in the order in which they registered."""
    for number, row in enumerate(event.registrations.confirmed(), start=1):
        yield (
            number, row.full_name, row.unit_name, spoken_phone(row.phone) if row.phone else "",
            row.email, row.heads, row.came, row.note,
        )  # fmt: skip
