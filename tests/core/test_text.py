"""Vietnamese text: one stored form, one folded form, addresses, hits, excerpts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import clean, excerpt, fold, hits, named_problem, segments, slugify, words

VIETNAMESE = st.text(
    "aăâeêioôơuưyđbcdghklmnpqrstvxAĂÂĐÊÔƠƯ áàảãạấầẩẫậ 0123456789-.,“”!", max_size=80
)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("Đường", "Đường"),
        (unicodedata.normalize("NFD", "Bình dân học vụ số"), "Bình dân học vụ số"),
        ("khen thƣởng", "khen thưởng"),
        ("KHEN THƢỞNG", "KHEN THƯỞNG"),
        ("thƣ\u0309ng", "thửng"),
        ("a\x00b\x07c\x7f", "abc"),
        ("một\tdòng\nhai", "một\tdòng\nhai"),
        ("một\r\ndòng", "một\ndòng"),
        ("", ""),
    ],
)
def test_clean_gives_the_stored_form(raw, stored):
    assert clean(raw) == stored


@given(st.text())
def test_clean_twice_is_clean_once(text):
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\x00" not in once


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("Đường dây nóng", "duong day nong"),
        ("ÐƯỜNG", "duong"),
        ("Đội hình sinh viên tình nguyện số", "doi hinh sinh vien tinh nguyen so"),
        ("khen thƣởng", "khen thuong"),
        ("bò bơ bố", "bo bo bo"),
        ("NGƯỜI", "nguoi"),
        ("Quý Tỵ", "quy ty"),
        ("VNeID", "vneid"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_fold_drops_marks_and_case(raw, folded, form):
    assert fold(unicodedata.normalize(form, raw)) == folded


@given(VIETNAMESE)
def test_fold_of_vietnamese_is_plain_letters_in_any_case_and_form(text):
    letters = "".join(char for char in fold(text) if char.isalpha())
    assert letters.isascii()
    assert letters == letters.lower()
    assert fold(text.upper()) == fold(text) == fold(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Đội hình sinh viên tình nguyện số", "doi-hinh-sinh-vien-tinh-nguyen-so"),
        ("Đường dây nóng", "duong-day-nong"),
        ("ÐOÀN TRƯỜNG", "doan-truong"),
        ("Khen thƣởng", "khen-thuong"),
        ("  Ra quân – đợt 1/2026!  ", "ra-quan-dot-12026"),
        ("“Bình dân học vụ số”", "binh-dan-hoc-vu-so"),
        ("!!!", ""),
        ("", ""),
        ("中文", ""),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_slugify_makes_an_address_of_a_title(title, slug, form):
    assert slugify(unicodedata.normalize(form, title)) == slug


@pytest.mark.parametrize(
    ("title", "length", "slug"),
    [
        ("một hai ba", 10, "mot-hai-ba"),
        ("một hai ba", 9, "mot-hai"),
        ("một hai ba", 7, "mot-hai"),
        ("một hai ba", 6, "mot"),
        ("nghiêng", 4, "nghi"),
    ],
)
def test_slugify_cuts_at_the_end_of_a_word(title, length, slug):
    assert slugify(title, max_length=length) == slug


@given(st.text(max_size=300), st.integers(1, 80))
def test_slugify_is_short_and_plain(title, length):
    slug = slugify(title, max_length=length)
    assert len(slug) <= length
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")


def test_words_are_letters_and_figures():
    assert words("Ra quân, đợt 1: 25% (VNeID)!") == ["Ra", "quân", "đợt", "1", "25", "VNeID"]


@pytest.mark.parametrize(
    ("text", "terms", "found"),
    [
        ("Học số", ["hoc"], ["Học"]),
        ("Học số", ["HỌC", "so"], ["Học", "số"]),
        ("Kích hoạt", ["kí"], []),
        ("Đăng kí và kích hoạt", ["kí"], ["kí"]),
        ("Chuyển đổi", ["chuy"], ["Chuy"]),
        ("Chuyển đổi", ["uyen"], []),
        ("Học số", [], []),
        ("Học số", [""], []),
        ("", ["a"], []),
        (
            unicodedata.normalize("NFD", "Đường số"),
            ["duong"],
            [unicodedata.normalize("NFD", "Đường")],
        ),
        ("dịch vụ công", ["dịch", "dịch vụ"], ["dịch vụ"]),
    ],
)
def test_hits_are_words_marks_aside(text, terms, found):
    assert [text[start:end] for start, end in hits(text, terms)] == found


@given(st.text(max_size=80), st.lists(st.text(max_size=6), max_size=4))
def test_hits_lie_in_order_within_the_text(text, terms):
    spans = hits(text, terms)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(st.text(max_size=80) | VIETNAMESE, st.lists(st.text(max_size=6) | VIETNAMESE, max_size=4))
def test_segments_joined_are_the_text(text, terms):
    assert "".join(piece for piece, _ in segments(text, terms)) == text


def test_segments_tell_hits_from_the_rest():
    assert list(segments("Học kỹ năng số", ["ky"])) == [
        ("Học ", False),
        ("kỹ", True),
        (" năng số", False),
    ]


def test_excerpt_of_a_short_text_is_the_text():
    assert excerpt("Học  kỹ\nnăng", ["x"]) == "Học kỹ năng"


def test_excerpt_lies_around_the_first_hit():
    text = " ".join(["đầu"] * 100 + ["VNeID"] + ["cuối"] * 100)
    piece = excerpt(text, ["vneid"], length=60)
    assert piece.startswith("… đầu")
    assert piece.endswith("cuối …")
    assert "VNeID" in piece


def test_excerpt_without_a_hit_is_the_beginning():
    text = " ".join(f"từ{number}" for number in range(100))
    piece = excerpt(text, ["không"], length=30)
    assert piece.startswith("từ0 từ1")
    assert piece.endswith(" …")


@given(st.text(max_size=400), st.lists(st.text(max_size=5), max_size=3), st.integers(10, 100))
def test_excerpt_is_short_and_out_of_the_text(text, terms, length):
    piece = excerpt(text, terms, length=length)
    assert len(piece) <= length + 4
    assert piece.removeprefix("… ").removesuffix(" …") in " ".join(text.split())


@pytest.mark.parametrize(
    ("problem", "name", "told"),
    [
        ("Không nhỏ hơn 0.", "Câu 3, Tự làm được", "Câu 3, Tự làm được: Không nhỏ hơn 0."),
        ("Hãy ghi tên phiếu.", "Tên phiếu", "Hãy ghi tên phiếu."),
        ("Hãy chọn.", "Bạn thuộc nhóm nào?", "Bạn thuộc nhóm nào? Hãy chọn."),
        ("Quá dài.", "Nội dung:", "Nội dung: Quá dài."),
        (
            "Hãy đánh dấu.",
            "Tôi đồng ý để trường dùng tên " * 3,
            "Tôi đồng ý để trường dùng tên Tôi đồng ý để trường dùng tên… Hãy đánh dấu.",
        ),
        # Words are compared whole: “Là” is no part of “lại”.
        ("Hãy chọn lại trong danh sách.", "Là", "Là: Hãy chọn lại trong danh sách."),
        ("Tên tệp dài quá, hãy để ngắn hơn.", "Đề", "Tên tệp dài quá, hãy để ngắn hơn."),
        ("Sai.", "x" * 80, "x" * 60 + "… Sai."),
        ("<b>Sai</b>", "Tên", "Tên: <b>Sai</b>"),
        ("Sai.", "", "Sai."),
        ("Sai.", " :* ", "Sai."),
    ],
)
def test_a_problem_told_elsewhere_carries_its_name(problem, name, told):
    assert named_problem(problem, name) == told
