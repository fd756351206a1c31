"""Self-assessment before and after learning: days, what a tally sheet may say, shares and their change. Pure.

The plans want a real change in competence measured (plan CB, QN25; handbook item 83). Learners judge themselves
by the framework twice, anonymously. Those before and those after are two groups of which nobody knows who is in
both: their shares are set side by side, and no cause is claimed.

- A share is of the sheets: whoever left a statement open is not counted as able.
- Two rounds of days, the second after the first. A class of one evening has both on one day: the second opens
  when the first is ended by hand.
- Paper comes in late from a village: it may be counted until 30 days after a round's last day, or until the
  unit settles the round. Then results are shown, and nothing in them changes any more: whoever looked twice
  would find the sheets that came between.
- Of the answers to one statement there are never more than there are sheets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor

PAPER_DAYS = 30
LONGEST_ROUND = 120
MOST_SHEETS = 2000
MOST_UNITS = 200
MOST_AUDIENCES = 6
# Without 0, 1, i, l, o: read off paper and typed on a telephone.
CODE_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 6
SMALLEST = 5


@dataclass(frozen=True, slots=True)
class Round:
    """The days of one round, both included; whether it was ended by hand, and whether it was settled."""

    first: date
    last: date
    is_closed: bool = False
    is_settled: bool = False

    @property
    def settles_on(self) -> date:
        """The day from which it is settled by itself."""
        return self.last + timedelta(days=PAPER_DAYS + 1)

    def state(self, today: date) -> str:
        """`coming`; `open` for learners; `counting` what came on paper; `ended`, with its results."""
        if self.is_settled or today >= self.settles_on:
            return "ended"
        if today < self.first:
            return "coming"
        return "counting" if self.is_closed or today > self.last else "open"

    def takes_paper(self, today: date) -> bool:
        """Whether sheets on paper may be counted today."""
        return self.state(today) in ("open", "counting")


def states(before: Round, after: Round, today: date) -> tuple[str, str]:
    """The states of both rounds: of two on one day the second waits for the end of the first."""
    first, second = before.state(today), after.state(today)
    return first, "coming" if second == "open" and first in ("coming", "open") else second


def days_problems(before: Round, after: Round) -> dict[str, str]:
    """What is wrong with the days of both rounds, by field."""
    found = {}
    for name, days in (("before", before), ("after", after)):
        if days.last < days.first:
            found[f"{name}_to"] = "Ngày cuối không được trước ngày đầu."
        elif (days.last - days.first).days >= LONGEST_ROUND:
            found[f"{name}_to"] = f"Một đợt không quá {LONGEST_ROUND} ngày."
    if not found and after.first < before.last:
        found["after_from"] = "Đợt sau không bắt đầu trước ngày cuối của đợt trước."
    return found


def groups_problem(count: int) -> str | None:
    """Why a survey can't ask so many groups, or None."""
    if 1 <= count <= MOST_AUDIENCES:
        return None
    return f"Hãy chọn từ 1 đến {MOST_AUDIENCES} nhóm."


def moved_problems(name: str, old: Round, new: Round, today: date) -> dict[str, str]:
    """Why the days of the round `name` can't become `new` once sheets have come in, by field."""
    if (old.first, old.last) == (new.first, new.last):
        return {}
    state = old.state(today)
    if state in ("counting", "ended"):
        return {f"{name}_to": "Đợt này đã kết thúc: không đổi ngày được nữa."}
    if state == "open" and old.first != new.first:
        return {f"{name}_from": "Đợt này đã bắt đầu: chỉ đổi được ngày cuối."}
    if new.last < today:
        return {f"{name}_to": "Ngày cuối đã qua. Muốn dừng hôm nay thì bấm “Kết thúc đợt”."}
    return {}


def code_key(typed: str) -> str:
    """A code as it is stored: small letters, without blanks and dashes that somebody typed."""
    return "".join(sign for sign in typed.lower() if sign.isalnum())[:20]


def sheet_problem(sheets: int) -> str | None:
    """Why a tally of so many sheets can't be, or None."""
    if sheets < 1:
        return "Cần ít nhất một phiếu."
    if sheets > MOST_SHEETS:
        return f"Một lần nhập không quá {MOST_SHEETS} phiếu."
    return None


def count_problems(sheets: int, counts: Mapping[int, Sequence[int]]) -> dict[int, str]:
    """What is wrong with the counts of each statement, four numbers each."""
    found = {}
    for question, numbers in counts.items():
        total = sum(numbers)
        if min(numbers, default=0) < 0:
            found[question] = "Số đếm không âm."
        elif total > sheets:
            found[question] = f"Cộng lại là {total}, nhiều hơn {sheets} phiếu."
    return found


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of how many sheets are able, as far as it may be told.

    `able` is None where the exact number is kept back. Then `side` may still say that the able are fewer than
    five ("few"), or all but fewer than five ("most"); "" says nothing.
    """

    sheets: int | None
    able: int | None = None
    side: str = ""

    @property
    def percent(self) -> int | None:
        """The share, rounded half up."""
        if self.able is None or not self.sheets:
            return None
        return percent(self.able, self.sheets)

    @property
    def bounds(self) -> tuple[int, int] | None:
        """Between which whole percents the share lies, both included; one number twice where it is told."""
        if self.percent is not None:
            return self.percent, self.percent
        if self.sheets and self.side == "few":
            return 0, ceil((SMALLEST - 1) * 100 / self.sheets)
        if self.sheets and self.side == "most":
            return floor((self.sheets - SMALLEST + 1) * 100 / self.sheets), 100
        return None


@dataclass(frozen=True, slots=True)
class Change:
    """By how many percentage points a share rose (below nought: fell); `at_least` where only that is known."""

    points: int
    at_least: bool = False


def percent(part: int, whole: int) -> int:
    """A share in whole percents, rounded half up as people do."""
    return (200 * part + whole) // (2 * whole)


def change(before: Figure | None, after: Figure | None) -> Change | None:
    """The difference of the two shares as they are shown, so that readers find the same; None where unknown."""
    then = before.bounds if before else None
    now = after.bounds if after else None
    if then is None or now is None:
        return None
    least, most = now[0] - then[1], now[1] - then[0]
    if least == most:
        return Change(least)
    if least > 0:
        return Change(least, at_least=True)
    return Change(most, at_least=True) if most < 0 else None


def mean(shares: Sequence[int | None]) -> int | None:
    """The average of shares that are told; None when one is not, or there is none."""
    told = [share for share in shares if share is not None]
    if not told or len(told) < len(shares):
        return None
    return percent(sum(told), 100 * len(told))
