"""Days and sessions of events. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from campaign.events.choices import EventState

SUNDAY = 6
# Classes that tell late still tell: so many days after the last one.
ATTENDANCE_DAYS = 7
# What people think of a day is asked while they remember it.
ANSWER_DAYS = 30
# No class is larger; a slip of the finger is.
LARGEST_CLASS = 2000
# Recurs for as long as anybody plans ahead.
FIRST_YEAR, LAST_YEAR = 2022, 2100


def proposed_day(year: int, month: int, day: int) -> date:
    """The day of a yearly event, or the Monday after when it falls on a Sunday.

    The day is mostly held with the week's flag ceremony (plan CB 1.1), and on Sundays no class is there. A 29th
    of February is the 28th in other years.
    """
    try:
        found = date(year, month, day)
    except ValueError:
        found = date(year, month, 28)
    return found + timedelta(days=1) if found.weekday() == SUNDAY else found


@dataclass(frozen=True, slots=True)
class Slot:
    """A session: its hours, place and who holds it."""

    title: str
    starts_at: time
    ends_at: time | None = None
    place: str = ""
    host: str = ""


def sessions_problems(slots: Sequence[Slot]) -> dict[int, str]:
    """What is wrong with sessions, by their place in the list: turned round, or two at once in one place.

    Sessions at the same hour in different places are right: a day has many rooms.
    """
    found: dict[int, str] = {}
    for number, slot in enumerate(slots):
        if slot.ends_at is not None and slot.ends_at <= slot.starts_at:
            found[number] = "Giờ kết thúc phải sau giờ bắt đầu."
            continue
        for other in slots[:number]:
            if _meets(slot, other) and (problem := _same(slot, other)):
                found[number] = f"Trùng giờ với “{other.title}”: {problem}."
                break
    return found


def _meets(one: Slot, other: Slot) -> bool:
    """Whether two sessions share a moment; one without an end lasts a moment."""
    first, second = sorted((one, other), key=lambda slot: slot.starts_at)
    if first.starts_at == second.starts_at:
        return True
    return first.ends_at is not None and second.starts_at < first.ends_at


def _same(one: Slot, other: Slot) -> str | None:
    """What two sessions at one time can't share."""
    if _key(one.place) == _key(other.place):
        return f"cùng ở {one.place}" if one.place else "chưa ghi địa điểm khác nhau"
    if one.host and _key(one.host) == _key(other.host):
        return f"cùng do {one.host} phụ trách"
    return None


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def day_words(days: int) -> str:
    """How far an event is, in words: counted by the server, so it needs no script."""
    if days == 0:
        return "Hôm nay"
    if days == 1:
        return "Ngày mai"
    if days < 0:
        return f"{-days} ngày trước"
    return f"Còn {days} ngày"


def edition_title(title: str, before: int, year: int) -> str:
    """The title of another year's edition: its year changed, or put behind where it had none."""
    if str(before) in title:
        return title.replace(str(before), str(year))
    return f"{title} {year}"


def attendance_problem(
    state: str, first: date | None, last: date | None, today: date, *, is_sent: bool
) -> str | None:
    """Why attendance can't be told on `today`; None from the first day until a week after the last one.

    Once the event stands in the log and was sent, its figures are with the head.
    """
    if state == EventState.CANCELLED:
        return "Sự kiện đã hủy: không điểm danh."
    if first is None:
        return "Sự kiện chưa định ngày."
    if today < first:
        return f"Điểm danh mở vào ngày {first:%d/%m/%Y}."
    if is_sent:
        return "Sự kiện đã ghi vào nhật ký và gửi xác nhận: số điểm danh không sửa được nữa."
    closes = (last or first) + timedelta(days=ATTENDANCE_DAYS)
    if today > closes:
        return f"Đã hết hạn điểm danh (hết ngày {closes:%d/%m/%Y})."
    return None


def present_problem(present: int, enrolled: int) -> str | None:
    """What is wrong with a class's two numbers, or None."""
    if not 1 <= enrolled <= LARGEST_CLASS:
        return f"Sĩ số từ 1 đến {LARGEST_CLASS}."
    if present < 0:
        return "Số có mặt không nhỏ hơn 0."
    if present > enrolled:
        return f"Có mặt {present} mà sĩ số chỉ {enrolled}: hãy xem lại."
    return None


def share_words(present: int, enrolled: int) -> str:
    """Present of enrolled in hundredths, Vietnamese way; nothing where nobody is enrolled."""
    if enrolled <= 0:
        return ""
    tenths = (present * 1000 + enrolled // 2) // enrolled
    whole, rest = divmod(tenths, 10)
    return f"{whole},{rest}%" if rest else f"{whole}%"


def answers_problem(state: str, first: date | None, last: date | None, today: date) -> str | None:
    """Why nothing can be said of an event on `today`; None from its first day until thirty after its last."""
    if state == EventState.CANCELLED:
        return "Sự kiện đã hủy."
    if first is None or today < first:
        return "Sự kiện chưa diễn ra: hẹn bạn sau buổi này."
    if today > (last or first) + timedelta(days=ANSWER_DAYS):
        return "Đã hết thời gian góp ý về sự kiện này. Bạn vẫn viết cho nhà trường được ở trang Liên hệ."
    return None
