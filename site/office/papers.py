"""Word documents to Decree 30/2020: words into a template kept as .docx, tables built in its styles.

The template is opened and changed in Word; its styles (Bảng, Đầu bảng …) carry fonts and sizes. What people
have typed never becomes an instruction of the template, and holds no sign that XML forbids.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

from office.dates import written_date, written_number

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "office"
FIGURES, ANNEX = "[[bang-so-lieu]]", "[[bang-nhiem-vu]]"
# Widths of the table of figures, in millimetres: number, name, unit, value, note.
FIGURE_WIDTHS = (11, 72, 22, 32, 26)
FIGURE_HEADINGS = ("TT", "Chỉ tiêu", "Đơn vị tính", "Kết quả", "Ghi chú")
# What XML 1.0 does not allow in any text.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# One word that is longer never fits a line: Word is allowed to break it here.
LONGEST_WORD = 60
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head of a unit's documents; the caller fills it from its letterhead."""

    superior_body: str = ""
    issuing_name: str = ""
    symbol: str = ""
    place: str = ""
    signer: tuple[str, ...] = ()
    is_youth_union: bool = False


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of the table of figures; a group's line has a name alone."""

    number: str = ""
    name: str = ""
    unit: str = ""
    value: str = ""
    note: str = ""
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Annex:
    """A table on pages of its own, turned on their side: headings with widths in millimetres, and rows."""

    label: str
    title: str
    attached_to: str
    period: str
    headings: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """A report as a document. Number and day stay blank where none is given."""

    heading: Heading
    title: str
    subject: str
    year: int
    kind: str = "BC"
    number: int | None = None
    day: date | None = None
    recipients: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    figures: tuple[FigureRow, ...] = ()
    annex: Annex | None = None
    copies: tuple[str, ...] = ()
    signer_name: str = ""


def harmless_words(text: str) -> str:
    """Words that every Word file can hold."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def write_report(paper: ReportPaper, template: str | Path | None = None) -> bytes:
    """The document. The template is `templates/office/bao-cao.docx`, unless another is named."""
    path = template or TEMPLATES / "bao-cao.docx"
    filled = DocxTemplate(str(path))
    filled.render(_context(paper), autoescape=True)
    out = io.BytesIO()
    filled.save(out)
    document: Any = Document(io.BytesIO(out.getvalue()))
    _put_figures(document, paper.figures)
    _put_annex(document, paper.annex)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _context(paper: ReportPaper) -> dict[str, Any]:
    heading = paper.heading
    told: dict[str, Any] = _clean(asdict(paper))
    told["heading"]["issuing_name"] = harmless_words(heading.issuing_name).upper()
    told["heading"]["superior_body"] = harmless_words(heading.superior_body).upper()
    told |= {
        "number_line": written_number(paper.number, paper.kind, heading.symbol),
        "date_line": written_date(harmless_words(heading.place), paper.day, year=paper.year),
        "paragraphs": [
            line for text in told["paragraphs"] for line in text.split("\n") if line.strip()
        ],
        "recipients": _listed(told["recipients"]),
        "copies": [
            *_semicolons(told["copies"]),
            f"Lưu: VT, {heading.symbol}." if heading.symbol else "Lưu: VT.",
        ],
        "figures_mark": FIGURES if paper.figures else "",
        "annex_mark": ANNEX,
    }
    return told


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return harmless_words(value)
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list | tuple) else value


def _semicolons(names: Sequence[str]) -> list[str]:
    return [f"{name};" for name in names]


def _listed(names: Sequence[str]) -> list[str]:
    """One recipient stands alone; several are a list, each with its dash, the last with a full stop."""
    if len(names) < 2:
        return list(names)
    return [
        f"- {name}{'.' if number == len(names) else ';'}" for number, name in enumerate(names, 1)
    ]


def _marked(document: Any, mark: str) -> Paragraph | None:
    return next((one for one in document.paragraphs if mark in one.text), None)


def _put_figures(document: Any, rows: Sequence[FigureRow]) -> None:
    place = _marked(document, FIGURES)
    if place is None:
        return
    headings = tuple(zip(FIGURE_HEADINGS, FIGURE_WIDTHS, strict=True))
    cells = [
        (row.name,) if row.is_group else (row.number, row.name, row.unit, row.value, row.note)
        for row in rows
    ]
    _table(document, place, headings, cells)


def _put_annex(document: Any, annex: Annex | None) -> None:
    place = _marked(document, ANNEX)
    if place is None:
        return
    if annex is None:
        _drop_last_section(document)
        return
    _table(document, place, annex.headings, annex.rows)


def _drop_last_section(document: Any) -> None:
    """Without an annex its pages go too: everything after the break, whose page setup stays with the body."""
    body = document.element.body
    holder = next(
        one for one in body.iterchildren() if one.find(f".//{qn('w:sectPr')}") is not None
    )
    first = holder.find(f".//{qn('w:sectPr')}")
    for element in list(holder.itersiblings()):
        body.remove(element)
    body.remove(holder)
    body.append(first)


def _table(document: Any, place: Paragraph, headings: Any, rows: Any) -> Any:
    """A table in the place of a marked paragraph: its head repeats on each page, rows stay whole.

    A row with a single cell goes across the table: the name of a group, never left alone at a page's foot.
    """
    table = document.add_table(rows=1, cols=len(headings))
    table.style = document.styles["Table Grid"]
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for cell, (words, _) in zip(table.rows[0].cells, headings, strict=True):
        _write(cell, words, "Đầu bảng", WD_ALIGN_PARAGRAPH.CENTER)
    _flag(table.rows[0], "w:tblHeader")
    for told in rows:
        row = table.add_row()
        if len(told) == 1:
            _across(row, told[0])
            continue
        for number, (cell, words) in enumerate(zip(row.cells, told, strict=True)):
            is_number = number == 0 and len(words) < 5
            _write(
                cell,
                words,
                "Bảng",
                WD_ALIGN_PARAGRAPH.CENTER if is_number else WD_ALIGN_PARAGRAPH.LEFT,
            )
        if all(len(words) < 600 for words in told):
            # A longer one would not fit a page and must break.
            _flag(row, "w:cantSplit")
    for column, (_, width) in zip(table.columns, headings, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    place._p.addnext(table._tbl)
    place._p.getparent().remove(place._p)
    return table


def _across(row: Any, words: str) -> None:
    merged = row.cells[0].merge(row.cells[-1])
    for empty in merged.paragraphs[1:]:
        empty._p.getparent().remove(empty._p)
    _write(merged, words, "Đầu bảng", WD_ALIGN_PARAGRAPH.LEFT)
    merged.paragraphs[0].paragraph_format.keep_with_next = True


def _flag(row: Any, name: str) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement(name))


def _write(cell: Any, words: str, style: str, align: Any) -> None:
    lines = [_breakable(line) for line in harmless_words(words).split("\n")]
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = style
        paragraph.alignment = align
        paragraph.text = line


def _breakable(line: str) -> str:
    """Words too long for a column get places where Word may break them."""
    parts = (
        "\u200b".join(word[i : i + LONGEST_WORD] for i in range(0, len(word), LONGEST_WORD))
        for word in line.split(" ")
    )
    return " ".join(parts)
