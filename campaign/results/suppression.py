"""Which figures of a table may be shown, so that nobody is found behind a small one. Pure.

A figure from 1 to 4 is never shown, nor one from which it could be worked out: in a row or column whose sum is
shown, hidden cells are at least two and together at least five. Nought tells of nobody and may be shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SMALLEST = 5


@dataclass(frozen=True, slots=True)
class Table:
    """Cells with the sums of rows and columns and of all; None where it is hidden."""

    cells: tuple[tuple[int | None, ...], ...]
    row_sums: tuple[int | None, ...]
    column_sums: tuple[int | None, ...]
    total: int | None


def shown_table(cells: Sequence[Sequence[int]]) -> Table:
    """The table as it may be shown. All rows have one length; ValueError for a ragged or negative one."""
    width = len(cells[0]) if cells else 0
    if any(len(row) != width for row in cells) or any(n < 0 for row in cells for n in row):
        raise ValueError("A table of counts has rows of one length and no negative number.")
    whole = [[*row, sum(row)] for row in cells]
    whole.append([sum(column) for column in zip(*whole, strict=True)] if whole else [0])
    hidden = _hidden(whole)
    seen = [
        tuple(None if (r, c) in hidden else n for c, n in enumerate(row))
        for r, row in enumerate(whole)
    ]
    return Table(
        cells=tuple(row[:-1] for row in seen[:-1]),
        row_sums=tuple(row[-1] for row in seen[:-1]),
        column_sums=seen[-1][:-1],
        total=seen[-1][-1],
    )


_Place = tuple[int, int]


def _hidden(whole: list[list[int]]) -> set[_Place]:
    """First the small ones, then others until no line gives a hidden one away."""
    height, width = len(whole), len(whole[0])
    lines = [[(r, c) for c in range(width)] for r in range(height)]
    lines += [[(r, c) for r in range(height)] for c in range(width)]
    hidden = {(r, c) for r in range(height) for c in range(width) if 0 < whole[r][c] < SMALLEST}
    changed = True
    while changed:
        changed = False
        for line in lines:
            while _gives_away(line, hidden, whole):
                hidden.add(_next(line, hidden, whole))
                changed = True
    return hidden


def _gives_away(line: list[_Place], hidden: set[_Place], whole: list[list[int]]) -> bool:
    """Whether a hidden figure of the line can be worked out; the line's last place is its sum."""
    places = [place for place in line if place in hidden]
    if not places or len(places) == len(line):
        return False
    if len(places) == 1:
        return True
    # With the sum hidden, only differences are known; with it shown, what the hidden ones are together.
    return line[-1] not in hidden and sum(whole[r][c] for r, c in places) < SMALLEST


def _next(line: list[_Place], hidden: set[_Place], whole: list[list[int]]) -> _Place:
    """What to hide next: the smallest that is not nought, before a nought, before the sum."""
    left = [place for place in line if place not in hidden]
    return min(left, key=lambda p: (p == line[-1], whole[p[0]][p[1]] == 0, whole[p[0]][p[1]], p))
