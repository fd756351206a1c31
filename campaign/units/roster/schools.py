"""What a department's workbook does: its schools, and in each the first person of its standing office. Pure.

A department founds schools and names who begins there; everything inside a school is then the school's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from campaign.units.choices import Verdict
from campaign.units.roster.rules import Line
from campaign.units.rules import code_key

SCHOOLS = "Trường"


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school as the file has it, with who begins there (all three empty: nobody yet)."""

    row: int
    code: str
    name: str
    short_name: str = ""
    starts: date | None = None
    person: str = ""
    full_name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class KnownSchool:
    """A school that is there; `here`: under this department; `office`: the keys of who its office is."""

    name: str
    short_name: str
    running: bool
    here: bool
    office: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()


def plan_schools(
    rows: Sequence[SchoolRow],
    known: dict[str, KnownSchool],
    emails: frozenset[str],
    today: date,
) -> list[Line]:
    """What each row does; schools by the keys of their codes, addresses in small letters."""
    codes: dict[str, int] = {}
    posts: dict[str, int] = {}
    lines = []
    for row in rows:
        said = _twice(row, codes, posts) or _problem(
            row, known.get(code_key(row.code)), emails, today
        )
        if said:
            lines.append(Line(SCHOOLS, row.row, Verdict.REFUSE, row.name or row.code, said))
        else:
            lines.append(_line(row, known.get(code_key(row.code))))
    return lines


def _twice(row: SchoolRow, codes: dict[str, int], posts: dict[str, int]) -> str | None:
    first = codes.setdefault(code_key(row.code), row.row)
    if first != row.row:
        return f"Mã “{row.code}” đã có ở dòng {first}."
    if row.email and (first := posts.setdefault(row.email.casefold(), row.row)) != row.row:
        return f"Thư “{row.email}” đã có ở dòng {first}."
    return None


def _problem(
    row: SchoolRow, old: KnownSchool | None, emails: frozenset[str], today: date
) -> str | None:
    if not code_key(row.code):
        return "Chưa ghi mã trường."
    if not row.name:
        return "Chưa ghi tên trường."
    if row.starts and row.starts > today:
        return "Ngày bắt đầu chưa tới."
    if old and not old.here:
        return "Mã trường này đã có ở nơi khác trên trang."
    if old and not old.running:
        return "Trường có mã này đã kết thúc: hãy dùng mã khác."
    return _office_problem(row, old, emails)


def _office_problem(row: SchoolRow, old: KnownSchool | None, emails: frozenset[str]) -> str | None:
    key = code_key(row.person)
    if not key:
        named = row.full_name or row.email
        return "Người phụ trách phải có mã (mã cán bộ ở trường đó)." if named else None
    if not row.full_name:
        return "Chưa ghi họ và tên người phụ trách."
    if old and key in old.office:
        return None
    if old and old.office:
        return "Trường đã có người phụ trách và tự quản lý: hãy để trống ba cột về người."
    if old and key in old.people:
        return "Người mang mã này đã có trong danh sách của trường: giao vai trò ở mục Vai trò."
    if row.email and row.email.casefold() in emails:
        return f"Thư “{row.email}” đã dùng cho tài khoản khác."
    return None


def _line(row: SchoolRow, old: KnownSchool | None) -> Line:
    begins = bool(row.person) and (old is None or code_key(row.person) not in old.office)
    how = "gửi thư mời" if row.email else "in phiếu tài khoản"
    who = f"người phụ trách: {row.full_name}, {how}" if begins else ""
    if old is None:
        why = who or "chưa có người phụ trách"
        return Line(SCHOOLS, row.row, Verdict.ADD, row.name, why, row)
    changes = []
    if row.name != old.name:
        changes.append(f"tên: {old.name} → {row.name}")
    if row.short_name and row.short_name != old.short_name:
        changes.append(f"tên gọn: {old.short_name or 'chưa có'} → {row.short_name}")
    changes += [who] if who else []
    verdict = Verdict.CHANGE if changes else Verdict.SAME
    return Line(SCHOOLS, row.row, verdict, row.name, "; ".join(changes), row)
