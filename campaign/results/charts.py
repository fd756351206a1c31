"""Column charts as figures for a drawing: a template makes them an SVG. Pure.

Units are those of the drawing (about CSS pixels at its natural width). Letters in it stay readable on a phone,
since the drawing is as wide as a phone and grows only a little beyond that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 344, 206
LEFT, RIGHT, TOP, FOOT = 44, 4, 20, 26
STUB = 7
WIDEST_LABEL = 9999


@dataclass(frozen=True, slots=True)
class Bar:
    """One column; `number` is None where the figure is held back (a short striped stub)."""

    x: float
    y: float
    width: float
    height: float
    label: str
    number: int | None
    says_number: bool

    @property
    def middle(self) -> float:
        """Where its words stand."""
        return round(self.x + self.width / 2, 1)

    @property
    def above(self) -> float:
        """The line on which its number stands."""
        return round(self.y - 5, 1)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across with its number."""

    y: float
    number: int

    @property
    def below(self) -> float:
        """The line on which the number stands, its middle on the tick."""
        return round(self.y + 4, 1)


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns over a floor, with two or more lines across."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = HEIGHT - FOOT
    foot: int = HEIGHT - 8


def chart(labels: Sequence[str], numbers: Sequence[int | None]) -> Chart:
    """One column for each label. ValueError when there are not as many numbers, or one is negative."""
    if len(labels) != len(numbers) or any(n is not None and n < 0 for n in numbers):
        raise ValueError("One number for each label, none below nought.")
    top = round_up(max((n for n in numbers if n), default=0))
    floor, room = HEIGHT - FOOT, HEIGHT - FOOT - TOP
    step = (WIDTH - LEFT - RIGHT) / max(1, len(labels))
    says = all(n is None or n <= WIDEST_LABEL for n in numbers)
    bars = []
    for at, (label, number) in enumerate(zip(labels, numbers, strict=True)):
        high = STUB if number is None else round(number / top * room, 1)
        x = round(LEFT + at * step + step * 0.16, 1)
        bars.append(
            Bar(x, round(floor - high, 1), round(step * 0.68, 1), high, label, number,
                says and bool(number))
        )  # fmt: skip
    ticks = [Tick(floor, 0), Tick(round(floor - room / 2, 1), top // 2), Tick(TOP, top)]
    return Chart(tuple(bars), tuple(ticks if top % 2 == 0 else ticks[::2]))


def round_up(number: int) -> int:
    """The next of 10, 20, 50, 100, 200, 500 …: where the top line stands."""
    if number < 0:
        raise ValueError("Nothing below nought is drawn.")
    power = 10
    while True:
        for first in (1, 2, 5):
            if number <= first * power:
                return first * power
        power *= 10
