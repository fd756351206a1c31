"""Word documents, measured: margins, fonts, sizes, the heading, the annex on its side."""

import dataclasses
import io
from datetime import date

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt

from office.papers import Annex, FigureRow, Heading, ReportPaper, write_report

NINE = tuple((name, 28) for name in (
    "STT", "Tên nhiệm vụ", "Thời gian thực hiện", "Chỉ tiêu", "Công tác triển khai, phối hợp",
    "Kết quả thực hiện", "Đánh giá", "Khó khăn, vướng mắc", "Đề xuất, kiến nghị",
))  # fmt: skip
SCHOOL = Heading("Ủy ban nhân dân tỉnh Mẫu", "Trường Cao đẳng Mẫu", "CĐM", "Mẫu Sơn",
                 ("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"))  # fmt: skip
PAPER = ReportPaper(
    SCHOOL, "BÁO CÁO", "Kết quả Quý IV/2026", 2026, recipients=("Sở Mẫu",),
    paragraphs=("Trường báo cáo như sau:", "Dòng một\nDòng hai"),
    figures=(FigureRow(name="Hỗ trợ cộng đồng", is_group=True), FigureRow("1", "Số lớp", "lớp", "12")),
    annex=Annex("Phụ lục III", "Báo cáo kết quả", "Kế hoạch số 1", "Kỳ báo cáo: Quý IV", NINE,
                (tuple(str(n) for n in range(1, 10)),)),
    copies=("Như trên",),
)  # fmt: skip


def opened(paper=PAPER, **words):
    """The document, read back."""
    return Document(io.BytesIO(write_report(dataclasses.replace(paper, **words))))


def everything(document):
    """All paragraphs, those in tables too."""
    found = list(document.paragraphs)
    for table in document.tables:
        for cell in {id(cell._tc): cell for row in table.rows for cell in row.cells}.values():
            found += cell.paragraphs
    return found


def paragraph(document, words):
    """The paragraph that says this."""
    return next(one for one in everything(document) if one.text.strip() == words)


def test_page_has_the_margins_of_the_decree():
    first, annex = opened().sections
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    for section in (first, annex):
        for side in (section.top_margin, section.bottom_margin):
            assert 20 <= round(side.mm) <= 25
    assert 30 <= round(first.left_margin.mm) <= 35
    assert 15 <= round(first.right_margin.mm) <= 20
    assert first.orientation == WD_ORIENT.PORTRAIT
    assert annex.orientation == WD_ORIENT.LANDSCAPE
    assert (round(annex.page_width.mm), round(annex.page_height.mm)) == (297, 210)


@pytest.mark.parametrize(
    ("words", "sizes", "bold", "italic"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, 13), True, False),
        ("Độc lập - Tự do - Hạnh phúc", (13, 14), True, False),
        ("ỦY BAN NHÂN DÂN TỈNH MẪU", (12, 13), False, False),
        ("TRƯỜNG CAO ĐẲNG MẪU", (12, 13), True, False),
        ("Số:       /BC-CĐM", (13, 13), False, False),
        ("BÁO CÁO", (13, 14), True, False),
        ("Kết quả Quý IV/2026", (13, 14), True, False),
        ("Trường báo cáo như sau:", (13, 14), False, False),
        ("KT. HIỆU TRƯỞNG", (13, 14), True, False),
        ("Nơi nhận:", (12, 12), True, True),
        ("- Lưu: VT, CĐM.", (11, 11), False, False),
        ("Phụ lục III", (14, 14), True, False),
        ("(Kèm theo Kế hoạch số 1)", (13, 14), False, True),
    ],
)
def test_parts_have_their_letters(words, sizes, bold, italic):
    font = paragraph(opened(), words).style.font
    assert font.name == "Times New Roman"
    assert Pt(sizes[0]) <= font.size <= Pt(sizes[1])
    assert (bool(font.bold), bool(font.italic)) == (bold, italic)


def test_every_style_is_times_new_roman_for_every_script():
    document = opened()
    for style in {one.style.name: one.style for one in everything(document)}.values():
        fonts = style.element.rPr.find(qn("w:rFonts"))
        told = {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "cs", "eastAsia")}
        assert told == {"Times New Roman"}, style.name


def test_body_is_justified_and_indented():
    form = paragraph(opened(), "Trường báo cáo như sau:").style.paragraph_format
    assert form.alignment == 3
    assert round(form.first_line_indent.cm, 2) == 1.27
    assert form.space_after >= Pt(6)
    assert 1 <= form.line_spacing <= 1.5


def test_day_and_number_stay_blank_or_keep_their_noughts():
    blank = [one.text for one in everything(opened())]
    assert "Mẫu Sơn, ngày        tháng        năm 2026" in blank
    told = [one.text for one in everything(opened(day=date(2026, 2, 5), number=7))]
    assert "Mẫu Sơn, ngày 05 tháng 02 năm 2026" in told
    assert "Số: 07/BC-CĐM" in told


def test_page_number_is_hidden_on_the_first_page_and_begins_anew_in_the_annex():
    first, annex = opened().sections
    assert first.different_first_page_header_footer
    assert not first.first_page_header.paragraphs[0].runs
    assert "PAGE" in first.header.paragraphs[0]._p.xml
    assert annex._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_annex_has_its_columns_in_order_and_a_head_that_repeats():
    table = opened().tables[-1]
    assert [cell.text for cell in table.rows[0].cells] == [name for name, _ in NINE]
    assert [cell.text for cell in table.rows[1].cells] == [str(n) for n in range(1, 10)]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    five = dataclasses.replace(PAPER.annex, headings=NINE[:5], rows=(("1", "a", "b", "c", "d"),))
    assert len(opened(annex=five).tables[-1].columns) == 5


def test_without_an_annex_there_is_one_portrait_section():
    document = opened(annex=None)
    assert [section.orientation for section in document.sections] == [WD_ORIENT.PORTRAIT]
    assert "[[" not in "".join(one.text for one in everything(document))


def test_the_youth_union_has_a_head_of_its_own():
    document = opened(heading=dataclasses.replace(SCHOOL, is_youth_union=True))
    words = [one.text for one in everything(document)]
    assert "ĐOÀN TNCS HỒ CHÍ MINH" in words
    assert not any("CỘNG HÒA" in text or "Độc lập" in text for text in words)


def test_several_recipients_are_a_list():
    words = [one.text for one in everything(opened(recipients=("Sở Mẫu", "Ủy ban Mẫu")))]
    assert [text for text in words if text.startswith("- ")][:2] == ["- Sở Mẫu;", "- Ủy ban Mẫu."]


def test_what_was_typed_is_never_an_instruction():
    typed = "{{ 7*7 }} {% if x %} <b>& =cmd|'/c calc'!A0 🎉 \x07\x00\ud800"
    annex = dataclasses.replace(PAPER.annex, rows=((typed,) * 9,))
    document = opened(paragraphs=(typed,), annex=annex, figures=(FigureRow("1", typed, "", typed),))
    plain = "{{ 7*7 }} {% if x %} <b>& =cmd|'/c calc'!A0 🎉 "
    assert any(one.text == plain for one in document.paragraphs)
    assert document.tables[-1].rows[1].cells[3].text == plain


def test_a_cell_of_twenty_thousand_signs_is_whole():
    long = "ệ" * 20_000
    annex = dataclasses.replace(PAPER.annex, rows=((long, *("x",) * 8),))
    assert opened(annex=annex).tables[-1].rows[1].cells[0].text.replace("\u200b", "") == long
