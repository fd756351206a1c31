"""Whom the rows of a workbook mean, and what they would do to a list. Pure.

A code that the school knows settles it, if the name agrees. Without one, name and class together settle it,
marks and case aside; anything less is asked: whoever imports picks one, or says that it is somebody else. A
name the school does not know may stand as typed, after a tick. Nobody stands in a list twice. All rows or none
are written, so one row that must be mended in the file stops the whole of it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from campaign.awards.recognition_choices import OPEN_VERDICTS, EntryVerdict
from campaign.units.rules import code_key
from core.text import fold, words

# Answers to a question: a person of the roster ("p12"), or the name as it is typed.
TYPED = "typed"
LONGEST_NAME, LONGEST_MERIT = 200, 500
# What may stand before a unit's name or be left out.
_KINDS = re.compile(r"^(lop|khoa|phong|trung tam|doi|to) (?=\S)")
_PARTS = re.compile(r"[,;/–—]| - ")


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the roster: his keys, and class and faculty in words."""

    pk: int
    name: str
    place: str
    code_key: str
    name_key: str
    place_keys: frozenset[str]
    # What a list calls him that was begun before his name was corrected.
    also: str = ""

    @property
    def answer(self) -> str:
        """How he is picked where it is asked whom a row means."""
        return f"p{self.pk}"


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit of the school with what it may be called."""

    pk: int
    name: str
    code_key: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class PraiseRow:
    """A row as the file has it."""

    sheet: str
    row: int
    name: str
    code: str = ""
    place: str = ""
    merit: str = ""


@dataclass(frozen=True, slots=True)
class Present:
    """What stands in the list already, with its merit: by person, by unit, by typed name and place."""

    people: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    typed: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PraiseLine:
    """What one row does, why, and whom it may mean."""

    told: PraiseRow
    verdict: EntryVerdict
    why: str = ""
    person: int | None = None
    unit: int | None = None
    meant: tuple[Known, ...] = ()

    @property
    def place(self) -> str:
        """Where the row stands, as an answer names it."""
        return f"{self.told.row}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a word from whoever imports."""
        return self.verdict in OPEN_VERDICTS

    @property
    def is_refused(self) -> bool:
        """Whether it must be mended in the file."""
        return self.verdict == EntryVerdict.REFUSE


def name_key(text: str) -> str:
    """What two names are compared by."""
    return " ".join(words(fold(text)))[:200]


def bare(text: str) -> str:
    """A unit's name without the word for its kind."""
    return _KINDS.sub("", name_key(text))


def unit_keys(*names: str) -> frozenset[str]:
    """What a unit may be called: its names, with and without the word for its kind."""
    found = {key for name in names for key in (name_key(name), bare(name)) if key}
    return frozenset(found)


def place_fits(place: str, keys: frozenset[str]) -> bool:
    """Whether what was typed as class or unit is one of those, by name or by code."""
    for part in (place, *_PARTS.split(place)):
        if bare(part) in keys or (code_key(part) and f"#{code_key(part)}" in keys):
            return True
    return False


def plan_people(
    rows: Iterable[PraiseRow], roster: Iterable[Known], present: Present
) -> list[PraiseLine]:
    """What each row of people does, before anything was answered."""
    by_code: dict[str, Known] = {}
    by_name: dict[str, list[Known]] = defaultdict(list)
    for one in roster:
        by_code[one.code_key] = one
        by_name[one.name_key].append(one)
    found = [_person_line(row, by_code, by_name) for row in rows]
    unshared = _unshared(found)
    return _once([_against(line, present, unshared) for line in found])


def _person_line(
    row: PraiseRow, by_code: Mapping[str, Known], by_name: Mapping[str, Sequence[Known]]
) -> PraiseLine:
    key = name_key(row.name)
    if not key:
        return PraiseLine(row, EntryVerdict.REFUSE, "Chưa ghi họ và tên.")
    if problem := _too_long(row):
        return PraiseLine(row, EntryVerdict.REFUSE, problem)
    alike = by_name.get(key, ())
    if code := code_key(row.code):
        known = by_code.get(code)
        if known is not None and key in (known.name_key, known.also):
            return PraiseLine(row, EntryVerdict.ADD, known.place, person=known.pk)
        if known is not None:
            said = f"Mã {row.code} là của {known.name}: hãy sửa mã hoặc họ tên."
            return PraiseLine(row, EntryVerdict.REFUSE, said)
        return _asked(row, alike, f"Trường không có mã {row.code}.")
    here = [one for one in alike if place_fits(row.place, one.place_keys)] if row.place else []
    if len(here) == 1:
        return PraiseLine(row, EntryVerdict.ADD, here[0].place, person=here[0].pk)
    if here:
        return _asked(row, here, f"{row.place} có {len(here)} người cùng tên.")
    if not row.place:
        return _asked(row, alike, "Chưa ghi mã, cũng chưa ghi lớp, đơn vị.")
    return _asked(row, alike, f"Không thấy tên này ở {row.place}.")


def _too_long(row: PraiseRow) -> str | None:
    if len(row.merit) > LONGEST_MERIT:
        return f"Thành tích dài {len(row.merit)} ký tự: hãy viết gọn trong {LONGEST_MERIT}."
    if max(len(row.name), len(row.place)) > LONGEST_NAME:
        return f"Tên quá dài: nhiều nhất {LONGEST_NAME} ký tự."
    return None


def _asked(row: PraiseRow, meant: Sequence[Known], why: str) -> PraiseLine:
    if meant:
        return PraiseLine(row, EntryVerdict.ASK, why, meant=tuple(meant))
    return PraiseLine(row, EntryVerdict.UNKNOWN, why)


def plan_units(
    rows: Iterable[PraiseRow], units: Iterable[KnownUnit], present: Present
) -> list[PraiseLine]:
    """What each row of collectives does. A collective is always a unit of the school."""
    known = list(units)
    by_code = {one.code_key: one for one in known}
    by_name: dict[str, list[KnownUnit]] = defaultdict(list)
    for one in known:
        for key in one.keys:
            by_name[key].append(one)
    found = [_unit_line(row, by_code, by_name) for row in rows]
    # A unit is never typed.
    return _once([_against(line, present, frozenset()) for line in found])


def _unit_line(
    row: PraiseRow, by_code: Mapping[str, KnownUnit], by_name: Mapping[str, Sequence[KnownUnit]]
) -> PraiseLine:
    refuse = EntryVerdict.REFUSE
    if problem := _too_long(row):
        return PraiseLine(row, refuse, problem)
    if code := code_key(row.code):
        one = by_code.get(code)
        if one is None:
            return PraiseLine(row, refuse, f"Trường không có đơn vị mang mã {row.code}.")
        if name_key(row.name) and name_key(row.name) not in one.keys:
            return PraiseLine(row, refuse, f"Mã {row.code} là của {one.name}: hãy sửa mã hoặc tên.")
        return PraiseLine(row, EntryVerdict.ADD, one.name, unit=one.pk)
    if not name_key(row.name):
        return PraiseLine(row, refuse, "Chưa ghi tên tập thể.")
    found = by_name.get(name_key(row.name), ())
    if len(found) == 1:
        return PraiseLine(row, EntryVerdict.ADD, found[0].name, unit=found[0].pk)
    if found:
        return PraiseLine(row, refuse, f"Có {len(found)} đơn vị cùng tên: hãy ghi mã đơn vị.")
    said = "Trường không có phòng, khoa, lớp hay đội nào tên như vậy: hãy sửa tên hoặc ghi mã."
    return PraiseLine(row, refuse, said)


def settle(
    lines: Iterable[PraiseLine], answers: Mapping[str, str], present: Present, *, all_typed: bool
) -> list[PraiseLine]:
    """The lines with what was answered: by place of the row, "p<person>" or TYPED.

    `all_typed`: every name that the school does not know stands as typed. What was not answered stays open.
    """
    found, lines = [], list(lines)
    unshared = _unshared(lines)
    for line in lines:
        if not line.is_open:
            found.append(line)
            continue
        said = answers.get(line.place, "")
        if all_typed and line.verdict == EntryVerdict.UNKNOWN:
            said = TYPED
        found.append(_against(_answered(line, said), present, unshared))
    return _once(found)


def _answered(line: PraiseLine, said: str) -> PraiseLine:
    if said == TYPED:
        return replace(line, verdict=EntryVerdict.ADD, why="Ghi như đã gõ.", meant=())
    chosen = next((one for one in line.meant if said == one.answer), None)
    if chosen is None:
        return line
    return replace(line, verdict=EntryVerdict.ADD, why=chosen.place, person=chosen.pk, meant=())


def typed_key(row: PraiseRow) -> tuple[str, str]:
    """What two names that are not of the roster are compared by."""
    return name_key(row.name), name_key(row.place)


def _unshared(lines: Iterable[PraiseLine]) -> frozenset[tuple[str, str]]:
    """Typed names that one row alone has: of two alike, one may be typed and the other of the roster."""
    counts = Counter(typed_key(line.told) for line in lines if not line.told.code)
    return frozenset(key for key, count in counts.items() if count == 1)


def _against(
    line: PraiseLine, present: Present, unshared: frozenset[tuple[str, str]]
) -> PraiseLine:
    """Whoever stands in the list already stays; another merit, where the row tells one, is taken."""
    could_be_typed = not (line.told.code or line.unit or line.is_refused)
    if could_be_typed and typed_key(line.told) in unshared & present.typed.keys():
        # The same typed name again, as exported: asked once, not each time.
        line = replace(line, verdict=EntryVerdict.ADD, person=None, meant=())
    if line.verdict != EntryVerdict.ADD:
        return line
    there: str | None
    if line.person is not None:
        there = present.people.get(line.person)
    elif line.unit is not None:
        there = present.units.get(line.unit)
    else:
        there = present.typed.get(typed_key(line.told))
    if there is None:
        return line
    if line.told.merit in ("", there):
        return replace(line, verdict=EntryVerdict.SAME, why="Đã có trong danh sách.")
    return replace(line, verdict=EntryVerdict.CHANGE, why="Đã có trong danh sách: thay thành tích.")


def _once(lines: Sequence[PraiseLine]) -> list[PraiseLine]:
    """The second row of the same one is refused, with the place of the first."""
    seen: dict[object, int] = {}
    found = []
    for line in lines:
        who = _who(line)
        if who is not None and who in seen:
            said = f"Trùng với dòng {seen[who]}: hãy bỏ một dòng."
            line = replace(line, verdict=EntryVerdict.REFUSE, why=said, meant=())
        elif who is not None:
            seen[who] = line.told.row
        found.append(line)
    return found


def _who(line: PraiseLine) -> object | None:
    if line.is_open or line.is_refused:
        return None
    if line.person is not None:
        return ("person", line.person)
    if line.unit is not None:
        return ("unit", line.unit)
    return ("typed", *typed_key(line.told))
