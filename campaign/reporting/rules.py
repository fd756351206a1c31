"""What is wrong with a report, and what wants a word. Pure.

*Hard* rules keep a report from being signed off and handed in, never from being saved: something required is
missing, a figure contradicts itself. *Soft* rules only want a word: ten times the last period, nought where
activities were logged, more than all. Empty, 0 and "does not apply" are three things.
Plan CB annex III and V.2; handbook §1H (a ratio keeps its numerator and its denominator, never the % alone).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from campaign.reporting.choices import AddUp, IndicatorKind

JUMP = 10
# Nobody has more of anything than people live in the country.
MOST = 100_000_000
LONGEST = 20_000
# Below this a tenfold says nothing.
SMALL = 5
WHAT_THEN = "Không có việc nào thì ghi 0; không thuộc đơn vị thì chọn “Không áp dụng”."


@dataclass(frozen=True, slots=True)
class Figure:
    """The value of one indicator, with what the sources and the last period say of it."""

    key: str
    label: str
    kind: str
    required: bool = False
    number: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    text: str = ""
    choice: str = ""
    not_applicable: bool = False
    # What the source offers; None without a source.
    offered: int | None = None
    # Activities that the source has counted; None without a source.
    records: int | None = None
    # The same figure of the last period, where one was told.
    before: int | None = None
    # Why it differs from the source, or why it is as it is.
    why: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was told; 0 is something."""
        if self.not_applicable:
            return False
        if self.kind == IndicatorKind.COUNT:
            return self.number is None
        if self.kind == IndicatorKind.RATIO:
            return self.numerator is None and self.denominator is None
        return not (self.text.strip() if self.kind == IndicatorKind.TEXT else self.choice)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where (`key`), in words; `is_hard` keeps the report from being handed in."""

    key: str
    said: str
    is_hard: bool = True


def problems_of(figure: Figure) -> list[Problem]:
    """What is wrong with one figure, hard first."""
    found = [Problem(figure.key, said) for said in _hard(figure)]
    if not found and not figure.not_applicable:
        found = [Problem(figure.key, said, is_hard=False) for said in _soft(figure)]
    return found


def _hard(figure: Figure) -> Iterable[str]:
    if figure.is_empty:
        if figure.required:
            yield f"“{figure.label}”: chưa có số liệu. {WHAT_THEN}"
        return
    numbers = (figure.number, figure.numerator, figure.denominator)
    if any(number is not None and number > MOST for number in numbers):
        yield f"“{figure.label}”: số quá lớn, xin xem lại."
    if figure.kind == IndicatorKind.RATIO and not figure.not_applicable:
        if figure.numerator is None or figure.denominator is None:
            yield f"“{figure.label}”: tỷ lệ cần cả số đạt và tổng số."
        elif figure.denominator == 0 and figure.numerator:
            yield f"“{figure.label}”: tổng số là 0 thì số đạt cũng phải là 0."
    differs = figure.offered is not None and figure.number != figure.offered
    if figure.kind == IndicatorKind.COUNT and differs and not figure.why.strip():
        yield f"“{figure.label}”: khác số đã có trong hệ thống ({figure.offered}), hãy ghi vì sao."


def _soft(figure: Figure) -> Iterable[str]:
    if figure.why.strip():
        return
    value = figure.numerator if figure.kind == IndicatorKind.RATIO else figure.number
    if (
        figure.kind == IndicatorKind.RATIO
        and figure.denominator
        and (figure.numerator or 0) > figure.denominator
    ):
        yield f"“{figure.label}”: {percent(figure.numerator, figure.denominator)}, vượt 100 %."
    before = figure.before or 0
    if value is not None and before >= SMALL and value >= before * JUMP:
        yield f"“{figure.label}”: gấp {JUMP} lần kỳ trước ({before}) trở lên."
    if value == 0 and figure.records:
        yield f"“{figure.label}”: ghi 0 nhưng nhật ký có {figure.records} hoạt động."


def percent(numerator: int | None, denominator: int | None) -> str:
    """`45,5 %`; "chưa có dữ liệu" where it can't be told."""
    if numerator is None or not denominator:
        return "chưa có dữ liệu"
    share = Decimal(numerator) * 100 / Decimal(denominator)
    rounded = share.quantize(Decimal("0.1"), ROUND_HALF_UP)
    words = f"{rounded:f}".rstrip("0").rstrip(".")
    return f"{words.replace('.', ',')} %"


def added_up(values: Iterable[int | None], how: str) -> int | None:
    """What several values make together; None when none was told, or they are not added up.

    The values stand in the order of their units, or of their periods: the newest last.
    """
    told = [value for value in values if value is not None]
    if not told or how == AddUp.NONE:
        return None
    if how == AddUp.SUM:
        return sum(told)
    return max(told) if how == AddUp.MOST else told[-1]
