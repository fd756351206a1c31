"""Until when one registers, and when two addresses are one. Pure."""

import unicodedata
from datetime import date, datetime, time

from campaign.events.choices import OPEN

# Letters to these houses reach one box with and without dots.
WITHOUT_DOTS = frozenset({"gmail.com", "googlemail.com"})
NO_PLACES = "Đã hết chỗ."


def mail_key(address: str) -> str:
    """What two spellings of one mail address share; empty for none.

    Case, width and composition of letters, what stands behind a plus, dots at Google's, and the letters of a
    domain's name are the same box to nearly everybody; whoever is told so wrongly still has a telephone.
    """
    text = unicodedata.normalize("NFKC", address).strip().casefold()
    box, at, domain = text.rpartition("@")
    if not at or not box or not domain:
        return ""
    try:
        domain = domain.rstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        domain = domain.rstrip(".")
    box = box.partition("+")[0] or box
    if domain in WITHOUT_DOTS:
        box, domain = box.replace(".", ""), "gmail.com"
    return f"{box}@{domain}"


def closing_moment(
    closes_at: datetime | None, day: date | None, starts_at: time | None, zone: object
) -> datetime | None:
    """When registration ends: as told, else when the event begins, but never after that; None without a day."""
    if day is None:
        return None
    begins = datetime.combine(day, starts_at or time.min, zone)  # type: ignore[arg-type]
    return min(closes_at, begins) if closes_at else begins


def registration_problem(
    state: str, closes: datetime | None, now: datetime, *, is_open: bool
) -> str | None:
    """Why nobody can register now, in words, or None."""
    if state not in OPEN:
        return "Sự kiện đã hủy hoặc đã diễn ra: không nhận đăng ký nữa."
    if closes is None:
        return "Sự kiện đang hoãn, chưa định ngày mới: tạm dừng nhận đăng ký."
    if not is_open:
        return "Đơn vị tổ chức đã dừng nhận đăng ký."
    if now >= closes:
        return "Đã hết hạn đăng ký."
    return None


def heads_problem(heads: int, most: int, free: int | None) -> str | None:
    """What is wrong with a number of people for whom places are asked, or None."""
    if heads < 1:
        return "Ít nhất 1 người."
    if heads > most:
        return f"Mỗi phiếu đăng ký nhiều nhất {most} người."
    if free is not None and heads > free:
        return NO_PLACES if free <= 0 else f"Chỉ còn {free} chỗ."
    return None


def capacity_problem(capacity: int | None, taken: int) -> str | None:
    """Why there can't be so few places, or None."""
    if capacity is not None and capacity < 1:
        return "Số chỗ từ 1 trở lên; không giới hạn thì để trống."
    if capacity is not None and capacity < taken:
        return f"Đã có {taken} người đăng ký: số chỗ không ít hơn."
    return None
