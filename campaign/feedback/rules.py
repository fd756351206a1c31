"""Rules of questions, suggestions and difficulties. Pure.

Difficulties met on the ground go to the standing unit, which answers or passes them on (plans CB V, QN25 IV,
QN26: “khó khăn, vướng mắc” are reported to the leadership through one office). The plans set no time for an
answer: the office sets its own number of working days, and its figures show whether it keeps it.

A published question carries nothing that points at a person: names, telephone numbers, e-mail addresses and
identity numbers are taken out before anybody sees the text (Law 91/2025/QH15: publishing needs its own ground).
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from core.text import fold, folded_with_positions
from core.workdays import add_working_days, is_working_day

MAX_FOLLOW_UPS = 5
GONE = "[…]"
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Nine digits and more in a row, signs between them allowed: telephone, identity and account numbers.
LONG_NUMBER = re.compile(r"(?<![\w])\+?\d(?:[\s.\-()]{0,2}\d){8,15}(?!\w)")
ADDRESS = re.compile(r"https?://\S*(?:facebook|zalo|fb)\.\S+", re.IGNORECASE)


def due_on(received: date, working_days: int, holidays: Collection[date] = ()) -> date:
    """The last day for an answer: the `working_days`-th working day after the day of receipt."""
    return add_working_days(received, working_days, holidays)


@dataclass(frozen=True, slots=True)
class Redaction:
    """A text without what points at a person, and what was taken out."""

    text: str
    removed: tuple[str, ...]


def redact(text: str, names: Iterable[str] = ()) -> Redaction:
    """`text` with e-mail addresses, long numbers, personal pages and `names` replaced by […].

    Names are found with and without marks and in any case; single-word names shorter than three letters are
    left to the reader's eye, since they are words of the language too.
    """
    removed: list[str] = []

    def gone(match: re.Match[str]) -> str:
        removed.append(match.group().strip())
        return GONE

    for pattern in (ADDRESS, EMAIL, LONG_NUMBER):
        text = pattern.sub(gone, text)
    for name in sorted({name.strip() for name in names}, key=len, reverse=True):
        if len(name) >= 3:
            text = _without_name(text, name, removed)
    return Redaction(text, tuple(removed))


def _without_name(text: str, name: str, removed: list[str]) -> str:
    folded, positions = folded_with_positions(text)
    wanted = r"\s+".join(re.escape(part) for part in fold(name).split())
    for found in reversed(list(re.finditer(rf"\b{wanted}\b", folded))):
        start, end = positions[found.start()], positions[found.end() - 1] + 1
        removed.append(text[start:end])
        text = text[:start] + GONE + text[end:]
    return text


@dataclass(frozen=True, slots=True)
class Timing:
    """The days of one message: received, due, first answered (None while it waits)."""

    received: date
    due: date
    answered: date | None


@dataclass(frozen=True, slots=True)
class Figures:
    """How the office answers; None where there is nothing to count from."""

    received: int
    answered: int
    in_time: int
    waiting: int
    overdue: int
    median_days: float | None

    @property
    def in_time_share(self) -> float | None:
        """Of the answered, the per cent that were in time."""
        return round(100 * self.in_time / self.answered, 1) if self.answered else None


def working_days_between(start: date, end: date, holidays: Collection[date] = ()) -> int:
    """Working days after `start` up to and with `end`; 0 for the same day."""
    days = (date.fromordinal(n) for n in range(start.toordinal() + 1, end.toordinal() + 1))
    return sum(is_working_day(day, holidays) for day in days)


def answer_figures(
    timings: Sequence[Timing], today: date, holidays: Collection[date] = ()
) -> Figures:
    """Counts and the median of working days until the first answer."""
    answered = [timing for timing in timings if timing.answered]
    waiting = [timing for timing in timings if not timing.answered]
    taken = [
        working_days_between(timing.received, timing.answered, holidays)
        for timing in answered
        if timing.answered
    ]
    return Figures(
        received=len(timings),
        answered=len(answered),
        in_time=sum(1 for t in answered if t.answered and t.answered <= t.due),
        waiting=len(waiting),
        overdue=sum(timing.due < today for timing in waiting),
        median_days=float(median(taken)) if taken else None,
    )
