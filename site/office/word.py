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
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
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
    """A table before a paragraph: its head repeats on each page, rows stay whole.

    Rows are built as XML: through the library each row looks for its style and its place anew, and a thousand
    take a minute.
    """
    table = document.add_table(rows=0, cols=len(told.headings))
    table.style = document.styles["Table Grid"]
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, (_, width) in zip(table.columns, told.headings, strict=True):
        column.width = Mm(width)
    head, plain = (document.styles[name].style_id for name in ("Đầu bảng", "Bảng"))
    names = tuple(words for words, _ in told.headings)
    table._tbl.append(_row(told, names, head, flags=("w:cantSplit", "w:tblHeader"), is_head=True))
    for number, words in enumerate(told.rows, start=1):
        is_group = len(words) == 1
        is_whole = all(len(cell) < LONGEST_WHOLE for cell in words)
        is_kept = is_group or (told.stays_with_next and number == len(told.rows))
        flags = ("w:cantSplit",) if is_whole else ()
        style = head if is_group else plain
        table._tbl.append(_row(told, words, style, flags=flags, is_kept=is_kept))
    place._p.addprevious(table._tbl)


def _row(
    table: Table,
    told: Sequence[str],
    style: str,
    *,
    flags: Sequence[str] = (),
    is_head: bool = False,
    is_kept: bool = False,
) -> Any:
    """One row; its last cell goes across what no words are told for. A group is never left alone."""
    row = OxmlElement("w:tr")
    if flags:
        properties = _in(row, "w:trPr")
        for flag in flags:
            _in(properties, flag)
    widths = [Mm(width).twips for _, width in table.headings]
    last = len(told) - 1
    for number, words in enumerate(told):
        span = len(widths) - last if number == last else 1
        cell = _in(row, "w:tc")
        properties = _in(cell, "w:tcPr")
        width = sum(widths[number : number + span])
        _in(properties, "w:tcW", {"w:w": str(width), "w:type": "dxa"})
        if span > 1:
            _in(properties, "w:gridSpan", {"w:val": str(span)})
        is_number = number == 0 and len(words) < 5
        is_middle = is_head or (last > 0 and (number in table.centred or is_number))
        for line in harmless_words(words).split("\n"):
            _line(cell, line, style, is_middle=is_middle, is_kept=is_kept)
    return row


def _line(cell: Any, line: str, style: str, *, is_middle: bool, is_kept: bool) -> None:
    paragraph = _in(cell, "w:p")
    properties = _in(paragraph, "w:pPr")
    _in(properties, "w:pStyle", {"w:val": style})
    if is_kept:
        _in(properties, "w:keepNext")
    _in(properties, "w:jc", {"w:val": "center" if is_middle else "left"})
    text = _in(_in(paragraph, "w:r"), "w:t")
    text.set(qn("xml:space"), "preserve")
    text.text = breakable(line.replace("\t", " "))


def _in(parent: Any, name: str, attributes: Mapping[str, str] | None = None) -> Any:
    """A new element at the end of `parent`."""
    made = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(qn(key), value)
    parent.append(made)
    return made
