"""Names of files that go onto sticks, and lists of checksums."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.names import is_safe_on_windows, safe_name, sums_text


@pytest.mark.parametrize(
    ("title", "extension", "name"),
    [
        ("Sổ tay VNeID: cho người mới?", "pdf", "07 Sổ tay VNeID cho người mới.pdf"),
        ("So\u0302\u0309 tay", ".PDF", "07 Sổ tay.pdf"),
        ("CON", "", "07 CON"),
        ("../../etc/passwd", "pdf", "07 etc passwd.pdf"),
        ("a\x00\r\nb\u202e\u200bc", "pdf", "07 a b c.pdf"),
        ("😀", "pdf", "07 tep.pdf"),
        ("Kết thúc. ", "mp3", "07 Kết thúc.mp3"),
        ("", "exe;rm -rf", "07 tep.exermrf"),
    ],
)
def test_a_name_is_vietnamese_and_safe(title, extension, name):
    assert safe_name(title, extension, 7) == name


@given(st.text(max_size=300), st.text(max_size=12), st.integers(min_value=1, max_value=999))
def test_any_title_makes_a_name_that_windows_takes(title, extension, number):
    name = safe_name(title, extension, number)
    assert is_safe_on_windows(name)
    assert "/" not in name
    assert "\\" not in name
    # An unpacked pack lies in folders of its own: the whole way has some 260 signs.
    assert len(name) < 100


@given(st.lists(st.text(max_size=90), max_size=20))
def test_names_differ_even_where_case_is_ignored(titles):
    names = [safe_name(title, "pdf", n).casefold() for n, title in enumerate(titles, start=1)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("name", "is_safe"),
    [("a.pdf", True), ("con.pdf", False), ("a:b", False), ("a.", False), ("x" * 256, False)],
)
def test_what_windows_refuses(name, is_safe):
    assert is_safe_on_windows(name) is is_safe


def test_checksums_are_as_sha256sum_reads_them():
    assert sums_text([("hoc-lieu/01 A.pdf", "ab" * 32)]) == f"{'ab' * 32} *hoc-lieu/01 A.pdf\n"


def test_a_short_name_leaves_room_for_the_folders_above_it():
    assert safe_name("ệ" * 300, "jpg", 3, most=40) == f"03 {'ệ' * 40}.jpg"
