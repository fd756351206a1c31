"""Telephone numbers: read leniently, stored one way, shown in groups."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.phones import read_phone, spoken_phone


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("0912345678", "+84912345678", "0912 345 678"),
        (" 0912 345 678 ", "+84912345678", "0912 345 678"),
        ("0912.345.678", "+84912345678", "0912 345 678"),
        ("(+84) 912-345-678", "+84912345678", "0912 345 678"),
        ("84912345678", "+84912345678", "0912 345 678"),
        ("0084 912 345 678", "+84912345678", "0912 345 678"),
        ("+84 0912 345 678", "+84912345678", "0912 345 678"),
        ("0861234567", "+84861234567", "0861 234 567"),
        ("024 3936 1234", "+842439361234", "024 3936 1234"),
        ("02123 852 123", "+842123852123", "0212 385 2123"),
        ("1800 1234", "18001234", "18001234"),
        ("19001234", "19001234", "19001234"),
    ],
)
def test_number_is_stored_one_way_and_read_out_in_groups(typed, stored, shown):
    assert read_phone(typed) == stored
    assert spoken_phone(stored) == shown


@pytest.mark.parametrize(
    "typed",
    ["", "12", "091234567", "09123456789", "0112345678", "0212345678", "+1 202 555 0123", "không có",
     "0912345678; 0987654321", "٠٩١٢٣٤٥٦٧٨", "1700 1234"],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_an_example(typed):
    with pytest.raises(ValueError, match="Ví dụ đúng"):
        read_phone(typed)


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_reading_what_is_shown_gives_the_same_number(number):
    stored = read_phone(number)
    assert read_phone(spoken_phone(stored)) == stored


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_refused(text):
    try:
        stored = read_phone(text)
    except ValueError:
        return
    assert stored.lstrip("+").isascii()
    assert stored.lstrip("+").isdigit()
