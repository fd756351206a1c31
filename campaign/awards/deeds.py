"""What nominees did, activity by activity: confirmed ones of the round's window. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from campaign.activities.models import Activity, Participant
from campaign.awards.figures import tops
from campaign.awards.models import AwardRound, Nominee
from campaign.units.reach import under


@dataclass(frozen=True, slots=True)
class Deed:
    """One confirmed activity as papers tell it; `served` is what counts for the nominee, None where unknown."""

    starts_on: date
    ends_on: date | None
    kind: str
    title: str
    task: str
    commune: str
    place: str
    partner: str
    served: int | None
    people: int | None

    @property
    def days(self) -> int:
        """How many days it lasted."""
        return ((self.ends_on or self.starts_on) - self.starts_on).days + 1

    @property
    def when(self) -> str:
        """Its day or days, as papers write them."""
        first = f"{self.starts_on:%d/%m/%Y}"
        return f"{first} đến {self.ends_on:%d/%m/%Y}" if self.days > 1 else first

    @property
    def where(self) -> str:
        """The place and its commune."""
        return ", ".join(part for part in (self.place, self.commune) if part)


def deeds_of(asked: AwardRound, nominees: Iterable[Nominee]) -> dict[int, list[Deed]]:
    """The deeds of each nominee, the oldest first. Four queries at most."""
    rows = list(nominees)
    found: dict[int, list[Deed]] = {row.pk: [] for row in rows}
    _people(asked, [row for row in rows if row.person_id], found)
    _collectives(asked, [row for row in rows if row.unit_id], found)
    return found


def _counted(asked: AwardRound) -> Any:
    return Activity.objects.counted().filter(
        institution=asked.owner_id, starts_on__range=asked.window
    )  # fmt: skip


def _people(asked: AwardRound, rows: list[Nominee], found: dict[int, list[Deed]]) -> None:
    if not rows:
        return
    taking = Participant.objects.filter(
        person__in={row.person_id for row in rows}, activity__in=_counted(asked).order_by()
    ).select_related("activity__kind", "activity__commune")
    mine = defaultdict(list)
    for one in taking.order_by("activity__starts_on", "activity__pk"):
        mine[one.person_id].append(_deed(one.activity, one.task, one.served_count))
    for row in rows:
        found[row.pk] = mine[row.person_id]


def _collectives(asked: AwardRound, rows: list[Nominee], found: dict[int, list[Deed]]) -> None:
    if not rows:
        return
    own = tops(asked.owner, rows)
    paths = {path for mine in own.values() for path in mine}
    counted = _counted(asked).order_by("starts_on", "pk").select_related("unit", "kind", "commune")
    held = list(counted.filter(reduce(or_, (under(path, "unit") for path in sorted(paths)))))
    hosts = Activity.hosts.through.objects.filter(
        unit__in={row.unit_id for row in rows}, activity__in=_counted(asked).order_by()
    )
    together = defaultdict(set)
    for unit, activity in hosts.values_list("unit", "activity"):
        together[unit].add(activity)
    guests = {pk for mine in together.values() for pk in mine} - {one.pk for one in held}
    every = sorted([*held, *counted.filter(pk__in=guests)], key=lambda one: (one.starts_on, one.pk))
    for row in rows:
        for one in every:
            if one.unit.path.startswith(own[row.pk]):
                found[row.pk].append(_deed(one, "", one.served_count))
            elif one.pk in together[row.unit_id]:
                # Its times served stay with the unit that entered it.
                found[row.pk].append(_deed(one, "Cùng tổ chức", None))


def _deed(one: Activity, task: str, served: int | None) -> Deed:
    first: Any = one.starts_on
    return Deed(
        first, one.ends_on, one.kind.name, one.title or one.kind.name, task,
        str(one.commune or ""), one.place, one.local_partner, served, one.people_count,
    )  # fmt: skip
