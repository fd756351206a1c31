"""Templates filled: tables where the template says, typed words that stay words, words too long for a line."""

import io

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from office.word import LONGEST_WORD, Table, breakable, fill, harmless_words, lines, saved

TWO = Table((("TT", 20), ("Tên", 60)), (("Nhóm",), ("1", "Một")), frozenset({1}))


@pytest.fixture
def template(tmp_path):
    """A template with a line, a loop of lines, and two tables."""
    document = Document()
    for name in ("Bảng", "Đầu bảng"):
        document.styles.add_style(name, 1)
    document.add_paragraph("{%p for text in texts %}")
    document.add_paragraph("{{ text }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{{ table.one }}")
    document.add_paragraph("giữa")
    document.add_paragraph("{{ table.other }}")
    path = tmp_path / "mau.docx"
    document.save(path)
    return path


def filled(template, texts=(), **tables):
    """The document, read back."""
    known = {"one": None, "other": None, **tables}
    return Document(io.BytesIO(saved(fill(template, {"texts": list(texts)}, known))))


def test_tables_stand_where_the_template_says(template):
    document = filled(template, one=TWO)
    kinds = [child.tag.rpartition("}")[2] for child in document.element.body]
    assert kinds == ["tbl", "p", "sectPr"]
    assert document.paragraphs[0].text == "giữa"


def test_a_table_repeats_its_head_keeps_its_widths_and_lets_a_group_go_across(template):
    (table,) = filled(template, other=TWO).tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [round(column.width.mm) for column in table.columns] == [20, 60]
    assert [round(cell.width.mm) for cell in table.rows[2].cells] == [20, 60]
    assert table.rows[1].cells[0]._tc is table.rows[1].cells[1]._tc
    assert table.rows[1].cells[0].paragraphs[0].paragraph_format.keep_with_next
    assert [cell.paragraphs[0].alignment for cell in table.rows[2].cells] == [1, 1]


def test_what_stands_for_a_table_can_not_be_typed(template):
    typed = ["{{ table.one }}", "[[one]]", "{%p for x in y %}", "{{ 7*7 }}"]
    document = filled(template, typed, one=TWO)
    assert [one.text for one in document.paragraphs] == [*typed, "giữa"]


@given(st.text(max_size=400))
def test_lines_hold_no_break_no_forbidden_sign_and_no_word_too_long(text):
    for line in lines(text):
        assert line.strip()
        assert "\n" not in line
        assert harmless_words(line) == line
        parts = line.replace("\u200b", " ").split(" ")
        assert all(len(part) <= LONGEST_WORD for part in parts)


def test_breaking_a_word_takes_nothing_from_it():
    assert breakable("ệ" * 150).replace("\u200b", "") == "ệ" * 150
    assert breakable("ngắn thôi") == "ngắn thôi"


def test_a_row_with_fewer_cells_lets_the_last_go_across_the_rest(template):
    three = Table((("TT", 20), ("A", 30), ("B", 40)), (("!", "Cần xem"), ("1", "a", "b")))
    (table,) = filled(template, one=three).tables
    cells = table.rows[1].cells
    assert cells[1]._tc is cells[2]._tc
    assert cells[0]._tc is not cells[1]._tc
    assert [cell.text for cell in cells] == ["!", "Cần xem", "Cần xem"]
    assert not cells[1].paragraphs[0].paragraph_format.keep_with_next
