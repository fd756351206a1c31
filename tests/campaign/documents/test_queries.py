"""Finding documents: one number in every spelling, half a number, words; the same on both engines."""

import pytest
from django.contrib.auth.models import AnonymousUser

from campaign.documents.choices import DocumentKind, Visibility
from campaign.documents.models import OfficialDocument
from campaign.documents.queries import lookup, near_numbers, read_filters, tidy
from tests.factories.pages import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def stock(home):
    """A few public documents, much alike."""
    public = {"visibility": Visibility.PUBLIC}
    make_document(
        number="106/KH-TCKTNVCB", issuer="Trường Cái Bè", abstract="Triển khai phong trào", **public
    )
    make_document(
        number="2407/BGDĐT-HSSV", kind=DocumentKind.LETTER, issuer="Bộ GDĐT",
        abstract="Phát huy vai trò của học sinh, sinh viên", **public,
    )  # fmt: skip
    make_document(
        number="4531/SGDĐT-GDTXNNĐH", issuer="Sở Hà Nội", abstract="Hướng dẫn báo cáo", **public
    )
    make_document(number="1106/QĐ-UBND", issuer="Ủy ban", abstract="Đặt tên đường", **public)
    make_document(number="02/2025/TT-BGDĐT", issuer="Bộ GDĐT", abstract="Khung năng lực", **public)
    make_document(number="", issuer="Sở Quảng Ngãi", abstract="Kế hoạch chưa có số 106", **public)


def found(typed: str) -> list[str]:
    """The numbers that are found, in order."""
    return [document.number for document in lookup(OfficialDocument.objects.all(), typed)]


SPELLINGS = [
    ("106 kh tcktnvcb", ["106/KH-TCKTNVCB"]),
    ("106/KH-TCKTNVCB", ["106/KH-TCKTNVCB"]),
    ("106/kh–tcktnvcb", ["106/KH-TCKTNVCB"]),
    ("106/kh—tcktnvcb", ["106/KH-TCKTNVCB"]),
    ("106khtcktnvcb", ["106/KH-TCKTNVCB"]),
    ("0106 KH", ["106/KH-TCKTNVCB"]),
    ("kh 106", ["106/KH-TCKTNVCB"]),
    ("tcktnvcb", ["106/KH-TCKTNVCB"]),
    ("TCKT", ["106/KH-TCKTNVCB"]),
    ("2407 bgddt", ["2407/BGDĐT-HSSV"]),
    ("2407/BGDDT-HSSV", ["2407/BGDĐT-HSSV"]),
    ("2407 BGDĐT", ["2407/BGDĐT-HSSV"]),
    ("2407 BGDÐT", ["2407/BGDĐT-HSSV"]),
    ("2407/BGĐT", ["2407/BGDĐT-HSSV"]),
    ("bgddt hssv", ["2407/BGDĐT-HSSV"]),
    ("240", ["2407/BGDĐT-HSSV"]),
    ("4531/SGDDĐT", ["4531/SGDĐT-GDTXNNĐH"]),
    ("4531/SGDDT-GDTXNNĐH", ["4531/SGDĐT-GDTXNNĐH"]),
    ("2/2025", ["02/2025/TT-BGDĐT"]),
    ("02/2025/tt bgddt", ["02/2025/TT-BGDĐT"]),
    ("khung nang luc", ["02/2025/TT-BGDĐT"]),
    ("KHUNG năng lực", ["02/2025/TT-BGDĐT"]),
    ("duong", ["1106/QĐ-UBND"]),
    ("phat huy vai", ["2407/BGDĐT-HSSV"]),
    ("cong van", ["2407/BGDĐT-HSSV"]),
    ("uy ban", ["1106/QĐ-UBND"]),
    ("cái bè", ["106/KH-TCKTNVCB"]),
    ("khongcogi", []),
    ("999/KH", []),
]


@pytest.mark.parametrize(("typed", "numbers"), SPELLINGS, ids=[typed for typed, _ in SPELLINGS])
def test_document_is_found_in_every_spelling(stock, typed, numbers):
    assert found(typed) == numbers


def test_exact_number_comes_first_then_what_begins_so_then_words(stock):
    make_document(number="1061/KH-X", issuer="Khác")
    assert found("106") == ["106/KH-TCKTNVCB", "1061/KH-X", "1106/QĐ-UBND", ""]


@pytest.mark.parametrize(
    ("typed", "near"),
    [("4531/SGDĐT-GDTrXNNĐH", ["4531/SGDĐT-GDTXNNĐH"]), ("106/QĐ", ["106/KH-TCKTNVCB"]),
     ("abc", []), ("99/KH", [])],
)  # fmt: skip
def test_misspelt_letters_still_lead_to_the_figure(stock, typed, near):
    everything = OfficialDocument.objects.visible_to(AnonymousUser())
    assert [document.number for document in near_numbers(everything, typed)] == near


def test_internal_documents_are_never_found_by_those_who_may_not_see_them(stock):
    make_document(number="2407/NB", abstract="Khung năng lực nội bộ")
    visible = OfficialDocument.objects.visible_to(AnonymousUser())
    assert [d.number for d in lookup(visible, "2407")] == ["2407/BGDĐT-HSSV"]
    assert [d.number for d in lookup(visible, "khung nang luc")] == ["02/2025/TT-BGDĐT"]


STRANGE = ["", " ", "///", "'", '"', "%", "_", "\\", "(", "a" * 5000, "1" * 5000, "\x00", "😀", "AND", "NOT",
           "a:*", "[", "106[", "{1}", "^", "$", "ngã'; --"]  # fmt: skip


@pytest.mark.parametrize("typed", STRANGE)
def test_lookup_bears_anything(stock, typed):
    text = tidy(typed)
    assert len(text) <= 200
    assert isinstance(list(lookup(OfficialDocument.objects.all(), text)), list)


@pytest.mark.parametrize(("typed", "tidied"), [("  106   kh ", "106 kh"), ("///", ""), ("", "")])
def test_what_was_typed_is_tidied(typed, tidied):
    assert tidy(typed) == tidied


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (("2026", "ke-hoach", "7"), ("2026", "ke-hoach", "7")),
        (("chua-ro", "", "007"), ("chua-ro", "", "7")),
        (("26", "Kế hoạch", "-1"), ("", "", "")),
        (("²026", "x" * 500, "1e3"), ("", "", "")),
        (("20260", "KE-HOACH", "9" * 30), ("", "", "")),
    ],
)
def test_unknown_filters_are_forgotten(asked, kept):
    chosen = read_filters(*asked)
    assert (chosen.year, chosen.kind, chosen.issuer) == kept
    assert len(chosen.conditions) == len([value for value in kept if value])
