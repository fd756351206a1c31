"""Verbs on those who stand in a list: taken in from wherever they are known, changed, taken out."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.awards.models import RecognitionEntry, RecognitionList
from campaign.awards.recognition_choices import EntryVerdict
from campaign.awards.recognition_matching import PraiseLine, name_key, typed_key
from campaign.awards.recognition_queries import (
    alike_in_school,
    people_to_praise,
    units_of_school,
)
from campaign.awards.services.papers import Stale
from campaign.awards.services.recognition import held_list, touch
from campaign.units.choices import UnitKind
from campaign.units.models import Person, Unit
from core.text import clean, words

MOST_PRAISED = 1000
MEANWHILE = "Danh sách vừa được người khác sửa: hãy xem lại các dòng."
TOO_MANY = f"Mỗi danh sách nhận nhiều nhất {MOST_PRAISED} người và tập thể."


class SameName(Exception):
    """The school has people of this name, or the list has: whoever types is asked whom he means."""

    def __init__(self, people: list[Person], entries: list[RecognitionEntry]) -> None:
        super().__init__()
        self.people, self.entries = people, entries


def praise_people(
    listing: RecognitionList, people: Iterable[Person], *, merit: str = "",
    merits: Mapping[int, str] | None = None, key: UUID, by: Any, now: datetime,
) -> int:  # fmt: skip
    """Take in people of the school; who is there already stays as he is. How many are new.

    `merits` gives each his own words, by person; `merit` is for all the others.
    """
    today = timezone.localtime(now).date()
    with transaction.atomic():
        held = held_list(listing, by)
        wanted = {person.pk: person for person in people}
        known = set(
            people_to_praise(held, today).filter(pk__in=wanted).values_list("pk", flat=True)
        )
        if strangers := [person for pk, person in wanted.items() if pk not in known]:
            raise ValidationError(f"{strangers[0]} không thuộc trường này.")
        there = set(held.entries.filter(person__in=wanted).values_list("person", flat=True))
        rows = [
            _person_entry(held, person, (merits or {}).get(pk) or merit, uuid5(key, f"p{pk}"), by, now)
            for pk, person in wanted.items() if pk not in there
        ]  # fmt: skip
        return _taken_in(held, rows, now)


def praise_by_hand(
    listing: RecognitionList, *, full_name: str, place: str, merit: str = "", is_other: bool = False,
    key: UUID, by: Any, now: datetime,
) -> RecognitionEntry:  # fmt: skip
    """Take in a name as typed. SameName where the school knows somebody so called, unless `is_other`.

    The same press twice is one row; ValidationError for a name that stands there with the same class.
    """
    name, place = _line(full_name, 200), _line(place, 200)
    problems = {}
    if not words(name):
        problems["full_name"] = "Hãy ghi họ và tên."
    if not words(place):
        problems["place"] = "Hãy ghi lớp hoặc đơn vị."
    if problems:
        raise ValidationError(problems)
    try:
        with transaction.atomic():
            held = held_list(listing, by)
            if known := held.entries.filter(key=key).first():
                return known
            alike = list(held.entries.filter(name_key=name_key(name), unit=None))
            if any(row.is_typed and row.place_key == name_key(place) for row in alike):
                raise ValidationError({"full_name": f"{name}, {place} đã có trong danh sách."})
            people = alike_in_school(held, name, timezone.localtime(now).date())
            if (people or alike) and not is_other:
                raise SameName(people, alike)
            row = _typed_entry(held, name, place, merit, key, by, now)
            _taken_in(held, [row], now)
    except IntegrityError as twice:
        raise ValidationError({"full_name": f"{name}, {place} đã có trong danh sách."}) from twice
    return row


def praise_units(
    listing: RecognitionList, units: Iterable[Unit], *, merit: str = "", key: UUID, by: Any,
    now: datetime,
) -> int:  # fmt: skip
    """Take in offices, faculties, classes, teams; which is there already stays. How many are new."""
    today = timezone.localtime(now).date()
    with transaction.atomic():
        held = held_list(listing, by)
        wanted = {unit.pk: unit for unit in units}
        known = set(units_of_school(held, today).filter(pk__in=wanted).values_list("pk", flat=True))
        if set(wanted) - known:
            raise ValidationError("Chỉ chọn được phòng, khoa, lớp, đội của trường.")
        there = set(held.entries.filter(unit__in=wanted).values_list("unit", flat=True))
        rows = [
            _unit_entry(held, unit, merit, uuid5(key, f"u{pk}"), by, now)
            for pk, unit in wanted.items() if pk not in there
        ]  # fmt: skip
        return _taken_in(held, rows, now)


def import_entries(
    listing: RecognitionList, lines: Iterable[PraiseLine], *, key: UUID, by: Any, now: datetime
) -> int:
    """Write all rows of a workbook, or none. The same import again, or twice at once, writes nothing more.

    ValidationError while a row is open or refused. How many were added or changed.
    """
    rows = list(lines)
    if any(line.is_open or line.is_refused for line in rows):
        raise ValidationError("Còn dòng chưa xong: hãy trả lời, hoặc sửa trong tệp.")
    try:
        with transaction.atomic():
            return _write_rows(held_list(listing, by), rows, key, by, now)
    except IntegrityError as meanwhile:
        raise ValidationError(MEANWHILE) from meanwhile


def _write_rows(
    held: RecognitionList, rows: list[PraiseLine], key: UUID, by: Any, now: datetime
) -> int:
    if held.entries.filter(key__in=[_row_key(key, line) for line in rows]).exists():
        return 0
    people = Person.objects.select_related("unit").in_bulk([r.person for r in rows if r.person])
    units: dict[int, Unit] = Unit.objects.in_bulk([r.unit for r in rows if r.unit])
    changed = _change_merits(held, [r for r in rows if r.verdict == EntryVerdict.CHANGE])
    new = [
        _row_entry(held, line, people, units, _row_key(key, line), by, now)
        for line in rows if line.verdict == EntryVerdict.ADD
    ]  # fmt: skip
    return changed + _taken_in(held, new, now)


def _row_key(key: UUID, line: PraiseLine) -> UUID:
    return uuid5(key, f"{line.told.sheet}-{line.told.row}")


def _change_merits(held: RecognitionList, lines: list[PraiseLine]) -> int:
    """The merits of those who are there already. ValidationError when one has gone meanwhile."""
    if not lines:
        return 0
    there = {(row.person_id, row.unit_id, *_typed(row)): row for row in held.entries.all()}
    changed = []
    for line in lines:
        typed = typed_key(line.told) if line.person is line.unit is None else ("", "")
        row = there.get((line.person, line.unit, *typed))
        if row is None:
            raise ValidationError(MEANWHILE)
        row.merit, row.version = _line(line.told.merit, 500), row.version + 1
        changed.append(row)
    return RecognitionEntry.objects.bulk_update(changed, ["merit", "version"], 200)


def _typed(row: RecognitionEntry) -> tuple[str, str]:
    return (row.name_key, row.place_key) if row.is_typed else ("", "")


def _row_entry(
    held: RecognitionList, line: PraiseLine, people: Mapping[int, Person], units: Mapping[int, Unit],
    key: UUID, by: Any, now: datetime,
) -> RecognitionEntry:  # fmt: skip
    told = line.told
    if line.person is not None:
        return _person_entry(held, people[line.person], told.merit, key, by, now)
    if line.unit is not None:
        return _unit_entry(held, units[line.unit], told.merit, key, by, now)
    return _typed_entry(
        held, _line(told.name, 200), _line(told.place, 200), told.merit, key, by, now
    )


def change_entry(
    entry: RecognitionEntry, *, merit: str, full_name: str = "", place: str = "", version: int,
    by: Any, now: datetime,
) -> RecognitionEntry:  # fmt: skip
    """Another merit; another name and class for one that was typed. Stale where somebody else was faster."""
    try:
        with transaction.atomic():
            held = held_list(entry.listing, by)
            row = RecognitionEntry.objects.select_for_update().get(pk=entry.pk)
            if row.version != version:
                raise Stale
            row.merit, row.version = _line(merit, 500), row.version + 1
            if row.is_typed:
                if not words(full_name):
                    raise ValidationError({"full_name": "Hãy ghi họ và tên."})
                _called(row, _line(full_name, 200), _line(place, 200))
            row.save()
            touch(held, now)
            held.save()
    except IntegrityError as twice:
        raise ValidationError({"full_name": "Tên này đã có trong danh sách."}) from twice
    return row


def take_out(entry: RecognitionEntry, *, by: Any, now: datetime) -> None:
    """Off the list again; taken out twice is taken out once."""
    with transaction.atomic():
        held = held_list(entry.listing, by)
        if held.entries.filter(pk=entry.pk).delete()[0]:
            touch(held, now)
            held.save()


def refresh_entries(held: RecognitionList) -> None:
    """Names, classes and codes as the roster and the tree say today; from the sending on they stay."""
    rows = list(held.entries.select_related("person__unit", "unit"))
    _as_known(held, rows)
    names = ["full_name", "code", "place_name", "faculty_name", "name_key", "place_key"]
    RecognitionEntry.objects.bulk_update(rows, names, 200)


def _taken_in(held: RecognitionList, rows: list[RecognitionEntry], now: datetime) -> int:
    if not rows:
        return 0
    if held.entries.count() + len(rows) > MOST_PRAISED:
        raise ValidationError(TOO_MANY)
    _as_known(held, rows)
    RecognitionEntry.objects.bulk_create(rows, 200)
    touch(held, now)
    held.save()
    return len(rows)


def _person_entry(
    held: RecognitionList, person: Person, merit: str, key: UUID, by: Any, now: datetime
) -> RecognitionEntry:
    return RecognitionEntry(
        listing=held, person=person, merit=_line(merit, 500), key=key, added_at=now, added_by=by
    )


def _unit_entry(
    held: RecognitionList, unit: Unit, merit: str, key: UUID, by: Any, now: datetime
) -> RecognitionEntry:
    return RecognitionEntry(
        listing=held, unit=unit, merit=_line(merit, 500), key=key, added_at=now, added_by=by
    )


def _typed_entry(
    held: RecognitionList, name: str, place: str, merit: str, key: UUID, by: Any, now: datetime
) -> RecognitionEntry:
    row = RecognitionEntry(
        listing=held, merit=_line(merit, 500), key=key, added_at=now, added_by=by
    )  # fmt: skip
    _called(row, name, place)
    return row


def _as_known(held: RecognitionList, rows: Iterable[RecognitionEntry]) -> None:
    """Name, code, class and faculty of those the school knows. One query, whatever the number."""
    faculties = list(
        Unit.objects.filter(institution=held.institution_id, kind=UnitKind.FACULTY).values_list(
            "path", "name"
        )
    )
    for row in rows:
        if row.person is not None:
            row.code, home = row.person.code, row.person.unit
            _called(row, row.person.full_name, home.name)
        elif row.unit is not None:
            row.code, home = row.unit.code, row.unit
            _called(row, row.unit.name, "")
        else:
            continue
        above = (name for path, name in faculties if home.path.startswith(path))
        row.faculty_name = next(above, "")


def _called(row: RecognitionEntry, name: str, place: str) -> None:
    row.full_name, row.place_name = name, place
    row.name_key, row.place_key = name_key(name), name_key(place)


def _line(text: str, longest: int) -> str:
    return " ".join(clean(text).split())[:longest]
