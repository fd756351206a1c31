"""Head and foot of documents."""

from datetime import date

import pytest

from campaign.units.heads import MOTTO, NATION, UNION, day_line, head_of, number_line

PARTS = {
    "superior_body": "Sở Giáo dục và Đào tạo",
    "issuing_name": "Trường Cao đẳng Hoa Ban",
    "symbol": "CĐHB",
    "place": "Hoa Ban",
    "authority": "KT.",
    "signer_office": "Hiệu trưởng / Phó Hiệu trưởng",
    "is_youth_union": False,
}


@pytest.mark.parametrize(
    ("number", "kind", "symbol", "line"),
    [
        (5, "BC", "CĐHB", "Số: 05/BC-CĐHB"),
        (12, "TTr", "CĐHB", "Số: 12/TTr-CĐHB"),
        (105, "KH", "", "Số: 105/KH"),
        (None, "BC", "CĐHB", "Số:      /BC-CĐHB"),
        (7, "", "", "Số: 07"),
    ],
)
def test_number(number, kind, symbol, line):
    assert number_line(symbol, kind=kind, number=number) == line


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2027, 1, 5), "Hoa Ban, ngày 05 tháng 01 năm 2027"),
        (date(2027, 2, 28), "Hoa Ban, ngày 28 tháng 02 năm 2027"),
        (date(2026, 3, 10), "Hoa Ban, ngày 10 tháng 3 năm 2026"),
        (date(2026, 12, 9), "Hoa Ban, ngày 09 tháng 12 năm 2026"),
        (None, "Hoa Ban, ngày      tháng      năm"),
    ],
)
def test_place_and_day(day, line):
    assert day_line("Hoa Ban", day) == line


def test_a_school():
    head = head_of(**PARTS, number=5, day=date(2026, 11, 23))
    assert (head.superior, head.issuer) == ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG CAO ĐẲNG HOA BAN")
    assert (head.right, head.motto) == (NATION, MOTTO)
    assert (head.authority, head.signer) == ("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG")


def test_the_head_himself_signs_in_one_line():
    head = head_of(**{**PARTS, "authority": "", "signer_office": "Hiệu trưởng"})
    assert (head.authority, head.signer) == ("HIỆU TRƯỞNG", "")


def test_the_youth_union_has_no_national_title():
    head = head_of(**{**PARTS, "is_youth_union": True})
    assert (head.right, head.motto) == (UNION, "")
