"""What cells mean."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.values import as_day, as_number, as_text, as_yes, harmless, heading_key, nearest


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("  a \n b ", "a b"),
        (2024001.0, "2024001"),
        (7, "7"),
        (1.5, "1.5"),
        (True, "có"),
        (datetime(2026, 12, 25), "25/12/2026"),
        ("Tru\u031bo\u031b\u0300ng", "Trường"),
        ("Tr\u01a3\u1eddng", "Trư\u1eddng"),
    ],
)
def test_text(value, text):
    assert as_text(value) == text


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("25/12/2026", date(2026, 12, 25)),
        ("5/2/2026", date(2026, 2, 5)),
        ("25-12-2026", date(2026, 12, 25)),
        ("25.12.2026", date(2026, 12, 25)),
        ("2026-12-25", date(2026, 12, 25)),
        ("2026-12-25 00:00:00", date(2026, 12, 25)),
        (datetime(2026, 12, 25, 8), date(2026, 12, 25)),
        (date(2026, 12, 25), date(2026, 12, 25)),
        ("", None),
        (None, None),
    ],
)
def test_day(value, day):
    assert as_day(value) == day


@pytest.mark.parametrize(
    "value", ["31/02/2026", "12/25/2026", "hôm nay", "25/12/26", 46000, "25/12", "0/0/0000"]
)
def test_no_day(value):
    with pytest.raises(ValueError, match=r"^"):
        as_day(value)


@pytest.mark.parametrize(
    ("value", "number"), [("12", 12), (12, 12), (12.0, 12), ("", None), (None, None)]
)
def test_number(value, number):
    assert as_number(value) == number


@pytest.mark.parametrize("value", ["-1", "1.5", 1.5, "mười", "²", "9" * 10])
def test_no_number(value):
    with pytest.raises(ValueError, match=r"^"):
        as_number(value)


@pytest.mark.parametrize(
    ("value", "yes"),
    [
        ("Có", True),
        ("co", True),
        ("x", True),
        (True, True),
        ("Không", False),
        ("", False),
        (None, False),
    ],
)
def test_yes(value, yes):
    assert as_yes(value) is yes


def test_neither_yes_nor_no():
    with pytest.raises(ValueError, match="chua"):
        as_yes("chưa")


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("Họ tên", "Họ và tên"),
        ("ma don vi", "Mã đơn vị"),
        ("Năm  sinh ", "Năm sinh"),
        ("Quê quán", None),
    ],
)
def test_the_nearest_heading(heading, meant):
    assert nearest(heading, ["Họ và tên", "Mã đơn vị", "Năm sinh"]) == meant


def test_headings_are_compared_without_marks_and_brackets():
    assert heading_key("HỌ VÀ TÊN (bắt buộc)") == heading_key("ho va ten")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", '=HYPERLINK("x")'])
def test_nothing_runs_in_a_spreadsheet(text):
    assert harmless(text)[0] == "'"


@given(
    st.one_of(
        st.none(),
        st.text(max_size=40),
        st.integers(),
        st.floats(-1e9, 1e9),
    )
)
def test_no_cell_breaks_the_reader(value):
    as_text(value)
    for read in (as_day, as_number, as_yes):
        try:
            read(value)
        except ValueError:
            continue
