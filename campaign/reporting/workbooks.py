"""A report as a workbook: taken away, edited without a network, brought back with a preview of what changes.

The workbook carries a signed stamp: of which report it is, and how every row stood when it was taken. A
file of another report, one that was taken before somebody changed the report, and a broken one are refused
with the reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core import signing

from campaign.reporting.choices import IndicatorKind
from campaign.reporting.models import Report
from campaign.reporting.queries import Entry, Line, entries_of, lines_of
from office.books import Book, Column, NoBook, Sheet, read_book, write_book
from office.values import as_text, as_yes

SALT = "reporting.workbook"
FIGURES = Sheet(
    "Số liệu",
    (
        Column("key", "Mã", required=True, width=16),
        Column("label", "Chỉ tiêu", width=60),
        Column("unit", "Đơn vị tính", width=12),
        Column("offered", "Theo nhật ký", width=13),
        Column("number", "Số", width=10),
        Column("numerator", "Số đạt", width=10),
        Column("denominator", "Tổng số", width=10),
        Column("text", "Lời văn hoặc lựa chọn", width=50),
        Column("na", "Không áp dụng", choices=("có", "không"), width=14),
        Column("why", "Vì sao khác, giải thích", width=40),
    ),
)
STAMP = Sheet("Dấu tệp", (Column("stamp", "Không sửa trang tính này", required=True, width=90),))
NOTES = (
    "Sửa các ô ở trang “Số liệu” (từ cột Số đến cột Vì sao) và ở trang “Bảng nhiệm vụ”.",
    "Không đổi cột Mã, không thêm hay bớt dòng: việc thêm của đơn vị thì thêm trên trang.",
    "Để trống là chưa có số liệu; không có việc nào thì ghi 0; không thuộc đơn vị: ghi có ở “Không áp dụng”.",
    "Tải lên lại: trang cho xem trước từng chỗ thay đổi rồi mới lưu.",
)
TASKS = "Bảng nhiệm vụ"
PARTS = ("number", "numerator", "denominator", "text", "why")
NOTHING_CHANGED = "Tệp không khác gì báo cáo đang có."


class Refused(Exception):
    """Why a workbook is not taken, in words."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row that the workbook changes: its name, where it stands, both texts.

    And its fields as a form sends them.
    """

    row: str
    place: str
    before: str
    after: str
    fields: dict[str, str]


def sheet_of_tasks(report: Report) -> Sheet:
    """The columns of the table of tasks, given ones for reading."""
    columns = [Column("key", "Mã", required=True, width=8)]
    seen: set[str] = set()
    for column in report.round.layout.columns.all():
        heading = column.heading if column.heading not in seen else f"{column.heading} {column.pk}"
        seen.add(heading)
        columns.append(
            Column(f"c{column.pk}", heading.replace("(", "– ").replace(")", ""), width=column.width)
        )
    return Sheet(TASKS, tuple(columns))


def state_of(entries: Iterable[Entry], lines: Iterable[Line]) -> list[Any]:
    """How every row stands: any change makes another."""
    return [
        [[entry.indicator.pk, entry.version] for entry in entries],
        [[line.row.pk, [cell.version for cell in line.cells]] for line in lines],
    ]


def workbook_of(report: Report) -> bytes:
    """The workbook, filled with what stands in the report."""
    entries, lines = entries_of(report), lines_of(report)
    stamp = signing.dumps([report.pk, state_of(entries, lines)], salt=SALT, compress=True)
    sheets: list[tuple[Sheet, Any]] = [(FIGURES, [_figure_row(entry) for entry in entries])]
    if lines:
        rows = [[line.row.pk, *[cell.text for cell in line.cells]] for line in lines]
        sheets.append((sheet_of_tasks(report), rows))
    # A cell holds less than a stamp of many lines.
    parts = [[stamp[i : i + 30_000]] for i in range(0, len(stamp), 30_000)]
    return write_book([*sheets, (STAMP, parts)], notes=NOTES)


def _figure_row(entry: Entry) -> list[Any]:
    row = entry.value
    words = (
        ""
        if row is None
        else row.choice
        if entry.indicator.kind == IndicatorKind.CHOICE
        else row.text
    )
    return [
        entry.indicator.key, entry.indicator.label, entry.indicator.unit, entry.offered,
        row.number if row else None, row.numerator if row else None, row.denominator if row else None,
        words, "có" if row and row.not_applicable else "", row.why if row else "",
    ]  # fmt: skip


def changes_in(report: Report, data: bytes) -> list[Change]:
    """What the workbook changes. Refused, with the reason, for one that is not of this report as it stands."""
    tasks = sheet_of_tasks(report)
    try:
        book = read_book(data, [FIGURES, tasks, STAMP])
    except NoBook as broken:
        raise Refused(str(broken)) from broken
    entries, lines = entries_of(report), lines_of(report)
    _check_stamp(report, book, state_of(entries, lines))
    if book.faults:
        fault = book.faults[0]
        raise Refused(f"Trang “{fault.sheet}”, dòng {fault.row}: {fault.said}")
    return [*_figure_changes(book, entries), *_line_changes(book, lines)]


def _check_stamp(report: Report, book: Book, state: list[Any]) -> None:
    told = "".join(as_text(row.cells.get("stamp")) for row in book.rows.get(STAMP.title, []))
    try:
        pk, known = signing.loads(told, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as forged:
        raise Refused(
            "Tệp này không phải tệp tải về từ báo cáo (thiếu hoặc hỏng dấu tệp)."
        ) from forged
    if pk != report.pk:
        raise Refused("Tệp này là của báo cáo khác: hãy tải tệp của chính báo cáo này.")
    if known != state:
        raise Refused(
            "Báo cáo đã được sửa trên trang sau khi tải tệp này: hãy tải tệp mới rồi chép phần của bạn sang."
        )


def _figure_changes(book: Book, entries: list[Entry]) -> list[Change]:
    known = {entry.indicator.key: entry for entry in entries}
    found = []
    for row in book.rows[FIGURES.title]:
        entry = known.pop(as_text(row.cells.get("key")), None)
        if entry is None:
            raise Refused(
                f"Trang “{FIGURES.title}”, dòng {row.number}: không có mã chỉ tiêu này, hoặc mã lặp lại."
            )
        after = {part: _cell(row.cells.get(part)) for part in PARTS}
        try:
            after["na"] = "1" if as_yes(row.cells.get("na")) else ""
        except ValueError as wrong:
            said = "cột “Không áp dụng” ghi “có” hoặc để trống."
            raise Refused(f"Trang “{FIGURES.title}”, dòng {row.number}: {said}") from wrong
        before = _told(entry)
        if after != before:
            found.append(_figure_change(entry, before, after))
    if known:
        raise Refused(
            f"Trang “{FIGURES.title}” thiếu chỉ tiêu “{next(iter(known.values())).indicator.label}”."
        )
    return found


def _told(entry: Entry) -> dict[str, str]:
    names = (*PARTS, "na")
    cells = dict(
        zip(
            ("number", "numerator", "denominator", "text", "na", "why"),
            _figure_row(entry)[4:],
            strict=True,
        )
    )
    told = {name: _cell(cells[name]) for name in names}
    return told | {"na": "1" if told["na"] else ""}


def _figure_change(entry: Entry, before: dict[str, str], after: dict[str, str]) -> Change:
    name = f"v{entry.indicator.pk}"
    fields = {f"{name}-{part}": words for part, words in after.items() if part != "text"}
    is_choice = entry.indicator.kind == IndicatorKind.CHOICE
    fields[f"{name}-{'choice' if is_choice else 'text'}"] = after["text"]
    fields[f"{name}-version"] = str(entry.version)
    return Change(name, entry.indicator.label, _words(before), _words(after), fields)


def _words(told: dict[str, str]) -> str:
    if told["na"]:
        return "Không áp dụng"
    ratio = "/".join(part for part in (told["numerator"], told["denominator"]) if part)
    return " · ".join(part for part in (told["number"], ratio, told["text"], told["why"]) if part)


def _line_changes(book: Book, lines: list[Line]) -> list[Change]:
    known = {str(line.row.pk): line for line in lines}
    found = []
    for row in book.rows.get(TASKS, []):
        line = known.pop(as_text(row.cells.get("key")), None)
        if line is None:
            raise Refused(
                f"Trang “{TASKS}”, dòng {row.number}: không có mã dòng này, hoặc mã lặp lại."
            )
        for cell in line.cells:
            after = _cell(row.cells.get(f"c{cell.column.pk}"))
            if cell.is_given or after == cell.text:
                continue
            name = f"c{line.row.pk}-{cell.column.pk}"
            fields = {f"{name}-text": after, f"{name}-version": str(cell.version)}
            found.append(
                Change(name, f"{line.name} · {cell.column.heading}", cell.text, after, fields)
            )
    if known:
        raise Refused(f"Trang “{TASKS}” thiếu dòng “{next(iter(known.values())).name}”.")
    return found


def _cell(value: Any) -> str:
    """The words of a cell with their lines; a text that was made harmless is as it was."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    words = str(value).replace("\r\n", "\n").strip()
    is_quoted = words[:1] == "'" and words[1:2] in ("=", "+", "-", "@", "\t", "\r")
    return words[1:] if is_quoted else words
