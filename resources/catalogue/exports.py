"""The catalogue's workbook: the template, and items written into it."""

from collections.abc import Iterable

from office.books import write_book
from resources.catalogue.columns import EXAMPLES, ITEMS, NOTES, VALUES, Terms, value_rows
from resources.catalogue.rows import ItemRow, cells_of
from resources.choices import ItemKind


def catalogue_book(rows: Iterable[ItemRow], terms: Terms) -> bytes:
    """A workbook of these items, with the values that cells may name."""
    cells = [cells_of(row) for row in rows]
    return write_book([(ITEMS, cells), (VALUES, value_rows(terms))], notes=NOTES)


def template_book(terms: Terms) -> bytes:
    """The empty workbook with examples."""
    examples = [cells_of(row) for row in example_rows(terms)]
    sheets = [(ITEMS, []), (EXAMPLES, examples), (VALUES, value_rows(terms))]
    return write_book(sheets, notes=NOTES)


def example_rows(terms: Terms) -> list[ItemRow]:
    """Sound rows with the site's own values."""
    language = next(iter(terms.languages), "")
    own = next((name for name, may_copy in terms.licences.items() if may_copy), "")
    linked = next((name for name, may_copy in terms.licences.items() if not may_copy), own)
    code, level = next(iter(terms.competences), ""), next(iter(terms.levels), "")
    competences = ((code, level),) if code else ()
    return [
        ItemRow(
            row=2, title="Sổ tay VNeID cho người mới", kind=ItemKind.DOCUMENT,
            summary="Cài đặt, đăng nhập và dùng VNeID từng bước.", audiences=terms.audiences[:2],
            topics=terms.topics[:1], competences=competences, language=language, minutes=20,
            author="Tổ công nghệ số cộng đồng", licence=own, year=2026,
            tags=("VNeID", "định danh"), files=("so-tay-vneid.pdf",),
        ),
        ItemRow(
            row=3, title="Nhận biết cuộc gọi lừa đảo", kind=ItemKind.VIDEO,
            summary="Video ngắn có phụ đề.", topics=terms.topics[:1], language=language, minutes=5,
            licence=own, year=2026, media="lua-dao.mp4", captions="lua-dao.vtt",
            transcript="Lời của video, chép lại ở đây.",
        ),
        ItemRow(
            row=4, title="Khóa học kỹ năng số cho người dân", kind=ItemKind.COURSE,
            language=language, source="Nền tảng Bình dân học vụ số", licence=linked,
            link="https://binhdanhocvuso.gov.vn/",
        ),
    ]  # fmt: skip
