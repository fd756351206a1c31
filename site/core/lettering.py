"""Letters as vector paths, taken from the site's own fonts: what is drawn needs no font to be read."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

STATIC = Path(__file__).resolve().parents[2] / "static"


@cache
def load_font(weight: int) -> Any:
    """Open the site's font of that weight."""
    from fontTools.ttLib import TTFont

    return TTFont(STATIC / "fonts" / f"be-vietnam-pro-{weight}.woff2")


@cache
def kerning(weight: int, left: str, right: str) -> int:
    """Give the kern between two glyphs, in font units."""
    for lookup in load_font(weight)["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            if table.LookupType == 2 and left in table.Coverage.glyphs:
                value = pair_value(table, left, right)
                if value is not None:
                    return value
    return 0


def pair_value(table: Any, left: str, right: str) -> int | None:
    """Read one pair from a kerning table; None when the table says nothing of it."""
    if table.Format == 1:
        pairs = table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord
        found = [p.Value1.XAdvance for p in pairs if p.SecondGlyph == right]
        return found[0] if found else None
    row = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)].Class2Record
    value = row[table.ClassDef2.classDefs.get(right, 0)].Value1
    return getattr(value, "XAdvance", 0) or 0


def set_line(text: str, weight: int) -> tuple[list[tuple[str, int]], int]:
    """Place the glyphs of a line: their names and offsets, and the line's width."""
    font = load_font(weight)
    cmap, widths = font.getBestCmap(), font["hmtx"]
    placed: list[tuple[str, int]] = []
    x = 0
    for char in text:
        name = cmap[ord(char)]
        if placed:
            x += kerning(weight, placed[-1][0], name)
        placed.append((name, x))
        x += widths[name][0]
    return placed, x


def short(value: float) -> str:
    """Write a number with one decimal at most, and no idle zero."""
    text = f"{round(value, 1) + 0:g}"
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def packed(numbers: list[float]) -> str:
    """Write numbers side by side; a minus needs no space before it."""
    return " ".join(short(n) for n in numbers).replace(" -", "-")


@cache
def outline(name: str, weight: int, size: float) -> str:
    """Give a glyph's path in relative steps, so that equal letters are equal text."""
    from fontTools.pens.basePen import decomposeQuadraticSegment
    from fontTools.pens.recordingPen import DecomposingRecordingPen

    glyphs = load_font(weight).getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    steps = Steps(size / 1000)
    for verb, points in pen.value:
        if verb == "moveTo":
            steps.go("m", points)
        elif verb == "lineTo":
            steps.go("l", points)
        elif verb == "qCurveTo":
            for curve in decomposeQuadraticSegment(points):
                steps.go("q", curve)
        else:
            steps.close()
    return steps.text


class Steps:
    """Collects path commands, each relative to the last rounded point."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.text = ""
        self.here = self.start = (0.0, 0.0)

    def go(self, verb: str, points: Iterable[tuple[float, float]]) -> None:
        """Add one command."""
        ends = [(round(x * self.scale, 1), round(-y * self.scale, 1)) for x, y in points]
        shifts = [(x - self.here[0], y - self.here[1]) for x, y in ends]
        self.here = ends[-1]
        if verb == "m":
            self.start = self.here
        (dx, dy) = shifts[-1]
        if verb == "l" and short(dy) == "0":
            self.text += "h" + short(dx)
        elif verb == "l" and short(dx) == "0":
            self.text += "v" + short(dy)
        else:
            self.text += verb + packed([n for shift in shifts for n in shift])

    def close(self) -> None:
        """Close the contour; the pen is back where it began."""
        self.text += "z"
        self.here = self.start


def letters(
    text: str, x: float, y: float, size: float, weight: int = 700, anchor: str = "start"
) -> str:
    """Give the path of a line of text; y is its baseline."""
    placed, width = set_line(text, weight)
    scale = size / 1000
    x -= {"start": 0, "middle": width * scale / 2, "end": width * scale}[anchor]
    return "".join(
        f"M{packed([x + offset * scale, y])}{outline(name, weight, size)}"
        for name, offset in placed
    )


def measure(text: str, size: float, weight: int = 700) -> float:
    """Give the width of a line of text."""
    return set_line(text, weight)[1] * size / 1000
