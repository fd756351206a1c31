"""Lists of the first tier as workbooks: the template, what comes back filled in, and the list taken away."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from campaign.awards.models import RecognitionEntry, RecognitionList
from campaign.awards.recognition_choices import EntryVerdict
from campaign.awards.recognition_matching import (
    PraiseLine,
    PraiseRow,
    plan_people,
    plan_units,
)
from campaign.awards.recognition_queries import entry_rows, known_units, present_in, roster_of
from office.books import Book, Column, Fault, Sheet, read_book, write_book
from office.values import as_text

PEOPLE = Sheet(
    "Cá nhân",
    (
        Column("code", "Mã", width=16),
        Column("name", "Họ và tên", required=True, width=30),
        Column("place", "Lớp, đơn vị", width=34),
        Column("merit", "Thành tích", width=70),
    ),
)
UNITS = Sheet(
    "Tập thể",
    (
        Column("code", "Mã đơn vị", width=16),
        Column("name", "Tên tập thể", required=True, width=44),
        Column("merit", "Thành tích", width=70),
    ),
)
# What leaves the hands of those who handle the list: no code, nothing else of anybody.
NAMES = Sheet(
    "Danh sách",
    (
        Column("order", "STT", width=6),
        Column("name", "Họ và tên, tên tập thể", width=36),
        Column("place", "Lớp, đơn vị", width=34),
        Column("faculty", "Khoa", width=30),
        Column("merit", "Thành tích", width=70),
    ),
)
NOTES = (
    "Trang “Cá nhân”: mỗi người một dòng. Ghi mã và họ tên; không có mã thì ghi họ tên và lớp, đơn vị.",
    "Trang “Tập thể”: phòng, khoa, lớp, đội của trường. Ghi mã hoặc tên đúng như trong danh sách đơn vị.",
    "Thành tích viết gọn trong 500 ký tự; để trống được.",
    "Không đổi tên cột, không thêm cột, không gộp ô. Ai đã có trong danh sách thì được giữ nguyên.",
    "Tải lên lại: trang cho xem trước từng dòng. Còn một dòng sai thì chưa ghi gì.",
)
SHEETS = (PEOPLE, UNITS)
# What a cell begins with that was kept from being a formula.
_QUOTED = ("=", "+", "-", "@")


def template_book() -> bytes:
    """The empty workbook."""
    return write_book([(sheet, []) for sheet in SHEETS], notes=NOTES)


def working_book(listing: RecognitionList) -> bytes:
    """The list as it can be edited and brought back, codes and all: for those who handle it."""
    rows = entry_rows(listing)
    people = [
        [row.code, row.full_name, row.place_name, row.merit] for row in rows if not row.unit_id
    ]
    units = [[row.code, row.full_name, row.merit] for row in rows if row.unit_id]
    return write_book([(PEOPLE, people), (UNITS, units)], notes=NOTES)


def names_book(listing: RecognitionList) -> bytes:
    """The list to be put up or passed on: names, places, merits."""
    return write_book([(NAMES, name_rows(entry_rows(listing)))])


def name_rows(entries: list[RecognitionEntry]) -> Iterator[list[Any]]:
    """The rows of it."""
    for number, row in enumerate(entries, start=1):
        place = "" if row.is_collective else row.place_name
        faculty = row.faculty_name if row.faculty_name != row.full_name else ""
        yield [number, row.full_name, place, faculty, row.merit]


def lines_of(listing: RecognitionList, data: bytes, today: date) -> list[PraiseLine]:
    """What each row of a workbook would do to the list. NoBook for a file that is none."""
    book = read_book(data, SHEETS)
    rows = [row for sheet in SHEETS for row in _rows(book, sheet)]
    return [*(_fault_line(fault) for fault in book.faults), *planned(listing, rows, today)]


def planned(
    listing: RecognitionList, rows: Sequence[PraiseRow], today: date
) -> list[PraiseLine]:  # fmt: skip
    """What each row would do, as things stand now; people before collectives."""
    present = present_in(listing)
    people = [row for row in rows if row.sheet == PEOPLE.title]
    units = [row for row in rows if row.sheet == UNITS.title]
    lines = plan_people(people, roster_of(listing, today) if people else (), present)
    return lines + plan_units(units, known_units(listing, today) if units else (), present)


def _rows(book: Book, sheet: Sheet) -> Iterator[PraiseRow]:
    for row in book.rows[sheet.title]:
        told = {column.name: _cell(row.cells.get(column.name)) for column in sheet.columns}
        yield PraiseRow(sheet.title, row.number, **told)


def _fault_line(fault: Fault) -> PraiseLine:
    return PraiseLine(PraiseRow(fault.sheet, fault.row, ""), EntryVerdict.REFUSE, fault.said)


def _cell(value: Any) -> str:
    """The words of a cell; a text that was made harmless is as it was."""
    text = as_text(value)
    return text[1:] if text[:1] == "'" and text[1:2] in _QUOTED else text
