"""Days and numbers as documents write them."""

from datetime import date

import pytest

from office.dates import written_date, written_number


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 10), "ngày 10 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 25), "ngày 25 tháng 12 năm 2026"),
    ],
)
def test_noughts_stand_before_small_days_and_the_first_two_months(day, words):
    assert written_date("Sơn La", day, year=2026) == f"Sơn La, {words}"


def test_numbers_have_two_digits_or_room():
    assert written_number(5, "BC", "CĐSL") == "Số: 05/BC-CĐSL"
    assert written_number(120, "TTr", "") == "Số: 120/TTr"
    assert written_number(None, "BC", "A").startswith("Số:      ")


@pytest.mark.parametrize(
    ("number", "symbol", "line"),
    [
        (5, "ĐTN", "Số: 05-TTr/ĐTN"),
        (None, "ĐTN", "Số:       -TTr/ĐTN"),
        (None, "", "Số:       -TTr"),
    ],
)
def test_the_youth_union_writes_its_numbers_its_own_way(number, symbol, line):
    assert written_number(number, "TTr", symbol, is_youth_union=True) == line
