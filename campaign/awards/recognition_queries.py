"""Reads of the first tier: lists, the roster they choose from, who else has named somebody, who took part."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from campaign.activities.models import Activity, Participant
from campaign.awards.models import RecognitionEntry, RecognitionList
from campaign.awards.recognition_choices import CAME_TO_LEADER, RecognitionState
from campaign.awards.recognition_matching import Known, KnownUnit, Present, name_key, unit_keys
from campaign.units.choices import UnitKind
from campaign.units.models import Person, Unit, UnitName
from campaign.units.reach import under

# Whoever left the school this recently may still be praised: results of a summer are told in autumn.
LEFT_SINCE = timedelta(days=365)
MOST_SHOWN = 500
# What may be praised as a collective.
COLLECTIVES_PRAISED = frozenset(
    {UnitKind.OFFICE, UnitKind.FACULTY, UnitKind.CENTRE, UnitKind.YOUTH_UNION,
     UnitKind.STUDENT_CLASS, UnitKind.VOLUNTEER_TEAM}
)  # fmt: skip


def list_rows() -> QuerySet[RecognitionList]:
    """Lists with what every page shows of them."""
    return RecognitionList.objects.select_related(
        "unit", "institution", "round", "sent_by", "decided_by"
    )


def counted_lists() -> QuerySet[RecognitionList]:
    """Lists with how many persons and collectives stand in each."""
    return list_rows().annotate(
        people=Count("entries", filter=Q(entries__unit__isnull=True)),
        collectives=Count("entries", filter=Q(entries__unit__isnull=False)),
    )


def entry_rows(listing: RecognitionList) -> list[RecognitionEntry]:
    """Who stands in a list: collectives first, each kind in the order they were taken in."""
    rows = listing.entries.select_related("person", "unit")
    return sorted(rows, key=lambda row: (not row.is_collective, row.pk))


def recognised_entries() -> QuerySet[RecognitionEntry]:
    """Everybody whom a leader has recognised, with the list and its decision: where the honour roll begins.

    Nothing of it is published by this: the honour roll asks for consent first.
    """
    return RecognitionEntry.objects.filter(
        listing__state=RecognitionState.RECOGNISED
    ).select_related("listing__institution", "listing__unit", "person", "unit")


@dataclass(frozen=True, slots=True)
class Hint:
    """Somebody of a list stands elsewhere too, or somebody of the same name does."""

    said: str
    is_question: bool


def hints_of(
    listing: RecognitionList, entries: Iterable[RecognitionEntry]
) -> dict[int, list[Hint]]:
    """By entry: who of the school named the same one this school year, who stands here under the same name.

    `entries` may be one page of the list. Other units' drafts are not looked into. One query.
    """
    mine = list(entries)
    rows = RecognitionEntry.objects.filter(
        Q(listing=listing)
        | Q(
            listing__institution=listing.institution_id, listing__school_year=listing.school_year,
            listing__state__in=CAME_TO_LEADER,
        ),
        name_key__in={row.name_key for row in mine},
    )  # fmt: skip
    alike: dict[str, list[RecognitionEntry]] = defaultdict(list)
    for row in rows.select_related("listing__unit").order_by("listing", "pk"):
        alike[row.name_key].append(row)
    found: dict[int, list[Hint]] = {}
    for row in mine:
        hints = [hint for other in alike[row.name_key] if (hint := _hint(row, other))]
        if hints:
            found[row.pk] = hints
    return found


def _hint(mine: RecognitionEntry, other: RecognitionEntry) -> Hint | None:
    if other.pk == mine.pk or other.is_collective != mine.is_collective:
        return None
    is_here = other.listing_id == mine.listing_id
    where = "danh sách này" if is_here else f"“{other.listing}” ({other.listing.of_whom})"
    if is_same(mine, other):
        state = "" if is_here else f", {other.listing.get_state_display().lower()}"
        return Hint(f"Đã có trong {where}{state}.", is_question=False)
    place = f", {other.where}" if other.where else ""
    return Hint(f"Trùng họ tên{place} trong {where}: có phải một người?", is_question=True)


def is_same(mine: RecognitionEntry, other: RecognitionEntry) -> bool:
    """Whether two entries are of the same person or unit beyond doubt."""
    if mine.is_collective:
        return mine.unit_id == other.unit_id
    if mine.is_typed and other.is_typed:
        return (mine.name_key, mine.place_key) == (other.name_key, other.place_key)
    return mine.person_id is not None and mine.person_id == other.person_id


def praised_elsewhere(listing: RecognitionList, people: Iterable[Person]) -> dict[int, str]:
    """Of people one may choose: in which list of the school and year each stands already. One query."""
    rows = RecognitionEntry.objects.filter(
        Q(listing__state__in=CAME_TO_LEADER) | Q(listing=listing), person__in=[p.pk for p in people],
        listing__institution=listing.institution_id, listing__school_year=listing.school_year,
    )  # fmt: skip
    found: dict[int, str] = {}
    for row in rows.select_related("listing__unit"):
        assert row.person_id is not None  # noqa: S101 (the filter says so)
        if row.listing_id == listing.pk:
            found[row.person_id] = "đã có trong danh sách này"
        else:
            found.setdefault(row.person_id, f"đã có trong “{row.listing}” ({row.listing.of_whom})")
    return found


def people_to_praise(listing: RecognitionList, today: date) -> QuerySet[Person]:
    """The school's people, and those who left it within a year."""
    rows: QuerySet[Person] = Person.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gte=today - LEFT_SINCE),
        institution=listing.institution_id, purged_at=None,
    )  # fmt: skip
    return rows.select_related("unit")


def own_people(listing: RecognitionList, today: date) -> QuerySet[Person]:
    """Those of them who belong to the list's unit, or below."""
    return people_to_praise(listing, today).filter(under(listing.unit.path, "unit"))


def units_of_school(listing: RecognitionList, today: date) -> QuerySet[Unit]:
    """What may be praised as a collective."""
    rows: QuerySet[Unit] = Unit.objects.active(today).filter(
        institution=listing.institution_id, kind__in=COLLECTIVES_PRAISED
    )
    return rows


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody with what the log has confirmed of him in a window; `served` None: nobody counted."""

    person: Person
    activities: int
    served: int | None

    @property
    def words(self) -> str:
        """In words, as a merit begins."""
        told = f"Tham gia {self.activities} hoạt động"
        return told if self.served is None else f"{told}, {self.served} lượt người dân được hỗ trợ"


def took_part(
    listing: RecognitionList, window: tuple[date, date], today: date, *, activities: int = 0,
    served: int = 0, among: Iterable[int] | None = None,
) -> list[Taken]:  # fmt: skip
    """People of the unit, and those who took part in what it held, with their confirmed participation.

    Those with at least so many activities or, where asked, times served; the most active first. Two queries.
    """
    counted = Activity.objects.counted().filter(
        institution=listing.institution_id, starts_on__range=window
    )  # fmt: skip
    taking = Participant.objects.filter(
        under(listing.unit.path, "person__unit") | under(listing.unit.path, "activity__unit"),
        activity__in=counted.order_by(), person__isnull=False,
    ).order_by()  # fmt: skip
    if among is not None:
        taking = taking.filter(person__in=list(among))
    sums = {
        row["person"]: row
        for row in taking.values("person").annotate(n=Count("pk"), times=Sum("served_count"))
        if row["n"] >= activities and (row["times"] or 0) >= served
    }
    people = people_to_praise(listing, today).filter(pk__in=sums).in_bulk()
    found = [Taken(one, sums[pk]["n"], sums[pk]["times"]) for pk, one in people.items()]
    return sorted(
        found, key=lambda one: (-one.activities, -(one.served or 0), one.person.search_key)
    )


def roster_of(listing: RecognitionList, today: date) -> list[Known]:
    """The school's people as values for the rules of importing. Three queries."""
    there = dict(listing.entries.filter(person__isnull=False).values_list("person", "name_key"))
    rows = people_to_praise(listing, today) | Person.objects.filter(pk__in=there).select_related(
        "unit"
    )
    places = _places_of(listing)
    found = []
    for pk, code, name, unit in rows.order_by("pk").values_list(
        "pk", "code_key", "full_name", "unit"
    ):
        words, keys = places.get(unit, ("", frozenset()))
        found.append(Known(pk, name, words, code, name_key(name), keys, there.get(pk, "")))
    return found


def _places_of(listing: RecognitionList) -> dict[int, tuple[str, frozenset[str]]]:
    """Of each unit of the school its name with that of its faculty, and all that the two may be called."""
    rows = Unit.objects.filter(institution=listing.institution_id)
    by_path = {row.path: row for row in rows}
    steps = Unit.steplen
    found = {}
    for path, row in by_path.items():
        above = [
            by_path[path[:end]]
            for end in range(len(path) - steps, 0, -steps)
            if path[:end] in by_path
        ]
        near = [row, *(one for one in above if one.kind != UnitKind.INSTITUTION)]
        keys: frozenset[str] = frozenset().union(*(_keys_of(one) for one in near))
        found[row.pk] = (", ".join(one.name for one in near), keys)
    return found


def _keys_of(unit: Unit) -> frozenset[str]:
    return unit_keys(unit.name, unit.short_name) | {f"#{unit.code_key}"}


def known_units(listing: RecognitionList, today: date) -> list[KnownUnit]:
    """The school's collectives as values for the rules of importing, with their old names. Two queries."""
    rows = list(units_of_school(listing, today))
    names: dict[int, list[str]] = defaultdict(list)
    told = UnitName.objects.filter(unit__in=[row.pk for row in rows])
    for unit, name, short in told.values_list("unit", "name", "short_name"):
        names[unit] += [name, short]
    return [
        KnownUnit(row.pk, row.name, row.code_key, unit_keys(row.name, row.short_name, *names[row.pk]))
        for row in rows
    ]  # fmt: skip


def present_in(listing: RecognitionList) -> Present:
    """What stands in the list, as a value for the rules. One query."""
    people: dict[int, str] = {}
    units: dict[int, str] = {}
    typed: dict[tuple[str, str], str] = {}
    for row in listing.entries.all():
        if row.person_id is not None:
            people[row.person_id] = row.merit
        elif row.unit_id is not None:
            units[row.unit_id] = row.merit
        else:
            typed[row.name_key, row.place_key] = row.merit
    return Present(people, units, typed)


def alike_in_school(listing: RecognitionList, full_name: str, today: date) -> list[Person]:
    """People of the school under the very name that was typed, marks and case aside."""
    key = name_key(full_name)
    rows: Any = people_to_praise(listing, today)
    return [row for row in rows.found(full_name)[:MOST_SHOWN] if name_key(row.full_name) == key]
