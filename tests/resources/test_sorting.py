"""The Vietnamese order of titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.sorting import KEY_LENGTH, title_key


@pytest.mark.parametrize(
    "ordered",
    [
        ["An", "Ăn", "Ân", "Bà", "Da", "Đa", "Em", "Ên"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mai"],
        ["Đi chợ", "Điện thoại", "Đo"],
        ["Bài 2", "Bài 10"][::-1],
        ["“Chợ số”", "Chợ số nông thôn", "Chuyển tiền"],
        ["Tu", "Tư", "Vui"],
    ],
)
def test_the_order(ordered):
    turned = list(reversed(ordered))
    assert sorted(turned, key=title_key) == ordered


def test_case_and_composition_do_not_matter():
    import unicodedata

    assert title_key("ĐIỆN THOẠI") == title_key(unicodedata.normalize("NFD", "điện thoại"))
    assert title_key("Ðiện") == title_key("Điện")


@given(st.text(max_size=300))
def test_a_key_is_short_and_of_letters_that_every_collation_sorts_alike(text):
    key = title_key(text)
    assert len(key) <= KEY_LENGTH
    assert set(key) <= set("0123456789abcdef")
