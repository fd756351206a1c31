"""The editor's script makes the same address as the server."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.slugs import SLUG_FORMATTERS
from core.text import slugify

VOWELS = "aăâeêioôơuưy"
MARKS = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
LETTERS = [
    unicodedata.normalize("NFC", case(vowel + mark))
    for vowel in VOWELS
    for mark in MARKS
    for case in (str.lower, str.upper)
]
TITLES = [
    "Đội hình sinh viên tình nguyện số",
    "Đường dây nóng hỗ trợ người dân",
    "ÐOÀN THANH NIÊN",
    "Khen thƣởng KHEN THƢỞNG",
    "Quý Mùi, Tỵ, kỹ thuật, Mỹ",
    "Ứng dụng VNeID mức 2",
    "Bò, bơ, bố, bở, bỡ, bợ",
    "ẤẦẨẪẬ ẮẰẲẴẶ ẾỀỂỄỆ ỐỒỔỖỘ ỚỜỞỠỢ ỨỪỬỮỰ ÝỲỶỸỴ",
]


def slug_of_script(title: str) -> str:
    """What Wagtail's slug field makes: our formatters, then letters, figures and hyphens alone."""
    for pattern, replacement, flags in SLUG_FORMATTERS:
        assert flags == "gu"
        title = re.sub(pattern, replacement, title)
    title = re.sub(r"\s+", "-", title.strip())
    title = re.sub(r"[^A-Za-z0-9_-]", "", title)
    return re.sub(r"-+", "-", title).strip("-").lower()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("title", TITLES)
def test_script_and_server_make_the_same_address(title, form):
    title = unicodedata.normalize(form, title)
    assert slug_of_script(title) == slugify(title)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_script_and_server_agree_on_every_letter(form):
    letters = [
        unicodedata.normalize(form, letter) for letter in [*LETTERS, "đ", "Đ", "Ð", "ƣ", "Ƣ"]
    ]
    assert [slug_of_script(letter) for letter in letters] == [slugify(letter) for letter in letters]
    assert all(re.fullmatch("[aeiouyd]", slug_of_script(letter)) for letter in letters)


@given(
    st.lists(
        st.text(st.sampled_from([*LETTERS, *"bcdghklmnpqrstvxđĐ0123456789"]), max_size=7),
        max_size=9,
    )
)
def test_script_and_server_agree_on_any_title(parts):
    title = " ".join(parts)
    assert slug_of_script(title) == slugify(title)
