"""What a workbook would do to a school, row by row. Pure: what is known and what was read come in as values.

Nobody is removed by not being in the file. A row of somebody known changes only what it says otherwise.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from campaign.units.choices import DRAFTS_ONLY, SINGLE, PersonKind, Role, UnitKind, Verdict
from campaign.units.posts import overlap
from campaign.units.posts import place_problem as role_place_problem
from campaign.units.rules import code_key, place_problem

UNITS, PEOPLE, ROLES = "Đơn vị", "Người", "Vai trò"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as the file has it; `parent` empty: directly below the school."""

    row: int
    code: str
    name: str
    kind: str
    parent: str = ""
    short_name: str = ""
    starts: date | None = None
    count: int | None = None
    as_of: date | None = None
    locality: str = ""
    local_partner: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody as the file has him."""

    row: int
    code: str
    full_name: str
    kind: str
    unit: str
    birth_year: int | None = None
    since: date | None = None
    account: bool = False
    email: str = ""
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role as the file has it; without a first day it holds from today."""

    row: int
    person: str
    role: str
    unit: str
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit that is there, by the key of its code."""

    code: str
    name: str
    kind: str
    parent: str
    short_name: str = ""
    running: bool = True
    starts: date = date.min
    count: int | None = None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who is there; `unit` is the key of its code."""

    code: str
    full_name: str
    kind: str
    unit: str
    birth_year: int | None = None
    has_account: bool = False
    shared: bool = False
    gone: bool = False
    since: date = date.min


@dataclass(frozen=True, slots=True)
class KnownRole:
    """A role that holds or will hold; person and unit are keys."""

    person: str
    role: str
    unit: str
    starts: date
    ends: date | None = None


@dataclass(frozen=True)
class Known:
    """What is there: by the keys of codes. `top` is the school itself."""

    top: str
    units: dict[str, KnownUnit]
    people: dict[str, KnownPerson]
    roles: tuple[KnownRole, ...] = ()
    emails: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """What one row does: `why` says what changes, or why it is refused."""

    sheet: str
    row: int
    verdict: str
    what: str
    why: str = ""
    data: Any = field(default=None, compare=False)


def digest(lines: Iterable[Line]) -> str:
    """What the plan says, as a checksum: a plan that was seen is applied only while it still says the same."""
    said = "\n".join(f"{x.sheet}|{x.row}|{x.verdict}|{x.what}|{x.why}" for x in lines)
    return hashlib.sha256(said.encode()).hexdigest()


def plan(
    units: Sequence[UnitRow],
    people: Sequence[PersonRow],
    roles: Sequence[RoleRow],
    known: Known,
    today: date,
) -> list[Line]:
    """What the whole file does, row by row, in the order of its sheets."""
    unit_lines, kinds = _units(units, known, today)
    person_lines, where = _people(people, known, kinds, today)
    begins = {key: unit.starts for key, unit in known.units.items()}
    for row in units:
        begins.setdefault(code_key(row.code), row.starts or today)
    return [*unit_lines, *person_lines, *_roles(roles, known, kinds, begins, where, today)]


def ordered(rows: Iterable[UnitRow], there: Iterable[str]) -> list[UnitRow]:
    """Rows of new units, each behind what it stands under; those in a circle or under nobody are left out."""
    left = {code_key(row.code): row for row in rows}
    done = {"", *there}
    found: list[UnitRow] = []
    while ready := [key for key, row in left.items() if code_key(row.parent) in done]:
        for key in ready:
            found.append(left.pop(key))
        done.update(ready)
    return found


def _twice(sheet: str, keys: Sequence[tuple[int, Any, str]]) -> dict[int, str]:
    """Rows whose key stands in the file before: where."""
    first: dict[Any, int] = {}
    problems: dict[int, str] = {}
    for row, key, shown in keys:
        if key in first:
            problems[row] = f"“{shown}” đã có ở dòng {first[key]}."
        else:
            first[key] = row
    return problems


def _units(rows: Sequence[UnitRow], known: Known, today: date) -> tuple[list[Line], dict[str, str]]:
    twice = _twice(UNITS, [(row.row, code_key(row.code), row.code) for row in rows])
    kinds = {key: unit.kind for key, unit in known.units.items() if unit.running}
    fresh = [row for row in rows if code_key(row.code) not in known.units and row.row not in twice]
    placed = ordered(fresh, kinds)
    for row in placed:
        kinds.setdefault(code_key(row.code), row.kind)
    reachable = {row.row for row in placed}
    lines = []
    for row in rows:
        old = known.units.get(code_key(row.code))
        said = twice.get(row.row) or _unit_problem(row, old, known, kinds, today)
        if not said and old is None and row.row not in reachable:
            said = f"Không thấy đơn vị cấp trên “{row.parent}”, hoặc hai đơn vị nằm trong nhau."
        if said:
            lines.append(Line(UNITS, row.row, Verdict.REFUSE, row.name or row.code, said))
        elif old is None:
            why = (
                ""
                if row.count is not None or row.kind != UnitKind.STUDENT_CLASS
                else "chưa ghi sĩ số"
            )
            lines.append(Line(UNITS, row.row, Verdict.ADD, row.name, why, row))
        else:
            lines.append(_unit_change(row, old))
    return lines, kinds


def _unit_problem(
    row: UnitRow, old: KnownUnit | None, known: Known, kinds: dict[str, str], today: date
) -> str | None:
    parent = code_key(row.parent) or known.top
    if not code_key(row.code):
        return "Chưa ghi mã."
    if not row.name:
        return "Chưa ghi tên."
    if row.starts and row.starts > today:
        return "Ngày bắt đầu chưa tới."
    if (row.count is None) != (row.as_of is None) and row.as_of is not None:
        return "Có ngày tính sĩ số mà chưa ghi sĩ số."
    if row.as_of and row.as_of > today:
        return "Ngày tính sĩ số chưa tới."
    if row.count is not None and row.count > 500:
        return "Sĩ số lớn hơn 500."
    if row.count is not None and row.kind != UnitKind.STUDENT_CLASS:
        return "Chỉ lớp mới có sĩ số."
    if old is not None:
        return _known_unit_problem(row, old, parent)
    if parent in known.units and not known.units[parent].running:
        return f"Đơn vị cấp trên “{row.parent}” không còn hoạt động."
    return place_problem(row.kind, kinds[parent]) if parent in kinds else None


def _known_unit_problem(row: UnitRow, old: KnownUnit, parent: str) -> str | None:
    if not old.running:
        return "Đơn vị có mã này đã kết thúc: hãy dùng mã khác."
    if row.kind != old.kind:
        return f"Đơn vị đã có là {UnitKind(old.kind).label}, không đổi loại được."
    if parent != old.parent:
        return "Chuyển chỗ một đơn vị thì làm ở trang của đơn vị đó, có ghi ngày."
    return None


def _unit_change(row: UnitRow, old: KnownUnit) -> Line:
    changes = []
    if row.name != old.name:
        changes.append(f"tên: {old.name} → {row.name}")
    if row.short_name and row.short_name != old.short_name:
        changes.append(f"tên gọn: {old.short_name or 'chưa có'} → {row.short_name}")
    if row.count is not None and row.count != old.count:
        changes.append(f"sĩ số: {old.count if old.count is not None else 'chưa ghi'} → {row.count}")
    verdict = Verdict.CHANGE if changes else Verdict.SAME
    return Line(UNITS, row.row, verdict, row.name, "; ".join(changes), row)


def _people(
    rows: Sequence[PersonRow], known: Known, kinds: dict[str, str], today: date
) -> tuple[list[Line], dict[str, bool]]:
    """Lines, and who is there afterwards."""
    twice = _twice(PEOPLE, [(row.row, code_key(row.code), row.code) for row in rows])
    posts = _twice(PEOPLE, [(r.row, r.email.casefold(), r.email) for r in rows if r.email])
    there = {key: True for key, person in known.people.items() if not person.gone}
    lines = []
    for row in rows:
        old = known.people.get(code_key(row.code))
        said = twice.get(row.row) or posts.get(row.row) or _person_problem(row, old, kinds, today)
        if (
            not said
            and row.email
            and not (old and old.has_account)
            and row.email.casefold() in known.emails
        ):
            said = f"Thư “{row.email}” đã dùng cho tài khoản khác."
        if said:
            lines.append(Line(PEOPLE, row.row, Verdict.REFUSE, row.full_name or row.code, said))
            continue
        there[code_key(row.code)] = row.left_on is None
        lines.append(_person_line(row, old))
    return lines, there


def _person_problem(
    row: PersonRow, old: KnownPerson | None, kinds: dict[str, str], today: date
) -> str | None:
    unit = code_key(row.unit)
    if not code_key(row.code):
        return "Chưa ghi mã."
    if not row.full_name:
        return "Chưa ghi họ và tên."
    if unit not in kinds:
        return f"Không có đơn vị “{row.unit}” trong trường và trong tệp."
    if kinds[unit] == UnitKind.VOLUNTEER_TEAM:
        return "Đội chọn thành viên từ danh sách lớp: hãy ghi lớp của người này."
    if row.since and row.since > today:
        return "Ngày bắt đầu chưa tới."
    if row.birth_year is not None and not 1900 <= row.birth_year <= today.year:
        return f"Năm sinh {row.birth_year} không đúng."
    if row.left_on and row.left_on > today:
        return "Ngày cuối chưa tới."
    if old is None and row.left_on:
        return "Người chưa có trong danh sách thì không ghi ngày cuối."
    if old and row.left_on and row.left_on < old.since:
        return "Ngày cuối trước ngày bắt đầu."
    if old and old.gone:
        return "Người này đã thôi: nếu trở lại, hãy nhận lại ở trang của người đó."
    return None


def _person_line(row: PersonRow, old: KnownPerson | None) -> Line:
    if old is None:
        why = "có tài khoản" if row.account else ""
        return Line(PEOPLE, row.row, Verdict.ADD, row.full_name, why, row)
    changes = []
    if row.full_name != old.full_name:
        changes.append(f"tên: {old.full_name} → {row.full_name}")
    if row.kind != old.kind:
        changes.append(f"là: {PersonKind(row.kind).label}")
    if code_key(row.unit) != old.unit:
        changes.append(f"chuyển tới {row.unit}; vai trò ở nơi cũ kết thúc")
    if row.birth_year is not None and row.birth_year != old.birth_year:
        changes.append(f"năm sinh: {row.birth_year}")
    if row.account and not old.has_account:
        changes.append("mở tài khoản")
    if row.left_on:
        changes.append(f"thôi, ngày cuối {row.left_on:%d/%m/%Y}")
    verdict = Verdict.CHANGE if changes else Verdict.SAME
    return Line(PEOPLE, row.row, verdict, row.full_name, "; ".join(changes), row)


def _roles(
    rows: Sequence[RoleRow],
    known: Known,
    kinds: dict[str, str],
    begins: dict[str, date],
    there: dict[str, bool],
    today: date,
) -> list[Line]:
    held = list(known.roles)
    lines = []
    for row in rows:
        starts = row.starts or today
        new = KnownRole(code_key(row.person), row.role, code_key(row.unit), starts, row.ends)
        what = f"{row.person}: {Role(row.role).label}, {row.unit}"
        mine = (new.person, new.role, new.unit)
        if any((x.person, x.role, x.unit) == mine and _meet(x, new) for x in held):
            lines.append(Line(ROLES, row.row, Verdict.SAME, what))
            continue
        said = _role_problem(new, known, kinds, there, today) or _second_head(new, held)
        if not said and new.starts < begins[new.unit]:
            said = f"Đơn vị có từ ngày {begins[new.unit]:%d/%m/%Y}."
        if said:
            lines.append(Line(ROLES, row.row, Verdict.REFUSE, what, said))
            continue
        held.append(new)
        lines.append(Line(ROLES, row.row, Verdict.ADD, what, f"từ {starts:%d/%m/%Y}", row))
    return lines


def _role_problem(
    new: KnownRole, known: Known, kinds: dict[str, str], there: dict[str, bool], today: date
) -> str | None:
    if not there.get(new.person):
        return "Không có người mang mã này trong danh sách."
    if new.unit not in kinds:
        return "Không có đơn vị mang mã này."
    if said := role_place_problem(new.role, kinds[new.unit]):
        return said
    person = known.people.get(new.person)
    if person and person.shared and new.role not in DRAFTS_ONLY:
        return "Tài khoản dùng chung chỉ được soạn."
    if new.role == Role.DEPUTY:
        return "Ủy quyền do trưởng đơn vị tự ghi, không nhập từ tệp."
    if new.ends and new.ends < max(new.starts, today):
        return "Ngày cuối trước ngày bắt đầu hoặc trước hôm nay."
    return None


def _second_head(new: KnownRole, held: Sequence[KnownRole]) -> str | None:
    if new.role not in SINGLE:
        return None
    for other in held:
        if (other.role, other.unit) == (new.role, new.unit) and _meet(other, new):
            return "Đơn vị đã có trưởng trong thời gian đó."
    return None


def _meet(one: KnownRole, other: KnownRole) -> bool:
    return overlap((one.starts, one.ends), (other.starts, other.ends))
