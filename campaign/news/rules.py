"""Rules of news, pure: which dates an article may carry."""

from datetime import date, timedelta

# The movement was called for on 18/11/2024; older reports of like work may be told, absurd dates not.
EARLIEST = date(2020, 1, 1)
FURTHEST_AHEAD = timedelta(days=366)


def date_problem(day: date, *, today: date) -> str | None:
    """Why `day` can't be an article's date, or None."""
    if day < EARLIEST:
        return f"Ngày quá xa trong quá khứ: sớm nhất là {EARLIEST:%d/%m/%Y}."
    if day > today + FURTHEST_AHEAD:
        return "Ngày quá xa trong tương lai: không quá một năm kể từ hôm nay."
    return None
