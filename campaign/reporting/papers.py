"""A report as a document of its unit (Decree 30/2020), with the table of tasks as its annex."""

from campaign.reporting.models import Report
from campaign.reporting.queries import Entry, Line, entries_of, lines_of
from campaign.units.choices import UnitKind
from campaign.units.models import Letterhead, Unit
from core.text import clean
from office.papers import Annex, FigureRow, Heading, ReportPaper, write_report

# Who signs where no letterhead says it.
SIGNERS = {
    UnitKind.OFFICE: "TRƯỞNG PHÒNG", UnitKind.FACULTY: "TRƯỞNG KHOA", UnitKind.CENTRE: "GIÁM ĐỐC",
    UnitKind.YOUTH_UNION: "BÍ THƯ", UnitKind.INSTITUTION: "HIỆU TRƯỞNG", UnitKind.DEPARTMENT: "GIÁM ĐỐC",
    UnitKind.STUDENT_CLASS: "GIÁO VIÊN CHỦ NHIỆM", UnitKind.VOLUNTEER_TEAM: "ĐỘI TRƯỞNG",
}  # fmt: skip


def heading_of(unit: Unit) -> Heading:
    """The unit's own letterhead; where it has none, one made of its school's."""
    own = Letterhead.objects.filter(unit=unit).first()
    school = unit.institution if unit.institution_id != unit.pk else None
    above = Letterhead.objects.filter(unit=school).first() if school else None
    place = (own or above).place if own or above else (unit.locality or "……")  # type: ignore[union-attr]
    if own is not None:
        return Heading(
            own.superior_body, own.issuing_name, own.symbol, place,
            signer_lines(own.authority, own.signer_office or SIGNERS.get(UnitKind(unit.kind), "")),
            own.is_youth_union,
        )  # fmt: skip
    return Heading(
        school.name if school else "", unit.name, unit.code, place,
        signer_lines("", SIGNERS.get(UnitKind(unit.kind), "")),
        unit.kind == UnitKind.YOUTH_UNION,
    )  # fmt: skip


def signer_lines(authority: str, office: str) -> tuple[str, ...]:
    """`KT. HIỆU TRƯỞNG` above `PHÓ HIỆU TRƯỞNG`; one line where the head signs himself."""
    parts = [clean(part).strip().upper() for part in office.split("/") if part.strip()]
    if not parts:
        return ()
    first = f"{authority} {parts[0]}".strip()
    return (first, *parts[1:])


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
