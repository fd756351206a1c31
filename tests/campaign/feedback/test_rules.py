"""Due dates, limits of a message, taking out personal data, the office's figures."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.feedback.rules import (
    GONE,
    Timing,
    answer_figures,
    due_on,
    redact,
    working_days_between,
)

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        (MONDAY, 1, date(2026, 11, 24)),
        (MONDAY, 5, date(2026, 11, 30)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_answer_is_due_after_working_days(received, days, due):
    assert due_on(received, days) == due


def test_holidays_of_the_table_put_the_due_day_off():
    assert due_on(MONDAY, 1, {date(2026, 11, 24)}) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "names", "left", "removed"),
    [
        ("Gọi 0912 345 678 nhé", [], f"Gọi {GONE} nhé", ("0912 345 678",)),
        ("Gọi 0912.345.678.", [], f"Gọi {GONE}.", ("0912.345.678",)),
        ("+84 912 345 678", [], GONE, ("+84 912 345 678",)),
        ("CCCD 001203004567 của tôi", [], f"CCCD {GONE} của tôi", ("001203004567",)),
        ("thư a.b@example.vn nhé", [], f"thư {GONE} nhé", ("a.b@example.vn",)),
        ("xem https://www.facebook.com/toi.day ạ", [], f"xem {GONE} ạ",
         ("https://www.facebook.com/toi.day",)),
        ("Tôi là Nguyễn Văn Mẫu ạ", ["Nguyễn Văn Mẫu"], f"Tôi là {GONE} ạ", ("Nguyễn Văn Mẫu",)),
        ("toi la nguyen van mau", ["Nguyễn Văn Mẫu"], f"toi la {GONE}", ("nguyen van mau",)),
        ("Năm 2026 có 100 người, 106/KH, 25/12/2026", [],
         "Năm 2026 có 100 người, 106/KH, 25/12/2026", ()),
        ("mẫu đơn ở đâu", ["An"], "mẫu đơn ở đâu", ()),
        ("", ["Nguyễn Văn Mẫu"], "", ()),
    ],
)  # fmt: skip
def test_what_points_at_a_person_is_taken_out(text, names, left, removed):
    assert redact(text, names) == (type(redact("")))(left, removed)


@given(st.text(max_size=200), st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_no_mobile_number_survives(around, number):
    assert number not in redact(f"{around} {number} {around}").text


@given(st.text(max_size=300))
def test_redacting_again_changes_nothing(text):
    once = redact(text, ["Nguyễn Văn Mẫu"]).text
    assert redact(once, ["Nguyễn Văn Mẫu"]).text == once


def test_working_days_are_counted_after_the_first_day():
    assert working_days_between(MONDAY, MONDAY) == 0
    assert working_days_between(MONDAY, date(2026, 11, 30)) == 5
    assert working_days_between(date(2026, 11, 28), date(2026, 11, 29)) == 0


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(1, 30))
def test_due_day_lies_as_many_working_days_off_as_promised(start, days):
    assert working_days_between(start, due_on(start, days)) == days


def test_figures_count_what_is_in_time_late_waiting_and_overdue():
    def timing(due: int, answered: int | None) -> Timing:
        return Timing(
            MONDAY,
            MONDAY + timedelta(days=due),
            None if answered is None else MONDAY + timedelta(days=answered),
        )

    rows = [timing(4, 1), timing(4, 4), timing(2, 3), timing(1, None), timing(9, None)]
    figures = answer_figures(rows, MONDAY + timedelta(days=2))
    assert (figures.received, figures.answered, figures.in_time) == (5, 3, 2)
    assert (figures.waiting, figures.overdue) == (2, 1)
    assert figures.median_days == 3.0
    assert figures.in_time_share == 66.7


def test_figures_of_nothing_are_unknown_and_not_zero():
    figures = answer_figures([], MONDAY)
    assert (figures.received, figures.median_days, figures.in_time_share) == (0, None, None)
