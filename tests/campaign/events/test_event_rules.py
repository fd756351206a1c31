"""Days, sessions, moves: tables at their edges."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.events.choices import EventState
from campaign.events.rules import (
    Slot,
    attendance_problem,
    day_words,
    edition_title,
    present_problem,
    proposed_day,
    sessions_problems,
    share_words,
)
from campaign.events.workflow import MOVES, allowed_moves, move_named


@pytest.mark.parametrize(
    ("year", "day"),
    [(2025, "2025-10-10"), (2026, "2026-10-10"), (2027, "2027-10-11"), (2032, "2032-10-11")],
)
def test_a_sunday_becomes_the_monday_after(year, day):
    assert proposed_day(year, 10, 10) == date.fromisoformat(day)


def test_leap_day_in_a_common_year():
    assert proposed_day(2027, 2, 29) == date(2027, 3, 1)
    assert proposed_day(2028, 2, 29) == date(2028, 2, 29)


@given(st.integers(2022, 2100), st.integers(1, 12), st.integers(1, 31))
def test_no_proposed_day_is_a_sunday_and_none_is_far(year, month, day):
    if day > 28 and month != 2:
        day = min(day, 30)
    found = proposed_day(year, month, day)
    assert found.weekday() != 6
    assert abs((found - date(year, month, min(day, 28))).days) <= 3


def slot(begins, ends=None, place="Sân", host="", title="Mục"):
    """A session by its hours."""
    return Slot(title, time(begins), time(ends) if ends else None, place, host)


@pytest.mark.parametrize(
    ("slots", "wrong"),
    [
        ([], []),
        ([slot(7, 8), slot(8, 9)], []),
        ([slot(7, 9), slot(8, 10)], [1]),
        ([slot(7, 9), slot(8, 10, place="Hội trường")], []),
        ([slot(7, 9, host="Thầy Mẫu"), slot(8, 10, place="Khác", host="thầy mẫu")], [1]),
        ([slot(9, 8)], [0]),
        ([slot(8), slot(8)], [1]),
        ([slot(8), slot(9)], []),
        ([slot(7, 9, place="sân  TRƯỜNG"), slot(8, 9, place="Sân trường")], [1]),
        ([slot(8, 10), slot(7, 9), slot(6, 7)], [1]),
    ],
)
def test_sessions_that_meet(slots, wrong):
    assert sorted(sessions_problems(slots)) == wrong


@given(st.lists(st.tuples(st.integers(0, 22), st.integers(1, 23)), max_size=5))
def test_whether_sessions_meet_does_not_rest_on_their_order(hours):
    slots = [slot(begins, max(begins + 1, ends)) for begins, ends in hours]
    assert bool(sessions_problems(slots)) == bool(sessions_problems(slots[::-1]))


@pytest.mark.parametrize(
    ("days", "words"), [(0, "Hôm nay"), (1, "Ngày mai"), (2, "Còn 2 ngày"), (-3, "3 ngày trước")]
)
def test_how_far_in_words(days, words):
    assert day_words(days) == words


@pytest.mark.parametrize(
    ("title", "told"),
    [("Ngày hội 2026", "Ngày hội 2027"), ("Ngày hội", "Ngày hội 2027")],
)
def test_title_of_the_next_year(title, told):
    assert edition_title(title, 2026, 2027) == told


TABLE = {
    EventState.PLANNED: ["postpone", "cancel", "hold"],
    EventState.POSTPONED: ["postpone", "cancel", "hold"],
    EventState.CANCELLED: ["reopen"],
    EventState.HELD: ["reopen"],
}


@pytest.mark.parametrize("state", list(EventState))
def test_the_table(state):
    assert [move.name for move in allowed_moves(state)] == TABLE[state]


def test_whatever_is_not_as_announced_wants_a_reason():
    reasons = {move.name for move in MOVES if move.wants_reason}
    assert reasons == {"postpone", "cancel", "reopen"}
    assert move_named("hold").target == EventState.HELD
    with pytest.raises(KeyError):
        move_named("xong")


DAY = date(2026, 10, 12)


@pytest.mark.parametrize(
    ("state", "last", "today", "is_sent", "words"),
    [
        ("planned", None, date(2026, 10, 11), False, "mở vào ngày 12/10/2026"),
        ("planned", None, DAY, False, None),
        ("held", None, date(2026, 10, 19), False, None),
        ("held", None, date(2026, 10, 20), False, "hết ngày 19/10/2026"),
        ("held", date(2026, 10, 14), date(2026, 10, 21), False, None),
        ("held", date(2026, 10, 14), date(2026, 10, 22), False, "hết ngày 21/10/2026"),
        ("cancelled", None, DAY, False, "hủy"),
        ("held", None, DAY, True, "nhật ký"),
        ("postponed", None, DAY, False, None),
    ],
)
def test_attendance_is_open_from_the_day_for_a_week(state, last, today, is_sent, words):
    found = attendance_problem(state, DAY, last, today, is_sent=is_sent)
    assert found is None if words is None else words in found


def test_no_day_no_attendance():
    assert "chưa định ngày" in attendance_problem("postponed", None, None, DAY, is_sent=False)


@pytest.mark.parametrize(
    ("present", "enrolled", "is_right"),
    [(0, 1, True), (40, 40, True), (41, 40, False), (0, 0, False), (-1, 40, False),
     (2000, 2000, True), (1, 2001, False)],
)  # fmt: skip
def test_a_class_has_no_more_present_than_enrolled(present, enrolled, is_right):
    assert (present_problem(present, enrolled) is None) == is_right


@pytest.mark.parametrize(
    ("present", "enrolled", "words"),
    [(0, 40, "0%"), (40, 40, "100%"), (38, 40, "95%"), (58, 65, "89,2%"), (1, 3, "33,3%"),
     (2, 3, "66,7%"), (0, 0, "")],
)  # fmt: skip
def test_share_in_vietnamese(present, enrolled, words):
    assert share_words(present, enrolled) == words
