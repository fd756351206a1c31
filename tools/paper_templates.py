"""Makes the first templates of documents (templates/office/*.docx); afterwards they are changed in Word."""

from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.text.paragraph import Paragraph

OUT = Path(__file__).resolve().parent.parent / "templates" / "office"
FONT = "Times New Roman"
CENTER, LEFT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


def set_font(style, size, *, bold=False, italic=False):
    """Times New Roman for every script, black, in Vietnamese."""
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic = bold, italic
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.append(fonts)
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)
    for name in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    language.set(qn("w:eastAsia"), "vi-VN")
    properties.append(language)


def add_style(
    document, name, size, *, align=LEFT, after=0, before=0, indent=0, spacing=1.0, **font
):
    """A paragraph style of the house."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    set_font(style, size, **font)
    form = style.paragraph_format
    form.alignment, form.space_after, form.space_before = align, Pt(after), Pt(before)
    form.first_line_indent = Cm(indent)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, spacing
    return style


def rule_after(paragraph, *, sides):
    """A solid line on a thin paragraph of its own, shortened at both sides (millimetres)."""
    thin = OxmlElement("w:p")
    paragraph._p.addnext(thin)
    line_of = Paragraph(thin, paragraph._parent)
    line_of.style = "Gạch"
    _rule(line_of, left=sides, right=sides)


def _rule(paragraph, *, left, right):
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.left_indent = Mm(left)
    paragraph.paragraph_format.right_indent = Mm(right)


def bare_table(document, widths):
    """A table without lines, to place two things side by side."""
    table = document.add_table(rows=1, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        column.cells[0].width = Mm(width)
    return table


def page_number(section):
    """Arabic, centred in the top margin, not on the first page."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.style = "Số trang"
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if text:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def page(section, *, landscape=False):
    """A4 with the margins of the decree."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (
        (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    )
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = (Mm(20), Mm(20)) if landscape else (Mm(30), Mm(17))
    section.header_distance = Mm(10)


def put(cell, first, *, style):
    """The first paragraph of a cell."""
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(first)
    return paragraph


def more(cell, words, *, style):
    """One more paragraph of a cell."""
    return cell.add_paragraph(words, style=style)


def styles(document):
    """All styles that the template and its tables use."""
    # Who made the template is nobody's business in a paper that a school signs.
    document.core_properties.author = document.core_properties.comments = ""
    set_font(document.styles["Normal"], 14)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    add_style(document, "Cơ quan chủ quản", 12, align=CENTER)
    add_style(document, "Cơ quan ban hành", 12, align=CENTER, bold=True)
    add_style(document, "Quốc hiệu", 12, align=CENTER, bold=True)
    add_style(document, "Tiêu ngữ", 13, align=CENTER, bold=True)
    add_style(document, "Số ký hiệu", 13, align=CENTER, before=6)
    add_style(document, "Địa danh ngày tháng", 13, align=CENTER, before=6, italic=True)
    add_style(document, "Tên loại", 14, align=CENTER, before=18, bold=True)
    add_style(document, "Trích yếu", 14, align=CENTER, bold=True)
    add_style(document, "Kính gửi", 14, align=CENTER, before=12, after=6)
    add_style(document, "Nội dung", 14, align=JUSTIFY, after=6, indent=1.27, spacing=1.15)
    add_style(document, "Nơi nhận", 12, bold=True, italic=True)
    add_style(document, "Nơi nhận dòng", 11)
    add_style(document, "Người ký", 14, align=CENTER, bold=True)
    add_style(document, "Phụ lục", 14, align=CENTER, bold=True)
    add_style(document, "Kèm theo", 14, align=CENTER, after=6, italic=True)
    add_style(document, "Đầu bảng", 12, align=CENTER, before=2, after=2, bold=True)
    add_style(document, "Bảng", 12, before=2, after=2)
    add_style(document, "Số trang", 13, align=CENTER)
    add_style(document, "Gạch", 3)
    add_style(document, "Lệnh", 2)


def command(document, words):
    """An instruction of the template, on a line of its own that goes away."""
    document.add_paragraph(words, style="Lệnh")


def head(document):
    """Who issues on the left, the country on the right; the Youth Union has a head of its own.

    Number and day are a row of their own: they stand on one line, however long the name of the issuer.
    """
    table = bare_table(document, (72, 94))
    left, right = table.rows[0].cells
    put(left, "{%p if heading.superior_body %}", style="Lệnh")
    more(left, "{{ heading.superior_body }}", style="Cơ quan chủ quản")
    more(left, "{%p endif %}", style="Lệnh")
    issuing = more(left, "{{ heading.issuing_name }}", style="Cơ quan ban hành")
    rule_after(issuing, sides=24)
    put(right, "{%p if heading.is_youth_union %}", style="Lệnh")
    union = more(right, "ĐOÀN TNCS HỒ CHÍ MINH", style="Quốc hiệu")
    rule_after(union, sides=22)
    more(right, "{%p else %}", style="Lệnh")
    more(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", style="Quốc hiệu")
    motto = more(right, "Độc lập - Tự do - Hạnh phúc", style="Tiêu ngữ")
    rule_after(motto, sides=18)
    more(right, "{%p endif %}", style="Lệnh")
    number, day = table.add_row().cells
    put(number, "{{ number_line }}", style="Số ký hiệu")
    put(day, "{{ date_line }}", style="Địa danh ngày tháng")
    return table


def foot(document):
    """Who gets it on the left, who signs on the right; office and name never part."""
    document.add_paragraph("", style="Nội dung").paragraph_format.keep_with_next = True
    table = bare_table(document, (80, 83))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = table.rows[0].cells
    put(left, "Nơi nhận:", style="Nơi nhận")
    more(left, "{%p for name in copies %}", style="Lệnh")
    more(left, "- {{ name }}", style="Nơi nhận dòng")
    more(left, "{%p endfor %}", style="Lệnh")
    put(right, "{%p for line in heading.signer %}", style="Lệnh")
    more(right, "{{ line }}", style="Người ký")
    more(right, "{%p endfor %}", style="Lệnh")
    for _ in range(4):
        more(right, "", style="Người ký")
    more(right, "{{ signer_name }}", style="Người ký")


def report():
    """The report with its annex."""
    document = Document()
    styles(document)
    page(document.sections[0])
    page_number(document.sections[0])
    head(document)
    document.add_paragraph("{{ title }}", style="Tên loại")
    subject = document.add_paragraph("{{ subject }}", style="Trích yếu")
    rule_after(subject, sides=55)
    command(document, "{%p if recipients %}")
    command(document, "{%p if recipients|length == 1 %}")
    document.add_paragraph("Kính gửi: {{ recipients[0] }}", style="Kính gửi")
    command(document, "{%p else %}")
    document.add_paragraph("Kính gửi:", style="Kính gửi")
    command(document, "{%p for name in recipients %}")
    document.add_paragraph("{{ name }}", style="Nội dung").paragraph_format.left_indent = Cm(5)
    command(document, "{%p endfor %}")
    command(document, "{%p endif %}")
    command(document, "{%p endif %}")
    command(document, "{%p for text in paragraphs %}")
    document.add_paragraph("{{ text }}", style="Nội dung")
    command(document, "{%p endfor %}")
    document.add_paragraph("{{ table.figures }}", style="Nội dung")
    foot(document)
    section = document.add_section(WD_SECTION.NEW_PAGE)
    page(section, landscape=True)
    section.header.is_linked_to_previous = False
    page_number(section)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.append(numbering)
    document.add_paragraph("{{ annex.label }}", style="Phụ lục")
    document.add_paragraph("{{ annex.title|upper }}", style="Phụ lục")
    command(document, "{%p if annex.attached_to %}")
    document.add_paragraph("(Kèm theo {{ annex.attached_to }})", style="Kèm theo")
    command(document, "{%p endif %}")
    document.add_paragraph("{{ annex.period }}", style="Kèm theo")
    document.add_paragraph("{{ table.annex }}", style="Bảng")
    OUT.mkdir(parents=True, exist_ok=True)
    document.save(OUT / "bao-cao.docx")


if __name__ == "__main__":
    report()
