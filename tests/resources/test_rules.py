"""Rules of the library."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.rules import (
    BROKEN,
    LOCKED,
    content_problem,
    file_problem,
    host_of,
    licence_problem,
    office_problem,
    page_words,
    player_address,
    slide_count,
    told_pages,
    year_problem,
)

NOTHING = {
    "has_file": False,
    "has_media": False,
    "has_link": False,
    "has_picture": False,
    "has_text": False,
}


@pytest.mark.parametrize(
    ("kind", "has", "field"),
    [
        ("tai-lieu", "", "files"),
        ("tai-lieu", "has_text", "files"),
        ("tai-lieu", "has_file", None),
        ("bai-trinh-chieu", "has_link", "files"),
        ("video", "", "media"),
        ("video", "has_media", None),
        ("am-thanh", "has_link", None),
        ("khoa-hoc", "has_file", "link"),
        ("khoa-hoc", "has_link", None),
        ("infographic", "", "picture"),
        ("infographic", "has_picture", None),
        ("bo-cau-hoi", "", "files"),
        ("bo-cau-hoi", "has_questions", None),
        ("bo-hoc-lieu-day", "has_questions", "files"),
        ("bo-hoc-lieu-day", "has_text", None),
    ],
)
def test_a_kind_holds_what_it_promises(kind, has, field):
    problem = content_problem(kind, **(NOTHING | ({has: True} if has else {})))
    assert (problem[0] if problem else None) == field


@pytest.mark.parametrize(
    ("own", "may", "wrong"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_a_licence_that_forbids_copies_allows_a_link_alone(own, may, wrong):
    assert bool(licence_problem(has_own_copy=own, may_copy=may)) is wrong


@pytest.mark.parametrize(
    ("year", "wrong"), [(None, False), (1999, True), (2000, False), (2026, False), (2027, True)]
)
def test_years(year, wrong):
    assert bool(year_problem(year, this_year=2026)) is wrong


@pytest.mark.parametrize(
    ("extension", "guessed", "head", "said"),
    [
        ("pdf", None, b"", "rỗng"),
        ("pdf", "pdf", b"%PDF-1.7", None),
        ("pdf", "jpg", b"\xff\xd8\xff", "đổi đuôi"),
        ("docx", None, b"\xd0\xcf\x11\xe0rest", "mật khẩu"),
    ],
)
def test_a_file_is_what_its_name_says(extension, guessed, head, said):
    problem = file_problem(extension, guessed, head)
    assert (said in problem) if said else problem is None


def test_an_office_file_under_another_ones_name():
    assert office_problem("docx", ["word/document.xml"]) is None
    assert ".xlsx" in office_problem("docx", ["xl/workbook.xml"])
    assert "hỏng" in office_problem("pptx", ["a.txt"])
    assert office_problem("pdf", []) is None


def test_slides_are_counted():
    names = ["ppt/slides/slide1.xml", "ppt/slides/slide2.xml", "ppt/slides/_rels/slide1.xml.rels"]
    assert slide_count(names) == 2
    assert slide_count([]) is None
    assert page_words("pptx", 2) == "2 trang chiếu"
    assert page_words("pdf", 12) == "12 trang"
    assert page_words("pdf", None) == ""


@pytest.mark.parametrize(
    ("properties", "pages"),
    [
        (b"<Properties><Pages>12</Pages></Properties>", 12),
        (b"<ep:Properties><ep:Pages> 3 </ep:Pages>", 3),
        (b"<Pages>0</Pages>", None),
        (b"<Pages>1234567</Pages>", None),
        (b"<Words>9</Words>", None),
        (b"", None),
    ],
)
def test_pages_that_a_word_file_tells(properties, pages):
    assert told_pages(properties) == pages


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=abcdefghi_-",
        "https://youtu.be/abcdefghi_-?t=3",
        "https://m.youtube.com/shorts/abcdefghi_-",
        "https://www.youtube.com/embed/abcdefghi_-",
    ],
)
def test_videos_that_can_be_shown_inside(url):
    assert player_address(url) == "https://www.youtube-nocookie.com/embed/abcdefghi_-"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://vimeo.com/1",
        "https://youtube.com.evil.example/watch?v=abcdefghi_-",
        "https://www.youtube.com/watch?v=short",
        "javascript:alert(1)",
        "https://www.youtube.com/watch?v=abc%22onload=1",
    ],
)
def test_other_addresses_are_plain_links(url):
    assert player_address(url) == ""


@given(st.text(max_size=60))
def test_any_text_has_a_host_or_none(text):
    assert isinstance(host_of(text), str)
    assert player_address(text) == "" or "youtu" in text.casefold()


def test_reasons_tell_what_to_do():
    assert "tải lên" in BROKEN
    assert "mật khẩu" in LOCKED
