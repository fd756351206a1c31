"""Reads of the tree, now and then."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F
from django.utils import timezone

from campaign.units.choices import UnitKind
from campaign.units.lines import Line, recipient
from campaign.units.models import ReportingLine, Unit, UnitName, UnitPlace
from campaign.units.reach import under
from campaign.units.rules import Life, Place, below, final_successor, lineage, stood_below, tree_on

# Too many to be listed beside faculties and offices.
SMALL = (UnitKind.STUDENT_CLASS, UnitKind.VOLUNTEER_TEAM)
# More rows than this are no outline any more.
MOST_LISTED = 400


def lives() -> list[Life]:
    """Every unit's days and successor."""
    rows = Unit.objects.order_by().values_list("pk", "starts", "ends", "successor_id")
    return [Life(*row) for row in rows]


def places() -> list[Place]:
    """Every unit's places."""
    rows = UnitPlace.objects.order_by().values_list("unit_id", "parent_id", "since")
    return [Place(*row) for row in rows]


def subtree_on(unit: Unit, day: date) -> set[int]:
    """Keys of `unit` and of what stood below it on `day`; empty when it did not exist then. Two queries."""
    return below(tree_on(lives(), places(), day), unit.pk)


def stood_under(unit: Unit, months: Iterable[tuple[date, date]]) -> list[set[int]]:
    """For each stretch of days the keys of the units whose figures are of `unit`. Two queries."""
    known, stood = lives(), places()
    return [stood_below(known, stood, unit.pk, first, last) for first, last in months]


def tree_moved_since(unit: Unit, day: date) -> bool:
    """Whether anything came into, or left, what stands below `unit` after `day`; new units do not count.

    As long as nothing did, a path serves as well as history. Two queries at most.
    """
    moves = UnitPlace.objects.filter(since__gt=day).filter(since__gt=F("unit__starts"))
    if moves.filter(under(unit.path, "unit")).exists():
        return True
    left = UnitPlace.objects.filter(under(unit.path, "parent"), unit__in=moves.values("unit"))
    return left.exists()


def schools_moved_since(unit: Unit, day: date) -> bool:
    """Whether any unit at or below `unit`, or one that left it, has changed its school after `day`. One query.

    Whoever moved within its school has had parents of that school alone.
    """
    moves = UnitPlace.objects.filter(since__gt=day).filter(since__gt=F("unit__starts"))
    places = UnitPlace.objects.filter(unit__in=moves.values("unit")).filter(
        under(unit.path, "unit") | under(unit.path, "parent")
    )
    return places.exclude(parent__institution=F("unit__institution")).exists()


def subtree_now(unit: Unit, today: date) -> set[int]:
    """Keys of `unit` and of the running units below it, by treebeard's path. One query."""
    return set(
        Unit.get_tree(unit).active(today).order_by().values_list("pk", flat=True)  # type: ignore[attr-defined]
    )


def lineage_of(unit: Unit) -> set[int]:
    """Keys of `unit` and of all that was merged into it: whose figures it may show as its own past."""
    return lineage(lives(), unit.pk)


def answers_for(unit: Unit) -> Unit:
    """Who answers for `unit` today."""
    return Unit.objects.get(pk=final_successor({life.unit: life for life in lives()}, unit.pk))


def name_on(unit: Unit, day: date) -> str:
    """What `unit` was called on `day`; its first name for days before."""
    names = list(UnitName.objects.filter(unit=unit).order_by("since"))
    held = [name for name in names if name.since <= day] or names[:1]
    return held[-1].name if held else unit.name


def tree_problems() -> list[str]:
    """What is wrong with the tree: treebeard's own faults, and where now and history differ."""
    faults = [
        f"{label}: {sorted(map(str, found))}"
        for label, found in zip(
            (
                "bad letters",
                "bad path length",
                "orphans",
                "wrong depth",
                "wrong number of children",
            ),
            Unit.find_problems(),
            strict=True,
        )
        if found
    ]
    return [*faults, *_history_problems()]


def _history_problems() -> list[str]:
    """The newest place of each unit must be where treebeard has it."""
    held: dict[int, int | None] = {}
    for unit, parent in UnitPlace.objects.order_by("since").values_list("unit_id", "parent_id"):
        held[unit] = parent
    paths = dict(Unit.objects.order_by().values_list("path", "pk"))
    step = Unit.steplen
    return [
        f"unit {pk}: history says {held.get(pk)}, tree says {paths.get(path[:-step])}"
        for path, pk in paths.items()
        if pk not in held or held[pk] != paths.get(path[:-step])
    ]


def outline(today: date) -> tuple[Any, int]:
    """Running units for readers, classes and teams left to their own pages; where that is too much, schools."""
    return upper_floors(Unit.objects.active(today).exclude(kind__in=SMALL), most=MOST_LISTED)


def outline_of(
    seen: Any, root: Unit | None, today: date, *, words: str = "", with_ended: bool
) -> tuple[Any, int]:
    """Of `seen`, `root` and all below it, or those found by `words`; and the depth of the uppermost."""
    rows = seen.filter(under(root.path)) if root else seen
    if not with_ended:
        rows = rows.active(today)
    rows = rows.select_related("successor", "institution").order_by("path")
    if words:
        return rows.found(words), 1
    return upper_floors(rows, most=MOST_LISTED)


def upper_floors(rows: Any, *, most: int) -> tuple[Any, int]:
    """`rows`, cut to as many floors as give no more than `most`, but at least two; the depth of the uppermost.

    One query. A department's schools stand on the second floor; what lies in each is on its own page.
    """
    floors = list(rows.order_by("depth").values_list("depth").annotate(Count("pk")))
    top = shown = floors[0][0] if floors else 1
    total = 0
    for depth, count in floors:
        total += count
        if total > most and depth > top + 1:
            break
        shown = depth
    return rows.filter(depth__lte=shown).order_by("path"), top


def upwards(unit: Unit) -> list[int]:
    """The unit's key, then its parent's, up to the top. One query for what is above."""
    above = unit.get_ancestors().order_by("-path").values_list("pk", flat=True)
    return [unit.pk, *above]


def lines_of(units: list[int]) -> list[Line]:
    """The rows that may speak of a unit whose way up is `units`."""
    rows = ReportingLine.objects.filter(unit__in=units).order_by()
    return [
        Line(
            row.unit_id, row.to_id, row.purpose, row.starts, row.for_kind, row.round_kind, row.ends
        )
        for row in rows
    ]


def recipient_of(
    unit: Unit, purpose: str, round_kind: str = "", day: date | None = None
) -> Unit | None:
    """Whom `unit` sends to, or who confirms for it, on `day` (today). Three queries at most."""
    way = upwards(unit)
    found = recipient(
        way, unit.kind, purpose, round_kind, lines_of(way), day or timezone.localdate()
    )
    if found is None or found == unit.pk:
        return unit if found else None
    return Unit.objects.get(pk=found)
