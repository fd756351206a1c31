"""How many were at an event: read for the board, for each faculty, and for the log."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count
from django.utils import timezone

from campaign.events.models import Attendance, Event
from campaign.events.permissions import classes_of
from campaign.events.rules import share_words
from campaign.units.choices import PersonKind
from campaign.units.models import Enrolment, Person, Unit


@dataclass(frozen=True, slots=True)
class Line:
    """One class: what it told, if it has."""

    unit: Unit
    told: Attendance | None

    @property
    def share(self) -> str:
        """Present of enrolled."""
        return share_words(self.told.present, self.told.enrolled) if self.told else ""


@dataclass(frozen=True)
class Numbers:
    """Classes that are expected, those that have told, and their sums; `present` is None while none has."""

    lines: tuple[Line, ...] = ()

    @property
    def told(self) -> list[Attendance]:
        """What has been told."""
        return [line.told for line in self.lines if line.told]

    @property
    def missing(self) -> list[Unit]:
        """Classes that have not told yet."""
        return [line.unit for line in self.lines if not line.told]

    @property
    def classes(self) -> int:
        """How many are expected."""
        return len(self.lines)

    @property
    def classes_told(self) -> int:
        """How many have told."""
        return len(self.told)

    @property
    def present(self) -> int | None:
        """Everybody who was there."""
        return sum(row.present for row in self.told) if self.told else None

    @property
    def enrolled(self) -> int:
        """Everybody of the classes that have told."""
        return sum(row.enrolled for row in self.told)

    @property
    def share(self) -> str:
        """Present of enrolled, of the classes that have told."""
        return share_words(self.present or 0, self.enrolled) if self.told else ""


@dataclass(frozen=True)
class Group:
    """The classes below one unit."""

    unit: Unit | None
    numbers: Numbers = field(default_factory=Numbers)


def numbers_of(event: Event, classes: Iterable[Unit] | None = None) -> Numbers:
    """The numbers of `classes`, or of all that are expected; also of one that told and has ended since.

    Two queries.
    """
    expected = list(classes_of(event) if classes is None else classes)
    told = {row.unit_id: row for row in event.attendance.select_related("unit", "noted_by")}
    if classes is None:
        known = {unit.pk for unit in expected}
        expected += [row.unit for row in told.values() if row.unit_id not in known]
    expected.sort(key=lambda unit: unit.path)
    return Numbers(tuple(Line(unit, told.get(unit.pk)) for unit in expected))


def by_unit_above(event: Event, numbers: Numbers) -> list[Group]:
    """The numbers by the unit right below the host, in the order of the tree; one query."""
    depth = event.unit.depth + 1
    size = depth * Unit.steplen
    groups: dict[str, list[Line]] = {}
    for line in numbers.lines:
        groups.setdefault(line.unit.path[:size], []).append(line)
    units = {unit.path: unit for unit in Unit.objects.filter(path__in=groups)}
    return [Group(units.get(path), Numbers(tuple(lines))) for path, lines in groups.items()]


def enrolments_of(units: list[Unit], day: date) -> dict[int, int]:
    """What each class's enrolment is likely to be on `day`: as last told at an event, else as recorded, else
    as many as its roster names. Three queries.
    """
    keys = [unit.pk for unit in units]
    people = Person.objects.filter(unit__in=keys, left_on__isnull=True, kind=PersonKind.STUDENT)
    found = dict(people.order_by().values_list("unit").annotate(count=Count("pk")))
    recorded = Enrolment.objects.filter(unit__in=keys, as_of__lte=day).order_by("as_of")
    since: dict[int, date] = {}
    for unit, count, as_of in recorded.values_list("unit", "count", "as_of"):
        found[unit], since[unit] = count, as_of
    told = Attendance.objects.filter(unit__in=keys).order_by("noted_at")
    for unit, count, at in told.values_list("unit", "enrolled", "noted_at"):
        # A later count in the roster knows of those who came or left meanwhile.
        if timezone.localtime(at).date() >= since.get(unit, date.min):
            found[unit] = count
    return found
