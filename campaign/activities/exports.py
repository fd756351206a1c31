"""Columns and rows of the log's workbooks: who took part, for conduct points and lists."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from campaign.activities.models import Activity, Participant
from campaign.units.models import Unit
from campaign.units.reach import under
from office.books import Column, Sheet

LIST = Sheet(
    "Người tham gia",
    (
        Column("order", "STT", width=6),
        Column("code", "Mã", width=14),
        Column("name", "Họ và tên", width=28),
        Column("unit", "Lớp, đơn vị", width=28),
        Column("task", "Nhiệm vụ", width=36),
        Column("served", "Lượt của riêng người này", width=14),
    ),
)
POINTS = Sheet(
    "Tham gia",
    (
        Column("code", "Mã", width=14),
        Column("name", "Họ và tên", width=28),
        Column("unit", "Lớp, đơn vị", width=28),
        Column("day", "Ngày", is_day=True, width=12),
        Column("title", "Hoạt động", width=44),
        Column("kind", "Loại", width=26),
        Column("host", "Đơn vị tổ chức", width=28),
        Column("where", "Nơi", width=36),
        Column("task", "Nhiệm vụ", width=30),
        Column("served", "Lượt", width=10),
    ),
)
NOTES = (
    "Chỉ có hoạt động đã được xác nhận.",
    "Cột Lượt là lượt của riêng từng người; ô trống là chưa ghi, không phải 0.",
    "Người không có trong danh sách của trường không có mã.",
)


def list_rows(activity: Activity) -> Iterator[tuple[Any, ...]]:
    """Those who took part in one activity, in its order."""
    rows = activity.participants.select_related("person__unit")
    for number, row in enumerate(rows, start=1):
        person = row.person
        yield (
            number, person.code if person else "", str(row), str(person.unit) if person else "",
            row.task, row.served_count,
        )  # fmt: skip


def points_rows(user: Any, unit: Unit, first: date, last: date) -> Iterator[tuple[Any, ...]]:
    """A row for each member and activity of `unit` and below, by name: what conduct points are given on."""
    rows = Participant.objects.filter(
        activity__in=Activity.objects.visible_to(user).counted(),
        activity__starts_on__range=(first, last),
    ).filter(under(unit.path, "activity__unit"))
    rows = rows.select_related(
        "person__unit", "activity__kind", "activity__unit", "activity__commune"
    )
    for row in rows.order_by("person__search_key", "name", "activity__starts_on", "pk").iterator():
        person, activity = row.person, row.activity
        yield (
            person.code if person else "", str(row), str(person.unit) if person else "",
            activity.starts_on, str(activity), str(activity.kind), str(activity.unit), activity.where,
            row.task, row.served_count,
        )  # fmt: skip
