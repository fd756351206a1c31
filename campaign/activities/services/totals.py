"""Verbs on the figures: kept with each confirmation, and proved by counting anew.

A row is made when first needed and then only added to, in a fixed order, so that two who confirm at once wait
for one another and never block each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from campaign.activities.choices import KindRole
from campaign.activities.models import Activity, GroupMonth, KindMonth, SchoolMonth, UnitMonth
from core.cache import renew

Key = tuple[Any, ...]
NAMES = ("activities", "classes", "people", "served")
AT_ONCE = 1000
# What names a row of each table; the rest are its figures.
KEYS: dict[Any, tuple[str, ...]] = {
    UnitMonth: ("unit_id", "month"),
    KindMonth: ("unit_id", "month", "kind_id", "commune_id"),
    GroupMonth: ("unit_id", "month", "kind_id", "audience_id"),
    # Last: all of a school meets here.
    SchoolMonth: ("unit_id", "month"),
}


@dataclass(frozen=True)
class Drift:
    """A row that differs from a recount: its table, its key, what is kept and what is true."""

    table: str
    key: Key
    kept: dict[str, int]
    true: dict[str, int]

    def __str__(self) -> str:
        return f"{self.table} {self.key}: kept {self.kept}, true {self.true}"


@dataclass
class Sums:
    """Figures by table and key."""

    rows: dict[Any, dict[Key, dict[str, int]]] = field(
        default_factory=lambda: {model: {} for model in KEYS}
    )

    def add(self, activity: Activity, sign: int = 1) -> None:
        """What one activity gives."""
        unit, month, kind = activity.unit_id, activity.month, activity.kind_id
        figures = {
            "activities": sign,
            "classes": sign * (activity.kind.role == KindRole.CLASS),
            "people": sign * (activity.people_count or 0),
            "served": sign * (activity.served_count or 0),
        }
        self._put(UnitMonth, (unit, month), figures)
        self._put(KindMonth, (unit, month, kind, activity.commune_id), figures)
        self._put(SchoolMonth, (activity.institution_id, month), figures)
        for group in activity.served.all():
            told = {"activities": sign, "people": sign * (group.count or 0)}
            self._put(GroupMonth, (unit, month, kind, group.audience_id), told)

    def _put(self, model: Any, key: Key, figures: dict[str, int]) -> None:
        row = self.rows[model].setdefault(key, dict.fromkeys(figures, 0))
        for name, number in figures.items():
            row[name] += number


def count_in(activity: Activity) -> None:
    """Add a confirmed activity to the figures. Inside the transaction of its confirmation."""
    _write(activity, 1)


def count_out(activity: Activity) -> None:
    """Take it out again. Inside the transaction that takes the confirmation back."""
    _write(activity, -1)


def _write(activity: Activity, sign: int) -> None:
    # Figures are on public pages: what was kept of those is old from now on.
    renew()
    sums = Sums()
    sums.add(activity, sign)
    for model, rows in sums.rows.items():
        for key in sorted(rows, key=str):
            named = dict(zip(KEYS[model], key, strict=True))
            row, _ = model.objects.get_or_create(**named)
            steps = {name: F(name) + number for name, number in rows[key].items()}
            model.objects.filter(pk=row.pk).update(**steps)


def find_drift() -> list[Drift]:
    """Where the kept figures differ from a recount of the confirmed activities. Nothing when all is well."""
    true = _recounted()
    return [drift for model in KEYS for drift in _drift_of(model, true.rows[model])]


def _recounted() -> Sums:
    sums = Sums()
    rows = Activity.objects.counted().select_related("kind").prefetch_related("served")
    for activity in rows.order_by("pk").iterator(chunk_size=2000):
        sums.add(activity)
    return sums


def _drift_of(model: Any, true: dict[Key, dict[str, int]]) -> Iterator[Drift]:
    kept = dict(_kept(model))
    for key in sorted({*kept, *true}, key=str):
        empty = dict.fromkeys(_figures(model), 0)
        have, want = kept.get(key, empty), true.get(key, empty)
        if have != want:
            yield Drift(model.__name__, key, have, want)


def _figures(model: Any) -> tuple[str, ...]:
    return ("activities", "people") if model is GroupMonth else NAMES


def _kept(model: Any) -> Iterator[tuple[Key, dict[str, int]]]:
    names = _figures(model)
    for row in model.objects.order_by().values_list(*KEYS[model], *names).iterator():
        size = len(KEYS[model])
        yield row[:size], dict(zip(names, row[size:], strict=True))


@transaction.atomic
def repair_totals() -> list[Drift]:
    """Set every row that differs to what a recount gives; what was wrong is told.

    Confirmations wait until it is done: one between the recount and the mending would be lost.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {UnitMonth._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    found = find_drift()
    for model in KEYS:
        _set_right(model, [drift for drift in found if drift.table == model.__name__])
    return found


def _set_right(model: Any, drifts: list[Drift]) -> None:
    """Rows that are missing are made, the others changed: a few strokes for many rows."""
    size = len(KEYS[model])
    there = {row[:size]: row[size] for row in model.objects.values_list(*KEYS[model], "pk")}
    made: list[Any] = []
    changed: list[Any] = []
    for drift in drifts:
        row = model(**dict(zip(KEYS[model], drift.key, strict=True)), **drift.true)
        row.pk = there.get(drift.key)
        (changed if row.pk else made).append(row)
    model.objects.bulk_create(made, batch_size=AT_ONCE)
    model.objects.bulk_update(changed, _figures(model), batch_size=AT_ONCE)
