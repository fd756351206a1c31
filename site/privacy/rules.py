"""Due dates of requests about one's own data. Pure.

Decree 356/2025/NĐ-CP, article 5 (domain handbook 2e): the office answers within two working days that it has
the request; it acts within 15 days on withdrawing, restricting and objecting, within 10 on viewing, copying
and rectifying, within 20 on deleting; where somebody else processes the data for it, within 20, 15 and 30.
Each may be put off once, by as many days as the office itself has, with the reason told to the person.
The day of receipt does not count. What came by letter counts from the day it came, not from the day it was
typed in.

Months of keeping are months of the calendar: what the privacy page promises is neither cut nor stretched.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from core.workdays import add_working_days
from privacy.choices import RequestKind

REPLY_WORKING_DAYS = 2
MAX_REASON = 500
# A letter that was found later than this is a slip of the pen in the year.
OLDEST_LETTER = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Limit:
    """Days to act: by the office alone, with a processor, and the one extension."""

    days: int
    with_processor: int
    extension: int


QUICK = Limit(10, 15, 10)
MIDDLE = Limit(15, 20, 15)
LONG = Limit(20, 30, 20)
LIMITS: dict[str, Limit] = {
    RequestKind.VIEW: QUICK,
    RequestKind.COPY: QUICK,
    RequestKind.RECTIFY: QUICK,
    RequestKind.WITHDRAW: MIDDLE,
    RequestKind.RESTRICT: MIDDLE,
    RequestKind.OBJECT: MIDDLE,
    RequestKind.DELETE: LONG,
}


def reply_due(received: date, holidays: Collection[date] = ()) -> date:
    """The last day to say that the request has come."""
    return add_working_days(received, REPLY_WORKING_DAYS, holidays)


def decision_due(kind: str, received: date, *, with_processor: bool = False) -> date:
    """The last day to act on a request of `kind`."""
    limit = LIMITS[kind]
    return received + timedelta(days=limit.with_processor if with_processor else limit.days)


def extended_due(kind: str, due: date) -> date:
    """The last day after the one extension."""
    return due + timedelta(days=LIMITS[kind].extension)


def receipt_problem(received: date, today: date) -> str | None:
    """Why a letter can't have come on `received`, or None."""
    if received > today:
        return "Ngày nhận chưa tới. Hãy ghi ngày thư đến trường."
    if received < today - OLDEST_LETTER:
        return "Ngày nhận cách đây hơn một năm. Hãy xem lại năm."
    return None
