"""Where figures of a report come from: registered sources, each of them one number with its records.

The log's own are here; a higher floor (events, later the plan's targets) registers what it knows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from campaign.activities.choices import KindRole
from campaign.activities.models import Activity, Participant
from campaign.units.models import Unit
from core.registry import Registry


@dataclass(frozen=True, slots=True)
class Offer:
    """What a source gives: the number, of how many records, and where they open."""

    number: int
    records: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom a source counts: unit, data window, and the confirmed activities that count in this report."""

    unit: Unit
    first: date
    last: date
    activities: QuerySet[Activity]


@dataclass(frozen=True, slots=True)
class LogSource:
    """A number of the log: which activities, and what of them is added up (nothing: they are counted)."""

    key: str
    label: str
    rows: Q
    adds: str = ""


@dataclass(frozen=True, slots=True)
class OtherSource:
    """A number that another app knows."""

    key: str
    label: str
    gather: Callable[[Scope], Offer]


_CLASS = Q(kind__role=KindRole.CLASS)
_SUPPORT = Q(kind__role=KindRole.SUPPORT)
_TRAINING = Q(kind__role=KindRole.TRAINING)
_MEDIA = Q(kind__takes_links=True)
MEMBERS = "thanh-vien"

LOG_SOURCES = (
    LogSource("hoat-dong", "Nhật ký: số hoạt động", ~Q(pk__in=[])),
    LogSource("lop", "Nhật ký: số lớp kỹ năng số", _CLASS),
    LogSource("nguoi-lop", "Nhật ký: số người dự các lớp", _CLASS, "people_count"),
    LogSource("ho-tro", "Nhật ký: số đợt hỗ trợ trực tiếp", _SUPPORT),
    LogSource("luot", "Nhật ký: số lượt người được hỗ trợ", ~Q(pk__in=[]), "served_count"),
    LogSource("tap-huan", "Nhật ký: số buổi tập huấn, tích hợp", _TRAINING),
    LogSource("nguoi-tap-huan", "Nhật ký: số người dự tập huấn", _TRAINING, "people_count"),
    LogSource("san-pham", "Nhật ký: số sản phẩm truyền thông", _MEDIA),
)
other_sources: Registry[OtherSource] = Registry()


def source_choices() -> list[tuple[str, str]]:
    """All sources, for the form's maker."""
    found = [(source.key, source.label) for source in LOG_SOURCES]
    found.append((MEMBERS, "Nhật ký: số người của đơn vị đã tham gia"))
    return found + [(source.key, source.label) for source in other_sources]


def label_of(key: str) -> str:
    """The source in words; empty for none."""
    return dict(source_choices()).get(key, "")


def is_of_log(key: str) -> bool:
    """Whether a source counts activities."""
    return key == MEMBERS or any(source.key == key for source in LOG_SOURCES)


def rows_behind(key: str, activities: QuerySet[Activity]) -> QuerySet[Activity] | None:
    """The activities that make the number of a source of the log; None for a source of another app."""
    if key == MEMBERS:
        return activities.filter(participants__person__isnull=False).distinct()
    for source in LOG_SOURCES:
        if source.key == key:
            return activities.filter(source.rows)
    return None


def gather(scope: Scope, wanted: Iterable[str]) -> dict[str, Offer]:
    """What the wanted sources give. One query for all numbers of the log, one for members.

    Theirs for others.
    """
    keys = set(wanted)
    found = _from_log(scope, [source for source in LOG_SOURCES if source.key in keys])
    if MEMBERS in keys:
        rows = Participant.objects.filter(activity__in=scope.activities, person__isnull=False)
        told = rows.aggregate(n=Count("person", distinct=True), of=Count("activity", distinct=True))
        found[MEMBERS] = Offer(told["n"], told["of"])
    found |= {source.key: source.gather(scope) for source in other_sources if source.key in keys}
    return found


def _from_log(scope: Scope, sources: list[LogSource]) -> dict[str, Offer]:
    if not sources:
        return {}
    asked: dict[str, Any] = {}
    for number, source in enumerate(sources):
        asked[f"of{number}"] = Count("pk", filter=source.rows)
        if source.adds:
            asked[f"n{number}"] = Sum(source.adds, filter=source.rows)
    told = scope.activities.order_by().aggregate(**asked)
    return {
        source.key: Offer(
            (told[f"n{number}"] or 0) if source.adds else told[f"of{number}"], told[f"of{number}"]
        )
        for number, source in enumerate(sources)
    }
