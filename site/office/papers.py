"""Documents to Decree 30/2020: what stands at head and foot of each, and the report with its annex."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn

from office.dates import written_date, written_number
from office.word import Table, fill, harmless_words, saved

# Widths of the table of figures, in millimetres: number, name, unit, value, note.
FIGURE_WIDTHS = (11, 72, 22, 32, 26)
FIGURE_HEADINGS = ("TT", "Chỉ tiêu", "Đơn vị tính", "Kết quả", "Ghi chú")


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


def framed(
    heading: Heading, *, kind: str, year: int, number: int | None = None, day: date | None = None
) -> dict[str, Any]:
    """What the head and foot of a template ask for: who issues, number, place and day, who signs."""
    return {
        "heading": {
            **asdict(heading),
            "issuing_name": heading.issuing_name.upper(),
            "superior_body": heading.superior_body.upper(),
        },
        "number_line": written_number(
            number, kind, heading.symbol, is_youth_union=heading.is_youth_union
        ),
        "date_line": written_date(harmless_words(heading.place), day, year=year),
    }


def copies_of(heading: Heading, names: Sequence[str]) -> list[str]:
    """The lines of "Nơi nhận"; the last says where the paper is kept."""
    kept = f"Lưu: VT, {heading.symbol}." if heading.symbol else "Lưu: VT."
    return [*(f"{name};" for name in names), kept]


def listed(names: Sequence[str]) -> list[str]:
    """One recipient stands alone; several are a list, each with its dash, the last with a full stop."""
    if len(names) < 2:
        return list(names)
    return [
        f"- {name}{'.' if number == len(names) else ';'}" for number, name in enumerate(names, 1)
    ]


def write_report(paper: ReportPaper, template: str | Path = "bao-cao.docx") -> bytes:
    """The document. The template is `templates/office/bao-cao.docx`, unless another is named."""
    annex = Table(paper.annex.headings, paper.annex.rows) if paper.annex else None
    document = fill(template, _context(paper), {"figures": _figures(paper), "annex": annex})
    if annex is None:
        _drop_last_section(document)
    return saved(document)


def _context(paper: ReportPaper) -> dict[str, Any]:
    told: dict[str, Any] = asdict(paper)
    paragraphs = [line for text in paper.paragraphs for line in harmless_words(text).split("\n")]
    return {
        **told,
        **framed(
            paper.heading, kind=paper.kind, year=paper.year, number=paper.number, day=paper.day
        ),
        "paragraphs": [line for line in paragraphs if line.strip()],
        "recipients": listed(paper.recipients),
        "copies": copies_of(paper.heading, paper.copies),
    }


def _figures(paper: ReportPaper) -> Table | None:
    if not paper.figures:
        return None
    headings = tuple(zip(FIGURE_HEADINGS, FIGURE_WIDTHS, strict=True))
    rows = [
        (row.name,) if row.is_group else (row.number, row.name, row.unit, row.value, row.note)
        for row in paper.figures
    ]
    return Table(headings, rows)


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
