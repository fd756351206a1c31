"""Words into a template kept as .docx, tables built in its styles, where the template says.

The template is opened and changed in Word; its styles (Bảng, Đầu bảng …) carry fonts and sizes. What people
have typed never becomes an instruction of the template, and holds no sign that XML forbids.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "office"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What XML 1.0 does not allow in any text.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# One word that is longer never fits a line: Word is allowed to break it here.
LONGEST_WORD = 60
# A row with a longer text would not fit a page and must break.
LONGEST_WHOLE = 600


@dataclass(frozen=True, slots=True)
class Table:
    """A table: headings with widths in millimetres, and rows.

    A row with a single cell goes across: the name of a group. Of one with fewer cells than headings the last
    goes across the rest. Columns in `centred` stand in the middle, the first one too where its words are
    short (a number). One that `stays_with_next` never leaves what follows alone on a page.
    """

    headings: tuple[tuple[str, int], ...]
    rows: Sequence[tuple[str, ...]]
    centred: frozenset[int] = field(default_factory=frozenset)
    stays_with_next: bool = False


def harmless_words(text: str) -> str:
    """Words that every Word file can hold."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def lines(text: str) -> list[str]:
    """A text as the paragraphs it has; empty ones are none, and no word is too long for a line."""
    told = harmless_words(text).split("\n")
    return [breakable(" ".join(line.split())) for line in told if line.strip()]


def breakable(line: str) -> str:
    """Words too long for a line get places where Word may break them."""
    parts = (
        "\u200b".join(word[i : i + LONGEST_WORD] for i in range(0, len(word), LONGEST_WORD))
        for word in line.split(" ")
    )
    return " ".join(parts)


def fill(
    template: str | Path, context: Mapping[str, Any], tables: Mapping[str, Table | None]
) -> Any:
    """The document. The template names a table as `{{ table.<name> }}`, alone in a paragraph.

    The place of a table that is None goes away.
    """
    # Nobody can type what stands for a table: it is new each time.
    marks = {name: f"[[{uuid4().hex}]]" for name in tables}
    filled = DocxTemplate(str(TEMPLATES / template))
    filled.render({**_harmless(dict(context)), "table": marks}, autoescape=True)
    out = io.BytesIO()
    filled.save(out)
    document: Any = Document(io.BytesIO(out.getvalue()))
    places = {one.text: one for one in document.paragraphs if one.text.startswith("[[")}
    for name, table in tables.items():
        if place := places.get(marks[name]):
            if table is not None:
                _put(document, place, table)
            place._p.getparent().remove(place._p)
    return document


def saved(document: Any) -> bytes:
    """The document as a file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _harmless(value: Any) -> Any:
    if isinstance(value, str):
        return harmless_words(value)
    if isinstance(value, dict):
        return {key: _harmless(item) for key, item in value.items()}
    return [_harmless(item) for item in value] if isinstance(value, list | tuple) else value


def _put(document: Any, place: Paragraph, told: Table) -> None:
    """A table before a paragraph: its head repeats on each page, rows stay whole."""
    table = document.add_table(rows=1, cols=len(told.headings))
    table.style = document.styles["Table Grid"]
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = [Mm(width) for _, width in told.headings]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _fill_row(table.rows[0], [words for words, _ in told.headings], widths, "Đầu bảng", told)
    _flag(table.rows[0], "w:tblHeader")
    for words in told.rows:
        row = table.add_row()
        if len(words) == 1:
            _across(row, words[0])
            continue
        _fill_row(row, words, widths, "Bảng", told)
        if all(len(cell) < LONGEST_WHOLE for cell in words):
            _flag(row, "w:cantSplit")
    if told.stays_with_next:
        for paragraph in (one for cell in table.rows[-1].cells for one in cell.paragraphs):
            paragraph.paragraph_format.keep_with_next = True
    place._p.addprevious(table._tbl)


def _fill_row(
    row: Any, told: Sequence[str], widths: Sequence[Any], style: str, table: Table
) -> None:
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = width
    cells = list(row.cells)[: len(told)]
    if len(told) < len(widths):
        cells[-1] = _merged(row, len(told) - 1)
    for number, (cell, words) in enumerate(zip(cells, told, strict=True)):
        is_middle = style == "Đầu bảng" or number in table.centred
        is_middle = is_middle or (number == 0 and len(words) < 5)
        _write(cell, words, style, is_middle=is_middle)


def _across(row: Any, words: str) -> None:
    """The name of a group, never left alone at a page's foot."""
    merged = _merged(row, 0)
    _write(merged, words, "Đầu bảng", is_middle=False)
    for paragraph in merged.paragraphs:
        paragraph.paragraph_format.keep_with_next = True
    _flag(row, "w:cantSplit")


def _merged(row: Any, first: int) -> Any:
    """One cell of all from `first` on."""
    merged = row.cells[first].merge(row.cells[-1])
    for empty in merged.paragraphs[1:]:
        empty._p.getparent().remove(empty._p)
    return merged


def _flag(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _write(cell: Any, words: str, style: str, *, is_middle: bool) -> None:
    align = WD_ALIGN_PARAGRAPH.CENTER if is_middle else WD_ALIGN_PARAGRAPH.LEFT
    for number, line in enumerate(harmless_words(words).split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = style
        paragraph.alignment = align
        paragraph.text = breakable(line)
