"""Numbers and days as documents write them (Decree 30/2020, annex I, items 3 and 4). Pure."""

from datetime import date

SMALL = 10
BLANK = "      "


def written_date(place: str, day: date | None, *, year: int) -> str:
    """`Sơn La, ngày 05 tháng 02 năm 2026`: a nought before days under 10 and months 1 and 2 alone.

    Without a day, room to write it by hand.
    """
    if day is None:
        return f"{place}, ngày {BLANK} tháng {BLANK} năm {year}"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"


def written_number(
    number: int | None, kind: str, symbol: str, *, is_youth_union: bool = False
) -> str:
    """`Số: 05/BC-CĐHB`; room to write the number where the registry has not given one yet.

    The Youth Union writes `Số: 05-BC/ĐTN`.
    """
    first, second = ("-", "/") if is_youth_union else ("/", "-")
    ending = f"{kind}{second}{symbol}" if symbol else kind
    told = BLANK if number is None else f"{number:02d}"
    return f"Số: {told}{first}{ending}"
