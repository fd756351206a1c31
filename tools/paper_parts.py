"""Parts that first templates of papers are put together from."""

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Cm, Mm, Pt
from paper_templates import (
    CENTER,
    JUSTIFY,
    LEFT,
    OUT,
    add_style,
    bare_table,
    command,
    head,
    more,
    page,
    page_number,
    put,
    rule_after,
    styles,
)

WIDTH = 163


def begun(*, is_numbered=True):
    """An empty document of the house: A4, its margins, its styles."""
    document = Document()
    styles(document)
    add_style(
        document, "Căn cứ", 14, align=JUSTIFY, after=6, indent=1.27, spacing=1.15, italic=True
    )
    add_style(
        document, "Mục", 14, before=8, after=4, bold=True
    ).paragraph_format.keep_with_next = True
    # Addresses are long: justified, their lines would gape.
    add_style(document, "Liệt kê", 14, after=4, indent=1.27, spacing=1.1)
    dotted = add_style(document, "Thông tin", 14, after=4, spacing=1.1).paragraph_format
    dotted.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    # What nobody wrote yet is a dotted line here too.
    written = document.styles["Nội dung"].paragraph_format
    written.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    add_style(document, "Xác nhận", 13, align=CENTER, bold=True)
    add_style(document, "Ghi chú", 12, align=CENTER, italic=True)
    add_style(document, "Ngày tháng", 14, before=12, after=2, italic=True)
    add_style(document, "Chú thích", 12, before=6, italic=True)
    page(document.sections[0])
    if is_numbered:
        page_number(document.sections[0])
    return document


def kept(document, name):
    """The document under its name."""
    OUT.mkdir(parents=True, exist_ok=True)
    document.save(OUT / f"{name}.docx")


def country(document):
    """The country's name in the middle, for what a person writes himself."""
    document.add_paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", style="Quốc hiệu")
    motto = document.add_paragraph("Độc lập - Tự do - Hạnh phúc", style="Tiêu ngữ")
    rule_after(motto, sides=54)


def issuer(document):
    """Who issues, beside the country, of a paper that has no number; its day stands above who signs."""
    table = head(document)
    table._tbl.remove(table.rows[1]._tr)


def title(document, words, about, *, sides=55):
    """What it is called, what it is about, and the line below."""
    document.add_paragraph(words, style="Tên loại")
    rule_after(document.add_paragraph(about, style="Trích yếu"), sides=sides)


def about_round(document):
    """Which round it belongs to."""
    line = document.add_paragraph("({{ round }})", style="Kèm theo").paragraph_format
    line.space_before = Pt(4)


def body(document, name):
    """The paragraphs of a text that somebody typed."""
    command(document, f"{{%p for text in {name} %}}")
    document.add_paragraph("{{ text }}", style="Nội dung")
    command(document, "{%p endfor %}")


def when(document, name, *parts):
    """Parts of the page that stand there only where there is something to say."""
    command(document, f"{{%p if {name} %}}")
    for words, style in parts:
        document.add_paragraph(words, style=style)
    command(document, "{%p endif %}")


def facts(document, name):
    """Lines of `label: value`; a value that is not known leaves room to write it."""
    command(document, f"{{%p for one in {name} %}}")
    document.add_paragraph("{{ one.label }}: {{ one.value }}", style="Thông tin")
    command(document, "{%p endfor %}")


def to_whom(document):
    """Whom it is addressed to: one on the line, several as a list."""
    command(document, "{%p if recipients|length == 1 %}")
    document.add_paragraph("Kính gửi: {{ recipients[0] }}", style="Kính gửi")
    command(document, "{%p else %}")
    first = document.add_paragraph("Kính gửi:", style="Kính gửi").paragraph_format
    first.space_after = Pt(0)
    command(document, "{%p for name in recipients %}")
    line = document.add_paragraph("{{ name }}", style="Nội dung").paragraph_format
    line.left_indent, line.first_line_indent, line.space_after = Cm(4.2), Cm(-0.4), Pt(2)
    line.alignment = LEFT
    command(document, "{%p endfor %}")
    command(document, "{%p endif %}")


def signers(document, name, widths):
    """Who signs, side by side: the office, a remark, room, the name; each on one height with its neighbours."""
    table = bare_table(document, widths)
    parts = (("title", "Xác nhận"), ("note", "Ghi chú"), ("", "Xác nhận"), ("name", "Xác nhận"),
             ("office", "Ghi chú"))  # fmt: skip
    for _ in parts[1:]:
        table.add_row()
    for row, (part, style) in zip(table.rows, parts, strict=True):
        for number, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
            cell.width = Mm(width)
            if part:
                put(cell, f"{{{{ {name}[{number}].{part} }}}}", style=style)
            else:
                put(cell, "", style=style)
                more(cell, "", style=style)
                more(cell, "", style=style)
            # The whole block stays on one page.
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = part != "office"


def dated(document, *, left):
    """Place and day, above who signs on the right."""
    line = document.add_paragraph("{{ date_line }}", style="Ngày tháng").paragraph_format
    line.left_indent, line.alignment, line.keep_with_next = Mm(left), CENTER, True
