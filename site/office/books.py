"""Reading and writing workbooks."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from office.values import as_text, harmless, heading_key, nearest

LARGEST = 10 * 1024 * 1024
LARGEST_UNPACKED = 150 * 1024 * 1024
MOST_ROWS = 20_000
# What old Excel files and those with a password begin with.
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, whether it must be there, the closed list it takes, how wide it is shown.

    A list that is too long for the cell's own, or holds commas, stands on another sheet: `source` is its range.
    """

    name: str
    heading: str
    required: bool = False
    choices: tuple[str, ...] = ()
    is_day: bool = False
    width: int = 18
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its columns."""

    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where; row 0 is the sheet as a whole."""

    sheet: str
    row: int
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row by column name, as they stand in the file."""

    number: int
    cells: dict[str, Any]


@dataclass
class Book:
    """What was read."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class NoBook(ValueError):
    """The file is no workbook that can be read; the message says why, in Vietnamese."""


def read_book(data: bytes, sheets: Sequence[Sheet]) -> Book:
    """The rows of the known sheets, and all faults of form; NoBook when the file as a whole is none."""
    _check_file(data)
    try:
        workbook = load_workbook(io.BytesIO(data), rich_text=False)
    except Exception as broken:
        # The library raises whatever the broken file makes it stumble over.
        raise NoBook("Tệp bị hỏng: hãy mở bằng Excel, lưu lại rồi thử lần nữa.") from broken
    book = Book()
    found = {heading_key(title): workbook[title] for title in workbook.sheetnames}
    for sheet in sheets:
        page = found.get(heading_key(sheet.title))
        book.rows[sheet.title] = _rows(page, sheet, book) if isinstance(page, Worksheet) else []
    if not any(heading_key(sheet.title) in found for sheet in sheets):
        names = ", ".join(f"“{sheet.title}”" for sheet in sheets)
        raise NoBook(f"Tệp không có trang tính nào trong số: {names}. Hãy dùng mẫu tải về.")
    return book


def _check_file(data: bytes) -> None:
    if len(data) > LARGEST:
        raise NoBook("Tệp lớn hơn 10 MB.")
    if data.startswith(_OLE):
        raise NoBook("Tệp có mật khẩu hoặc là .xls cũ: hãy lưu thành .xlsx không mật khẩu.")
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise NoBook("Đây không phải tệp .xlsx. Tệp .csv đổi tên cũng không đọc được.")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
            raise NoBook("Tệp giải nén ra quá lớn.")


def _rows(page: Worksheet, sheet: Sheet, book: Book) -> list[Row]:
    for merged in page.merged_cells.ranges:
        said = f"Các ô {merged.coord} bị gộp: hãy bỏ gộp và ghi đủ từng ô."
        book.faults.append(Fault(sheet.title, merged.min_row, said))
    headings = [as_text(cell.value) for cell in next(page.iter_rows(max_row=1), ())]
    places = places_of(headings, sheet, book, has_rows=page.max_row > 1)
    if places is None:
        return []
    rows: list[Row] = []
    # The first row below the headings is 2.
    for number, cells in enumerate(page.iter_rows(min_row=2), start=2):
        values = {name: cells[place] for name, place in places.items() if place < len(cells)}
        if all(as_text(cell.value) == "" for cell in values.values()):
            continue
        if len(rows) >= MOST_ROWS:
            said = f"Quá {MOST_ROWS} dòng: hãy chia thành nhiều tệp."
            book.faults.append(Fault(sheet.title, number, said))
            break
        for cell in values.values():
            if cell.data_type in ("f", "e"):
                said = f"Ô {cell.coordinate} là công thức hoặc lỗi: hãy dán giá trị."
                book.faults.append(Fault(sheet.title, number, said))
        rows.append(Row(number, {name: cell.value for name, cell in values.items()}))
    return rows


def places_of(
    headings: Sequence[str], sheet: Sheet, book: Book, *, has_rows: bool
) -> dict[str, int] | None:
    """Which column stands where; None when one that must be there is not."""
    wanted = {heading_key(column.heading): column for column in sheet.columns}
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        column = wanted.get(heading_key(heading))
        if column is not None and column.name in places:
            book.faults.append(Fault(sheet.title, 1, f"Cột “{heading}” có hai lần."))
        elif column is not None:
            places[column.name] = place
        elif heading:
            meant = nearest(heading, [column.heading for column in sheet.columns])
            hint = f" Có phải “{meant}”?" if meant else " Hãy xóa cột này."
            book.faults.append(Fault(sheet.title, 1, f"Không có cột “{heading}” trong mẫu.{hint}"))
    missing = [
        column.heading for column in sheet.columns if column.required and column.name not in places
    ]
    if missing and (places or has_rows):
        names = ", ".join(f"“{name}”" for name in missing)
        book.faults.append(Fault(sheet.title, 1, f"Thiếu cột {names}."))
    return places if places and not missing else None


def write_book(
    sheets: Iterable[tuple[Sheet, Iterable[Sequence[Any]]]], *, notes: Sequence[str] = ()
) -> bytes:
    """A workbook with headings that stay in sight, lists to choose from, and days as days."""
    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    for sheet, rows in sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet, rows)
    if notes:
        page = book.create_sheet("Hướng dẫn")
        page.column_dimensions["A"].width = 110
        for note in notes:
            page.append([note])
            page.cell(page.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_sheet(page: Worksheet, sheet: Sheet, rows: Iterable[Sequence[Any]]) -> None:
    page.append([column.heading for column in sheet.columns])
    page.freeze_panes = "A2"
    for place, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = column.width
        head = page.cell(1, place)
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor="E4F0F0" if column.required else "F7EFE2")
        if column.choices or column.source:
            known = f'"{",".join(column.choices)}"' if column.choices else column.source
            listed = DataValidation("list", formula1=known, allow_blank=True)
            page.add_data_validation(listed)
            listed.add(f"{letter}2:{letter}{MOST_ROWS}")
        # Codes keep their zeros, days their order.
        page.column_dimensions[letter].number_format = "dd/mm/yyyy" if column.is_day else "@"
    # `max_row` walks all cells: asked for each cell, a long list would take minutes.
    for number, row in enumerate(rows, start=2):
        page.append([harmless(value) if isinstance(value, str) else value for value in row])
        for place, column in enumerate(sheet.columns, start=1):
            page.cell(number, place).number_format = "dd/mm/yyyy" if column.is_day else "@"
