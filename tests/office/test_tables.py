"""Tables that come as CSV."""

import pytest

from office.books import Column, NoBook, Sheet
from office.tables import read_csv

SHEET = Sheet(
    "Thử", (Column("name", "Tên", required=True), Column("tags", "Từ khóa"), Column("n", "Số"))
)


@pytest.mark.parametrize(
    "data",
    [
        'Tên;Từ khóa;Số\nMột;"a; b";2\n\nHai;;\n'.encode(),
        "\ufeffTên,Từ khóa,Số\r\nMột,a; b,2\r\n,,\r\nHai,,\r\n".encode(),
        "TEN\ttu khoa\tSố\nMột\ta; b\t2\n\nHai".encode(),
        "Tên\tTừ khóa\tSố\nMột\ta; b\t2\n\nHai\n".encode("utf-16"),
    ],
)
def test_rows_are_read_however_the_table_was_saved(data):
    book = read_csv(data, SHEET)
    assert book.faults == []
    first, second = book.rows["Thử"]
    assert (first.number, first.cells) == (2, {"name": "Một", "tags": "a; b", "n": "2"})
    assert (second.number, second.cells["name"]) == (4, "Hai")


def test_a_cell_of_several_lines_is_one_row_as_in_a_spreadsheet():
    book = read_csv('Tên;Số\n"Một\nhai";1\nBa;2\n'.encode(), SHEET)
    assert [(row.number, row.cells["name"]) for row in book.rows["Thử"]] == [
        (2, "Một\nhai"),
        (3, "Ba"),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Tên;Mầu\nMột;đỏ\n", "Không có cột “Mầu” trong mẫu. Hãy xóa cột này."),
        ("Tên;Từ khoá số\nMột;\n", "Không có cột “Từ khoá số” trong mẫu. Có phải “Từ khóa”?"),
        ("Tên;Tên\nMột;Hai\n", "Cột “Tên” có hai lần."),
        ("Số\n1\n", "Thiếu cột “Tên”."),
    ],
)
def test_faults_of_the_headings_are_named(data, said):
    assert [fault.said for fault in read_csv(data.encode(), SHEET).faults] == [said]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "không có cột nào"),
        (b"abc\n1\n", "không có cột nào"),
        ("Tên\nÁ\n".encode("cp1258", "replace"), "UTF-8"),
        (b"x" * (10 * 1024 * 1024 + 1), "10 MB"),
        (('Tên\n"' + "x" * 200_000 + '"\n').encode(), "bị hỏng"),
    ],
)
def test_what_is_no_such_table_is_refused_in_words(data, said):
    with pytest.raises(NoBook, match=said):
        read_csv(data, SHEET)
