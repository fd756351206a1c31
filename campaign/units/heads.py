"""What stands at the head and the foot of a unit's documents. Pure.

Decree 30/2020, annex I, items 2 to 4 and 7; the Youth Union has a layout of its own without the national title.
"""

from dataclasses import dataclass
from datetime import date

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
UNION = "ĐOÀN TNCS HỒ CHÍ MINH"


@dataclass(frozen=True, slots=True)
class Head:
    """The lines as they are written; an empty one is left out."""

    superior: str
    issuer: str
    number: str
    right: str
    motto: str
    place_and_day: str
    authority: str
    signer: str


def number_line(symbol: str, *, kind: str, number: int | None = None) -> str:
    """`Số: 05/BC-ABC`: below ten with a nought before; without a number room to write it by hand."""
    tail = "-".join(part for part in (kind, symbol) if part)
    shown = f"{number:02d}" if number is not None else "     "
    return f"Số: {shown}/{tail}" if tail else f"Số: {shown}"


def day_line(place: str, day: date | None) -> str:
    """`Sơn La, ngày 05 tháng 01 năm 2027`: noughts before days below ten and months below three."""
    if day is None:
        return f"{place}, ngày      tháng      năm"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"


def head_of(
    *,
    superior_body: str,
    issuing_name: str,
    symbol: str,
    place: str,
    authority: str,
    signer_office: str,
    is_youth_union: bool,
    kind: str = "BC",
    number: int | None = None,
    day: date | None = None,
) -> Head:
    """The head of a document of `kind` (BC a report, TTr a proposal …), dated `day` or to be dated by hand.

    An acting head signs under his own office; who signs for another writes the other's office after KT., TL.,
    TM. and his own below: `signer_office` holds both, parted by a stroke ("Hiệu trưởng / Phó Hiệu trưởng").
    """
    above, _, own = (part.strip() for part in signer_office.partition("/"))
    lines = [f"{authority} {above}".strip().upper(), own.upper()]
    return Head(
        superior=superior_body.upper(),
        issuer=issuing_name.upper(),
        number=number_line(symbol, kind=kind, number=number),
        right=UNION if is_youth_union else NATION,
        motto="" if is_youth_union else MOTTO,
        place_and_day=day_line(place, day),
        authority=lines[0],
        signer=lines[1],
    )
