"""The series "số liệu ghi nhận": what was counted, made fit to be shown to everybody. Pure.

Each table is one dimension (months, kinds, communes) and each measure is held back by itself: figures from
1 to 4 are not shown, nor another that would give them away (suppression.py). Periods are whole school years and
never overlap, so that no difference of two tables tells what one of them holds back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from campaign.results.suppression import shown_table


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is counted."""

    key: str
    name: str
    short: str


MEASURES = (
    Measure("activities", "Hoạt động", "Hoạt động"),
    Measure("classes", "Lớp cho người dân", "Lớp"),
    Measure("people", "Lượt người dự", "Người dự"),
    Measure("served", "Lượt hỗ trợ", "Hỗ trợ"),
)
KEYS = tuple(measure.key for measure in MEASURES)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of one month, kind or commune, in the order of MEASURES."""

    key: str
    label: str
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """The same as it may be shown; None where a figure is held back."""

    key: str
    label: str
    figures: tuple[int | None, ...]

    @property
    def rank(self) -> tuple[int, ...]:
        """For the largest first, by times served, then people; what is held back ranks as nought."""
        return tuple(-(number or 0) for number in reversed(self.figures))


@dataclass(frozen=True, slots=True)
class Series:
    """A table: its lines and their sums."""

    lines: tuple[Line, ...]
    sums: tuple[int | None, ...]

    @property
    def holds_back(self) -> bool:
        """Whether any figure is not shown."""
        return any(n is None for line in self.lines for n in line.figures) or None in self.sums

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted at all."""
        return all(number == 0 for number in self.sums)

    def of(self, measure: str) -> list[int | None]:
        """One measure's figures, line by line."""
        at = KEYS.index(measure)
        return [line.figures[at] for line in self.lines]

    def total(self, measure: str) -> int | None:
        """One measure's sum."""
        return self.sums[KEYS.index(measure)]


def series(rows: Sequence[Counted], *, by: Callable[[Line], object] | None = None) -> Series:
    """The table as it may be shown, in the given order or sorted by what may be seen of each line."""
    tables = [shown_table([[row.figures[at] for row in rows]]) for at in range(len(MEASURES))]
    lines = [
        Line(row.key, row.label, tuple(table.cells[0][number] for table in tables))
        for number, row in enumerate(rows)
    ]
    if by is not None:
        # By what is shown alone: an order by true figures would tell of those held back.
        lines.sort(key=by)  # type: ignore[arg-type]
    return Series(tuple(lines), tuple(table.total for table in tables))
