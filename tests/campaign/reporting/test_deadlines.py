"""Days of reports: at their edges, and for any year."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.reporting.deadlines import (
    Limit,
    Moment,
    Quarter,
    Term,
    days_late,
    extended,
    gap_after,
    limit_for,
    quarter_of,
    quarter_to_report,
    reminder_stage,
    school_year_limit,
    term_problem,
    window_problem,
)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
days = st.dates(date(2020, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("number", "last_safe"),
    [
        (1, date(2026, 3, 24)),
        (2, date(2026, 6, 24)),
        (3, date(2026, 9, 24)),
        (4, date(2026, 12, 24)),
    ],
)
def test_quarter_is_due_before_the_25th_of_its_last_month(number, last_safe):
    assert Quarter(2026, number).limit.last_safe == last_safe


def test_before_a_day_tells_the_last_safe_day_and_at_the_latest_includes_it():
    assert (
        Limit(date(2026, 12, 25), inclusive=False).words == "trước ngày 25/12/2026 (hạn cuối 24/12)"
    )
    assert Limit(date(2027, 6, 10), inclusive=True).words == "chậm nhất ngày 10/06/2027"


def test_school_year_is_due_ten_days_after_its_end():
    assert school_year_limit(date(2027, 5, 31)).last_safe == date(2027, 6, 10)


def test_quarters_are_named_in_roman():
    assert [Quarter(2026, n).name for n in (1, 4)] == ["Quý I/2026", "Quý IV/2026"]


@given(days)
def test_every_day_is_told_of_in_exactly_one_quarter(day):
    quarter = quarter_to_report(day)
    first, last = quarter.window
    assert first <= day <= last
    assert last < quarter.limit.last_safe
    assert Quarter(*_after(quarter)).window[0] == last + timedelta(days=1)


def _after(quarter: Quarter) -> tuple[int, int]:
    return (quarter.year + 1, 1) if quarter.number == 4 else (quarter.year, quarter.number + 1)


@given(days)
def test_quarter_of_a_day_holds_it(day):
    first, last = quarter_of(day).days
    assert first <= day <= last


TERM = Term(date(2026, 12, 1), date(2026, 12, 24), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        (datetime(2026, 11, 30, 23, 59, 59, tzinfo=VIETNAM), Moment.PLANNED),
        (datetime(2026, 12, 1, 0, 0, 0, tzinfo=VIETNAM), Moment.OPEN),
        (datetime(2026, 12, 24, 23, 59, 59, tzinfo=VIETNAM), Moment.OPEN),
        (datetime(2026, 12, 25, 0, 0, 0, tzinfo=VIETNAM), Moment.LATE),
        (datetime(2026, 12, 31, 23, 59, 59, tzinfo=VIETNAM), Moment.LATE),
        (datetime(2027, 1, 1, 0, 0, 0, tzinfo=VIETNAM), Moment.LOCKED),
        # A server in UTC: 17:00 there is midnight in Vietnam.
        (datetime(2026, 12, 24, 16, 59, 59, tzinfo=UTC), Moment.OPEN),
        (datetime(2026, 12, 24, 17, 0, 0, tzinfo=UTC), Moment.LATE),
        (datetime(2026, 12, 31, 17, 0, 0, tzinfo=UTC), Moment.LOCKED),
    ],
)
def test_moments_turn_at_midnight_in_vietnam(now, moment):
    assert TERM.moment(now, VIETNAM) == moment


def test_without_a_lock_it_is_taken_for_ever():
    term = Term(TERM.opens_on, TERM.due_on)
    assert term.moment(datetime(2030, 1, 1, tzinfo=UTC), VIETNAM) == Moment.LATE
    assert term.last_second(VIETNAM) is None


def test_last_second_is_midnight_after_the_lock():
    assert TERM.last_second(VIETNAM) == datetime(2027, 1, 1, tzinfo=VIETNAM)


def test_lateness_counts_days_after_the_last_safe_day():
    late = [days_late(datetime(2026, 12, day, 12, tzinfo=VIETNAM), date(2026, 12, 24), VIETNAM)
            for day in (20, 24, 25, 27)]  # fmt: skip
    assert late == [0, 0, 1, 3]


def test_reminders_fall_on_four_days():
    due = date(2026, 12, 24)
    told = [reminder_stage(due, due - timedelta(days=n)) for n in (8, 7, 6, 3, 1, 0, -1, -2)]
    assert told == [None, 7, None, 3, 1, None, -1, None]


def test_more_time_moves_the_lock_only_where_it_would_come_earlier():
    assert extended(TERM, date(2026, 12, 28)).locks_on == date(2026, 12, 31)
    assert extended(TERM, date(2027, 1, 5)).locks_on == date(2027, 1, 5)
    with pytest.raises(ValueError, match="2026-12-24"):
        extended(TERM, TERM.due_on)


def test_moments_out_of_order_are_told_at_their_field():
    assert list(term_problem(Term(date(2026, 5, 2), date(2026, 5, 1)))) == ["limit_on"]
    assert list(term_problem(Term(date(2026, 5, 1), date(2026, 5, 9), date(2026, 5, 8)))) == [
        "locks_on"
    ]
    assert term_problem(TERM) == {}


def test_windows_neither_overlap_nor_leave_a_gap_unsaid():
    before = (date(2026, 6, 21), date(2026, 9, 20))
    assert "20/09/2026" in (window_problem(date(2026, 9, 20), date(2026, 12, 20), before) or "")
    assert window_problem(date(2026, 9, 21), date(2026, 12, 20), before) is None
    assert gap_after(before, date(2026, 9, 21)) is None
    assert gap_after(before, date(2026, 9, 25)) == (date(2026, 9, 21), date(2026, 9, 24))
    assert window_problem(date(2026, 9, 2), date(2026, 9, 1), None)


def test_each_level_has_its_own_limit():
    whole, own = Limit(date(2026, 9, 30), False), Limit(date(2026, 9, 15), False)
    assert limit_for("faculty", whole, {"faculty": own}) == own
    assert limit_for("institution", whole, {"faculty": own}) == whole
