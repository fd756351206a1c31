"""Reading a table that comes as CSV, with the same faults at the same places as a workbook's."""

import csv
import io
from collections.abc import Sequence

from office.books import LARGEST, MOST_ROWS, Book, Fault, NoBook, Row, Sheet, places_of
from office.values import as_text, heading_key

DELIMITERS = ";,\t|"
# What "Unicode text" of Windows begins with.
UTF16 = (b"\xff\xfe", b"\xfe\xff")
NOT_UTF8 = "Tệp .csv không phải chữ UTF-8: hãy lưu lại, chọn “CSV UTF-8”, hoặc lưu thành .xlsx."


def read_csv(data: bytes, sheet: Sheet) -> Book:
    """The rows of a table, and all faults of form; NoBook when the file as a whole is none."""
    if len(data) > LARGEST:
        raise NoBook("Tệp lớn hơn 10 MB.")
    table = _table(_text_of(data), sheet)
    book = Book(rows={sheet.title: []})
    headings = [as_text(cell) for cell in table[0]] if table else []
    places = places_of(headings, sheet, book, has_rows=len(table) > 1)
    if places is None:
        return book
    rows = book.rows[sheet.title]
    # The first row below the headings is 2, as a spreadsheet counts.
    for number, cells in enumerate(table[1:], start=2):
        values = {name: cells[place] for name, place in places.items() if place < len(cells)}
        if not any(as_text(value) for value in values.values()):
            continue
        if len(rows) >= MOST_ROWS:
            said = f"Quá {MOST_ROWS} dòng: hãy chia thành nhiều tệp."
            book.faults.append(Fault(sheet.title, number, said))
            break
        rows.append(Row(number, dict(values)))
    return book


def _text_of(data: bytes) -> str:
    encoding = "utf-16" if data.startswith(UTF16) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as foreign:
        raise NoBook(NOT_UTF8) from foreign


def _table(text: str, sheet: Sheet) -> list[list[str]]:
    """All cells, parted by the sign under which most headings are known."""
    wanted = {heading_key(column.heading) for column in sheet.columns}

    def known(delimiter: str) -> int:
        heads: Sequence[str] = next(csv.reader(io.StringIO(text), delimiter=delimiter), [])
        return len(wanted & {heading_key(as_text(head)) for head in heads})

    try:
        best = max(DELIMITERS, key=known)
        if not known(best):
            raise NoBook("Dòng đầu của tệp .csv không có cột nào của mẫu. Hãy dùng mẫu tải về.")
        return list(csv.reader(io.StringIO(text), delimiter=best))
    except csv.Error as broken:
        raise NoBook("Tệp .csv bị hỏng: hãy lưu lại thành .xlsx rồi thử lần nữa.") from broken
