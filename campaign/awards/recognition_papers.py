"""A list as a paper of its unit (Decree 30/2020): the proposal, with the list of names as its annex."""

import io
from dataclasses import replace
from typing import Any

from docx import Document

from campaign.awards.models import RecognitionEntry, RecognitionList
from campaign.awards.recognition_books import name_rows
from campaign.awards.recognition_queries import entry_rows
from campaign.units.letterheads import heading_of
from campaign.units.models import Letterhead, Unit
from core.text import words
from office.papers import Annex, Heading, ReportPaper, write_report

# Widths of the annex in millimetres: it lies on its side.
HEADINGS = (
    ("TT", 12),
    ("Họ và tên, tên tập thể", 55),
    ("Lớp, đơn vị", 50),
    ("Khoa", 45),
    ("Thành tích", 85),
)
OFFICE_SIGNS = ("TM. THƯỜNG TRỰC PHONG TRÀO",)


def letterhead_of(listing: RecognitionList) -> Heading:
    """The head of the paper; the school's own list is signed by its standing office, not by its leader."""
    heading = heading_of(listing.unit)
    return replace(heading, signer=OFFICE_SIGNS) if listing.is_of_school else heading


def leader_of(school: Unit) -> str:
    """Who is addressed: the leader by his office, with the school."""
    head = Letterhead.objects.filter(unit=school).first()
    office = head.signer_office.partition("/")[0].strip() if head else ""
    if not office:
        office = "Giám đốc" if school.name.startswith("Trung tâm") else "Hiệu trưởng"
    return f"{office[:1].upper()}{office[1:].lower()} {school.name}"


def grounds_of(listing: RecognitionList) -> list[str]:
    """The grounds as the decree writes them: one a line, semicolons, the last with a full stop."""
    told = [line.strip().rstrip(".;,") for line in listing.ground.splitlines() if words(line)]
    told = [line if line.lower().startswith("căn cứ") else f"Căn cứ {line}" for line in told]
    return [f"{line}{'.' if n == len(told) else ';'}" for n, line in enumerate(told, start=1)]


def paper_of_list(listing: RecognitionList) -> ReportPaper:
    """What goes into the paper. No code, nor anything of anybody but name, place and merit."""
    rows = entry_rows(listing)
    collectives = sum(row.is_collective for row in rows)
    sent = listing.sent_by.get_full_name() if listing.sent_by else ""
    day = listing.sent_at or listing.changed_at
    return ReportPaper(
        heading=letterhead_of(listing), title="TỜ TRÌNH", kind="TTr", year=day.year,
        subject="Đề nghị công nhận, biểu dương trong phong trào “Bình dân học vụ số”",
        recipients=(leader_of(listing.institution),),
        paragraphs=(*grounds_of(listing), *_words(listing, len(rows) - collectives, collectives)),
        annex=Annex(
            label="Phụ lục", title="Danh sách đề nghị công nhận, biểu dương",
            attached_to=f"Tờ trình của {listing.of_whom}", period=_period(listing),
            headings=HEADINGS, rows=tuple(_annex_rows(listing)),
        ),
        copies=("Như trên",), signer_name=sent,
    )  # fmt: skip


def _words(listing: RecognitionList, people: int, collectives: int) -> list[str]:
    parts = [
        f"{count:02d} {what}"
        for count, what in ((collectives, "tập thể"), (people, "cá nhân"))
        if count
    ]
    leader = leader_of(listing.institution)
    return [
        f"{listing.of_whom} đề nghị {leader} công nhận, biểu dương {' và '.join(parts)} có thành tích "
        f"trong phong trào “Bình dân học vụ số”, {_period(listing)[:1].lower()}{_period(listing)[1:]} "
        "(có danh sách kèm theo).",
        f"Kính đề nghị {leader} xem xét, quyết định./.",
    ]


def _period(listing: RecognitionList) -> str:
    year = f"Năm học {listing.year_name}"
    return f"{year}, {listing.occasion}" if listing.occasion else year


def _annex_rows(listing: RecognitionList) -> list[tuple[str, ...]]:
    """Collectives, then people, each counted from one and under its heading where there are both."""
    rows = entry_rows(listing)
    first = sum(row.is_collective for row in rows)
    collectives, people = _cells(rows[:first]), _cells(rows[first:])
    if not collectives or not people:
        return collectives + people
    return [("I. Tập thể",), *collectives, ("II. Cá nhân",), *people]


def _cells(rows: list[RecognitionEntry]) -> list[tuple[str, ...]]:
    return [tuple(str(cell) for cell in row) for row in name_rows(rows)]


def document_of_list(listing: RecognitionList) -> bytes:
    """The Word file; the grounds stand in italics, as the decree has them."""
    document: Any = Document(io.BytesIO(write_report(paper_of_list(listing))))
    grounds = set(grounds_of(listing))
    for paragraph in document.paragraphs:
        if paragraph.text in grounds:
            for run in paragraph.runs:
                run.italic = True
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def list_file_name(listing: RecognitionList, ending: str) -> str:
    """A name that tells what it is."""
    return f"{listing.title} - {listing.of_whom}.{ending}".replace("/", "-")
