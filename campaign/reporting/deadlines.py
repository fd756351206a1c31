"""When a report is due, and what it tells of. Pure: days come in as values.

- A quarter's report is due *before the 25th of its last month* (plan CB V.2(1)): the last safe day is the 24th.
- A school year's report is due *at the latest 10 days after the school year has ended* (CB V.2(2)), that day
  included; when the year ends is the institution's own matter.
- A fixed report is due before, or on, a day that is told (SL 4.1: before 15/9; QN26 4: before 15/11; HN 3:
  before 25/6); one on request has a day of its own (CB V.2(3)).

"Before day X" has X-1 as its last safe day; "at the latest on X" includes X. A day ends at midnight in Vietnam.

What a report tells of (its *data window*) is not its calendar period: a report due on the 25th can't hold
the last days. The windows of successive quarters join without gap or overlap: each begins the day after the
last one ended.

A round has three moments: it opens; it is due; it locks. Between due and lock a report is taken, and marked
late.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum

ROMAN = ("I", "II", "III", "IV")
QUARTER_DAY = 25
YEAR_DAYS = 10
# From the last day of its data to the last safe day: time to write, sign and hand in.
WRITING_DAYS = 4
# So many days before it is due; -1 is the day after.
REMINDER_DAYS = (7, 3, 1, -1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """A day as a plan says it: before `day`, or at the latest on it."""

    day: date
    inclusive: bool

    @property
    def last_safe(self) -> date:
        """The last day on which a report is in time."""
        return self.day if self.inclusive else self.day - DAY

    @property
    def words(self) -> str:
        """As the plan says it, with the last safe day where that is another."""
        if self.inclusive:
            return f"chậm nhất ngày {self.day:%d/%m/%Y}"
        return f"trước ngày {self.day:%d/%m/%Y} (hạn cuối {self.last_safe:%d/%m})"


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a calendar year, 1 to 4."""

    year: int
    number: int

    @property
    def name(self) -> str:
        """`Quý IV/2026`."""
        return f"Quý {ROMAN[self.number - 1]}/{self.year}"

    @property
    def days(self) -> tuple[date, date]:
        """First and last day of the calendar quarter."""
        first = date(self.year, self.number * 3 - 2, 1)
        after = (
            date(self.year + 1, 1, 1)
            if self.number == 4
            else date(self.year, self.number * 3 + 1, 1)
        )
        return first, after - DAY

    @property
    def limit(self) -> Limit:
        """Before the 25th of its last month."""
        return Limit(date(self.year, self.number * 3, QUARTER_DAY), inclusive=False)

    @property
    def before(self) -> "Quarter":
        """The quarter before."""
        return (
            Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)
        )

    @property
    def window(self) -> tuple[date, date]:
        """What its report tells of: from the day after the last window to some days before it is due."""
        return _closes(self.before) + DAY, _closes(self)


def _closes(quarter: Quarter) -> date:
    return quarter.limit.last_safe - timedelta(days=WRITING_DAYS)


def quarter_of(day: date) -> Quarter:
    """The calendar quarter that `day` lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarter_to_report(day: date) -> Quarter:
    """The quarter whose window `day` lies in: what happens on it is told of in this quarter's report."""
    quarter = quarter_of(day)
    if day <= quarter.window[1]:
        return quarter
    return quarter_of(quarter.days[1] + DAY)


def school_year_limit(ends_on: date) -> Limit:
    """At the latest 10 days after the school year has ended (plan CB V.2(2))."""
    return Limit(ends_on + timedelta(days=YEAR_DAYS), inclusive=True)


def window_problem(data_from: date, data_to: date, before: tuple[date, date] | None) -> str | None:
    """Why a data window can't be, in words, or None; `before` is the window of another round of the chain."""
    if data_to < data_from:
        return "Ngày cuối của số liệu không được trước ngày đầu."
    if before and data_from <= before[1] and data_to >= before[0]:
        return (
            f"Một kỳ khác đã tính số liệu từ {before[0]:%d/%m/%Y} đến {before[1]:%d/%m/%Y}: "
            "hai kỳ không được tính cùng một ngày."
        )
    return None


def gap_after(before: tuple[date, date] | None, data_from: date) -> tuple[date, date] | None:
    """The days between the last window and this one that no report would tell of, or None."""
    if before is None or data_from <= before[1] + DAY:
        return None
    return before[1] + DAY, data_from - DAY


class Moment(Enum):
    """Where a round stands for one report."""

    PLANNED = "planned"
    OPEN = "open"
    LATE = "late"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Term:
    """The moments of one report: the day it opens, its last safe day, its lock (None: it never locks)."""

    opens_on: date
    due_on: date
    locks_on: date | None = None

    def moment(self, now: datetime, zone: tzinfo) -> Moment:
        """Where it stands at `now`; days are those of `zone`, whatever clock the server keeps."""
        today = now.astimezone(zone).date()
        if today < self.opens_on:
            return Moment.PLANNED
        if today <= self.due_on:
            return Moment.OPEN
        if self.locks_on is None or today <= self.locks_on:
            return Moment.LATE
        return Moment.LOCKED

    def last_second(self, zone: tzinfo) -> datetime | None:
        """The first moment at which nothing is taken any more: midnight after the day of the lock."""
        if self.locks_on is None:
            return None
        return datetime.combine(self.locks_on + DAY, time.min, zone)


def term_problem(term: Term) -> dict[str, str]:
    """What is wrong with three moments, by field; nothing when they are in order."""
    if term.due_on < term.opens_on:
        return {"limit_on": "Hạn nộp trước ngày mở kỳ."}
    if term.locks_on is not None and term.locks_on < term.due_on:
        return {"locks_on": "Ngày khóa trước hạn nộp."}
    return {}


def extended(term: Term, last_day: date) -> Term:
    """With more time: due on `last_day`; the lock moves with it where it would come earlier.

    ValueError if sooner.
    """
    if last_day <= term.due_on:
        raise ValueError(last_day)
    locks_on = term.locks_on
    return Term(term.opens_on, last_day, max(locks_on, last_day) if locks_on else None)


def days_late(first_submitted: datetime, due_on: date, zone: tzinfo) -> int:
    """Days after the last safe day; 0 in time. Timeliness is that of the first submission."""
    return max(0, (first_submitted.astimezone(zone).date() - due_on).days)


def reminder_stage(due_on: date, today: date) -> int | None:
    """Which reminder falls on `today`: 7, 3 or 1 days before the last safe day, or the day after; else None."""
    left = (due_on - today).days
    return left if left in REMINDER_DAYS else None


def limit_for(kind: str, limit: Limit, steps: Mapping[str, Limit]) -> Limit:
    """The limit of a unit of this kind: that of its level of the line, else that of the round (plan SL 4.1)."""
    return steps.get(kind, limit)
