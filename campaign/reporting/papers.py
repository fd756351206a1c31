"""A report as a document of its unit (Decree 30/2020), with the table of tasks as its annex."""

from campaign.reporting.models import Report
from campaign.reporting.queries import Entry, Line, entries_of, lines_of
from campaign.units.letterheads import heading_of
from office.papers import Annex, FigureRow, ReportPaper, write_report


def paper_of(report: Report) -> ReportPaper:
    """What goes into the document: as signed off, or as it stands."""
    heading = heading_of(report.unit)
    layout, asked = report.round.layout, report.round
    columns = list(layout.columns.all())
    lines = lines_of(report)
    annex = None
    if columns:
        annex = Annex(
            label=layout.annex or "Phụ lục",
            title=layout.title,
            attached_to=layout.attached_to,
            period=f"Kỳ báo cáo: {asked.title.removeprefix('Báo cáo ').strip()}",
            headings=tuple((column.heading, column.width) for column in columns),
            rows=tuple(_line_rows(lines)),
        )
    return ReportPaper(
        heading=heading,
        title="BÁO CÁO",
        subject=subject_of(layout.title, asked.title),
        year=asked.due_on.year,
        recipients=(report.to.name,) if report.to else (),
        paragraphs=tuple(_paragraphs(report)),
        figures=tuple(_figure_rows(entries_of(report))),
        annex=annex,
        copies=("Như trên",) if report.to else (),
        signer_name=report.confirmed_by.get_full_name() if report.confirmed_by else "",
    )


def subject_of(form: str, asked: str) -> str:
    """What the report is about; "BÁO CÁO" stands above it already."""
    told = form.removeprefix("Báo cáo ").strip()
    period = asked.removeprefix("Báo cáo ").strip()
    if not period.startswith("Quý"):
        period = f"{period[:1].lower()}{period[1:]}"
    return f"{told[:1].upper()}{told[1:]}, {period}"


def _paragraphs(report: Report) -> list[str]:
    first, last = report.round.window
    told = [
        f"{report.unit.name} báo cáo kết quả từ ngày {first:%d/%m/%Y} đến hết ngày {last:%d/%m/%Y} như sau:"
    ]
    if report.summary:
        told.append(report.summary)
    return told


def _figure_rows(entries: list[Entry]) -> list[FigureRow]:
    rows: list[FigureRow] = []
    group = ""
    for number, entry in enumerate(entries, start=1):
        one = entry.indicator
        if one.group and one.group != group:
            group = one.group
            rows.append(FigureRow(name=group, is_group=True))
        why = entry.value.why if entry.value else ""
        rows.append(
            FigureRow(str(number), one.label, one.unit, entry.words or "Chưa có số liệu", why)
        )
    return rows


def _line_rows(lines: list[Line]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    group = ""
    for line in lines:
        if line.group and line.group != group:
            group = line.group
            # A row with one cell alone goes across the table.
            rows.append((group,))
        rows.append(tuple(cell.text for cell in line.cells))
    return rows


def document_of(report: Report) -> bytes:
    """The Word file."""
    return write_report(paper_of(report))


def file_name(report: Report, ending: str) -> str:
    """A name that tells what it is."""
    return f"{report.round.title} - {report.unit.name}.{ending}".replace("/", "-")
