"""What an uploaded catalogue would do to the library, row by row. Pure.

A file is taken as a whole or not at all. It only adds: an item that the library has already (the same title and
kind, or a file with the same content) is asked about, never changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from core.text import clean, grouped
from resources.catalogue.columns import HEADINGS, ITEMS
from resources.catalogue.rows import ItemRow
from resources.choices import ItemVerdict

MOST_ITEMS = 5000
ARCHIVE_SHEET = "Tệp nén"
# More of them nobody reads one by one.
MOST_UNNAMED = 100

Use = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A row as it was read, with what is wrong in its cells, and the files it names."""

    row: ItemRow
    problems: tuple[str, ...] = ()
    note: str = ""
    # (column, purpose, name)
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file that a row names."""

    problem: str = ""
    checksum: str = ""


@dataclass(frozen=True)
class Known:
    """What the library has: titles by title and kind, and by the checksum of a file."""

    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)
    checksums: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """What one row does, and why."""

    sheet: str
    place: int
    verdict: str
    what: str
    why: str = ""
    can_add: bool = True
    row: ItemRow | None = None


def title_of(title: str, kind: str) -> tuple[str, str]:
    """What two items are taken for the same by; marks do make another title."""
    return " ".join(clean(title).casefold().split()), kind


def plan(
    judged: Sequence[Judged],
    faults: Sequence[tuple[int, str]],
    reports: Mapping[tuple[str, str], Report],
    known: Known,
) -> list[Line]:
    """One line for each row and each fault of the sheet; `reports` by purpose and name."""
    lines = [_refusal(ITEMS.title, place, said) for place, said in sorted(faults)]
    first: dict[tuple[str, str], int] = {}
    for one in judged:
        lines.append(_judge(one, reports, known, first))
        if one.row.title:
            first.setdefault(title_of(one.row.title, one.row.kind), one.row.row)
    if len(judged) > MOST_ITEMS:
        said = f"Tệp có {grouped(len(judged))} học liệu, mỗi lần nhiều nhất {grouped(MOST_ITEMS)}: hãy chia ra."
        lines.append(_refusal(ITEMS.title, 0, said))
    if not judged and not faults:
        lines.append(_refusal(ITEMS.title, 0, "Bảng không có học liệu nào."))
    return sorted(lines, key=lambda line: line.place)


def _refusal(sheet: str, place: int, said: str, what: str = "") -> Line:
    return Line(sheet, place, ItemVerdict.REFUSE, what, said, can_add=False)


def _judge(
    one: Judged,
    reports: Mapping[tuple[str, str], Report],
    known: Known,
    first: Mapping[tuple[str, str], int],
) -> Line:
    row, key = one.row, title_of(one.row.title, one.row.kind)
    missing = [
        f"Cột “{HEADINGS[column]}”: “{name}” {reports[purpose, name].problem}"
        for column, purpose, name in one.uses
        if reports[purpose, name].problem
    ]
    cells = list(one.problems)
    if row.title and key in first:
        cells.append(f"Học liệu cùng tên, cùng loại đã có ở dòng {first[key]}.")
    if cells or (missing and key not in known.titles):
        return _refusal(ITEMS.title, row.row, "\n".join([*cells, *missing]), row.title)
    if key in known.titles:
        why = "Đã có học liệu cùng tên, cùng loại trong thư viện."
        return _known(row, why, can_add=not missing)
    for _, purpose, name in one.uses:
        if twin := known.checksums.get(reports[purpose, name].checksum):
            return _known(row, f"Tệp “{name}” giống hệt tệp của “{twin}” trong thư viện.")
    return Line(ITEMS.title, row.row, ItemVerdict.ADD, row.title, one.note, row=row)


def _known(row: ItemRow, why: str, *, can_add: bool = True) -> Line:
    return Line(ITEMS.title, row.row, ItemVerdict.KNOWN, row.title, why, can_add, row)


def archive_lines(
    faults: Sequence[tuple[str, str]], unnamed: Sequence[str], refusal: str = ""
) -> list[Line]:
    """What is to be said of the archive: why all of it, or a file of it, is refused, and what no row names."""
    lines = [_refusal(ARCHIVE_SHEET, 0, refusal)] if refusal else []
    lines += [_refusal(ARCHIVE_SHEET, 0, _capital(said), name) for name, said in faults]
    said = "Không dòng nào ghi tên tệp này: tệp không được nhập."
    lines += [
        Line(ARCHIVE_SHEET, 0, ItemVerdict.NOTE, name, said) for name in unnamed[:MOST_UNNAMED]
    ]
    if len(unnamed) > MOST_UNNAMED:
        said = f"Còn {len(unnamed) - MOST_UNNAMED} tệp nữa không dòng nào ghi tên."
        lines.append(Line(ARCHIVE_SHEET, 0, ItemVerdict.NOTE, "", said))
    return lines


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def is_refused(lines: Sequence[Line]) -> bool:
    """Whether anything keeps the file from being taken."""
    return any(line.verdict == ItemVerdict.REFUSE for line in lines)


def to_write(lines: Sequence[Line], *, add_known: bool) -> list[ItemRow]:
    """The rows that become items."""
    wanted = {ItemVerdict.ADD, ItemVerdict.KNOWN} if add_known else {ItemVerdict.ADD}
    return [line.row for line in lines if line.row and line.verdict in wanted]


def may_add_known(lines: Sequence[Line]) -> bool:
    """Whether those that the library has could be added once more."""
    known = [line for line in lines if line.verdict == ItemVerdict.KNOWN]
    return bool(known) and all(line.can_add for line in known)


def digest(lines: Sequence[Line]) -> str:
    """What a plan is known again by: what was shown is what is written."""
    told = [f"{line.place} {line.verdict} {line.why} {line.row}" for line in lines]
    return sha256("\n".join(told).encode()).hexdigest()
