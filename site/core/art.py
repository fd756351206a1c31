"""Draw the site's static art: letter tiles, marks, banners, the social image.

Plain functions that write files below a folder; nothing here needs Django. Letters are vector
paths taken from the site's own woff2 fonts, so the drawings need no font where they are shown.
Bitmaps are made by a headless Chromium and shrunk with Pillow.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.lettering import (
    STATIC,
    letters,
    measure,
    packed,
    short,
)

PAPER, INK, RED, DEEP = "#FFFBF5", "#1B1F24", "#B3141D", "#7F0F16"
GOLD, TEAL, WASH, LINE = "#F2B33D", "#0B5D66", "#F7EFE2", "#E6DDD0"

#: kind of tile: (ground, sign on it)
TILES = {
    "r": (RED, PAPER),
    "t": (TEAL, PAPER),
    "i": (INK, PAPER),
    "g": (GOLD, INK),
    "w": (WASH, INK),
    "p": ("#FFFFFF", DEEP),
}
#: the same on a dark page: light tiles sink back, the ink tile rises
TILES_DARK = {
    "i": ("#333B44", "#F3EEE6"),
    "g": ("#D99E30", INK),
    "w": ("#262B31", "#F3EEE6"),
    "p": ("#1F2429", "#FF9A90"),
}

#: rows of the hero; each cell is kind + sign, "." leaves a gap, a bare kind is an empty tile
HERO = [
    ".. .. wĂ .. p1 rlamp",
    "rB rÌ rN rH wế t0",
    "tD tÂ tN pqr w gơ",
    "iH iỌ iC twifi pđ rcheck",
    "gV gỤ rS rỐ wkey ..",
    ".. t@ w pữ .. g",
]

#: signs on a tile of 72: (filled path, stroked path, stroke width)
SIGNS = {
    "lamp": (
        "M36 13q11.5 14.5 0 24.5q-11.5-10 0-24.5zM24.5 41.5h23v7.5h-23zM18.5 52h35v7.5h-35z",
        "",
        0,
    ),
    "qr": ("M28 28h16v16h-16z", "M18.5 18.5h35v35h-35z", 7),
    "check": ("", "M19 37.500l11.5 12 23.5-27", 7.2),
    "wifi": (
        "M36 46.4a4.4 4.4 0 1 0 0 8.8a4.4 4.4 0 1 0 0-8.8z",
        "M16 31.500q20-17 40 0M24 41q12-10 24 0",
        5.6,
    ),
    "key": ("", "M36 36a10 10 0 1 0-20 0a10 10 0 1 0 20 0h22m-6 0v10", 6.4),
}

NATION = "Nền tảng quốc gia"
MOVEMENT = "Bình dân học vụ số"
PROMISE = "Học kỹ năng số miễn phí · có chứng nhận"
PORTAL = "binhdanhocvuso.gov.vn"


# --- the drawing -----------------------------------------------------------------------------


@dataclass
class Drawing:
    """An SVG picture put together element by element."""

    width: int
    height: int
    label: str = ""
    style: str = ""
    parts: list[str] = field(default_factory=list)

    def rect(self, x: float, y: float, w: float, h: float, fill: str, more: str = "") -> None:
        """Add a filled rectangle."""
        box = f'x="{short(x)}" y="{short(y)}" width="{short(w)}" height="{short(h)}"'
        self.parts.append(f'<rect {box} fill="{fill}"{more}/>')

    def path(self, d: str, fill: str) -> None:
        """Add a filled path."""
        self.parts.append(f'<path fill="{fill}" d="{d}"/>')

    def text(self, line: str, x: float, y: float, size: float, fill: str, **how: Any) -> None:
        """Add a line of text as a path."""
        self.path(letters(line, x, y, size, **how), fill)

    def svg(self) -> str:
        """Give the whole picture as text."""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}"'
        head += f' width="{self.width}" height="{self.height}"'
        title = ' aria-hidden="true">'
        if self.label:
            title = f' role="img" aria-label="{self.label}"><title>{self.label}</title>'
        style = f"<style>{self.style}</style>" if self.style else ""
        return head + title + style + "".join(self.parts) + "</svg>\n"


def tile_style(kinds: str) -> str:
    """Colour the classes of the tiles, with a dark page's colours after."""

    def rules(table: dict[str, tuple[str, str]]) -> str:
        out = ""
        for kind in (k for k in table if k in kinds):
            ground, sign = table[kind]
            out += f".{kind}{{fill:{ground}}}.{kind}s{{fill:{sign}}}.{kind}l{{stroke:{sign}}}"
        return out

    dark = rules(TILES_DARK) + ".e{stroke:#333B44}"
    base = rules(TILES) + f".e{{stroke:{LINE}}}[class$=l],.e{{fill:none}}"
    return base + f"@media (prefers-color-scheme:dark){{{dark}}}"


def cells(rows: list[str]) -> Iterator[tuple[int, int, str, str]]:
    """Read a grid: column, row, kind and sign of every tile."""
    for y, row in enumerate(rows):
        for x, cell in enumerate(row.split()):
            if cell[0] != ".":
                yield x, y, cell[0], cell[1:]


def moved(d: str, dx: float, dy: float, scale: float) -> str:
    """Shift and scale a sign: only M, h, v, l, q, a and z occur in signs."""

    def step(match: re.Match[str]) -> str:
        command, numbers = match[1], [float(n) for n in re.findall(r"-?\d*\.?\d+", match[2])]
        if command == "M":
            numbers = [numbers[0] * scale + dx, numbers[1] * scale + dy]
        elif command == "a":
            keep = {2, 3, 4}
            numbers = [n if i % 7 in keep else n * scale for i, n in enumerate(numbers)]
        else:
            numbers = [n * scale for n in numbers]
        return command + packed(numbers)

    return re.sub(r"([A-Za-z])([^A-Za-z]*)", step, d)


@dataclass
class Tile:
    """One tile: where it lies, how large it is, what it carries."""

    x: float
    y: float
    size: float
    kind: str
    sign: str

    def ground(self) -> str:
        """Give the square's path."""
        x, y, s = short(self.x), short(self.y), short(self.size)
        return f"M{x} {y}h{s}v{s}h-{s}z"

    def edge(self) -> str:
        """Give the path of a hairline just inside the square."""
        x, y, s = short(self.x + 0.5), short(self.y + 0.5), short(self.size - 1)
        return f"M{x} {y}h{s}v{s}h-{s}z"

    def marks(self) -> tuple[str, str, float]:
        """Give the sign: a filled path, a stroked path and the stroke's width."""
        scale = self.size / 72
        if self.sign in SIGNS:
            fill, line, width = SIGNS[self.sign]
            return (
                moved(fill, self.x, self.y, scale),
                moved(line, self.x, self.y, scale),
                width * scale,
            )
        if not self.sign:
            return "", "", 0
        middle, base = self.x + self.size / 2, self.y + 49 * scale
        return letters(self.sign, middle, base, 38 * scale, anchor="middle"), "", 0


def grid(rows: list[str], x: float, y: float, size: float, gap: float) -> list[Tile]:
    """Lay the tiles of a grid out."""
    step = size + gap
    return [Tile(x + c * step, y + r * step, size, kind, sign) for c, r, kind, sign in cells(rows)]


def add_tiles(drawing: Drawing, tiles: list[Tile], classes: bool = False) -> None:
    """Draw tiles, gathered by kind so that the file stays small."""
    for kind, (ground, sign) in TILES.items():
        mine = [tile for tile in tiles if tile.kind == kind]
        if not mine:
            continue
        paint = (f'class="{kind}"', f'class="{kind}s"', f'class="{kind}l"')
        if not classes:
            paint = (f'fill="{ground}"', f'fill="{sign}"', f'fill="none" stroke="{sign}"')
        add = drawing.parts.append
        add(f'<path {paint[0]} d="{"".join(t.ground() for t in mine)}"/>')
        if kind == "p":
            look = 'class="e"' if classes else f'fill="none" stroke="{LINE}"'
            add(f'<path {look} d="{"".join(t.edge() for t in mine)}"/>')
        marks = [tile.marks() for tile in mine]
        if filled := "".join(m[0] for m in marks):
            add(f'<path {paint[1]} d="{filled}"/>')
        for _, line, width in marks:
            if line:
                add(f'<path {paint[2]} stroke-width="{short(width)}" d="{line}"/>')


# --- the pictures ----------------------------------------------------------------------------


def hero() -> Drawing:
    """Draw the hero's grid of tiles."""
    drawing = Drawing(462, 462, "Những ô chữ và ký hiệu số", tile_style("rtigwp"))
    add_tiles(drawing, grid(HERO, 0, 0, 72, 6), classes=True)
    return drawing


def mark() -> Drawing:
    """Draw the movement's mark: four tiles."""
    drawing = Drawing(44, 44, MOVEMENT, tile_style("rgti"))
    tiles = [
        Tile(0, 0, 21, "r", "Ă"),
        Tile(23, 0, 21, "g", ""),
        Tile(0, 23, 21, "t", ""),
        Tile(23, 23, 21, "i", "check"),
    ]
    add_tiles(drawing, tiles, classes=True)
    return drawing


def favicon() -> Drawing:
    """Draw the mark bolder, on whole pixels of 16 and 32."""
    drawing = Drawing(32, 32, "", tile_style("rgti"))
    for x, y, kind in ((0, 0, "r"), (17, 0, "g"), (0, 17, "t"), (17, 17, "i")):
        drawing.parts.append(f'<path class="{kind}" d="M{x} {y}h15v15h-15z"/>')
    drawing.parts.append(f'<path class="rs" d="{letters("Ă", 7.5, 12.9, 12, anchor="middle")}"/>')
    check = "M20.5 24.500l3 3.2 5.5-6.3"
    drawing.parts.append(f'<path class="il" stroke-width="2.4" d="{check}"/>')
    return drawing


def touch_icon() -> Drawing:
    """Draw the mark for a phone's home screen, on paper."""
    drawing = Drawing(180, 180)
    drawing.rect(0, 0, 180, 180, PAPER)
    add_tiles(drawing, grid(["rĂ g", "t icheck"], 24, 24, 63, 6))
    return drawing


def social_image() -> Drawing:
    """Draw the picture shown where a page is shared."""
    drawing = Drawing(1200, 630, MOVEMENT)
    drawing.rect(0, 0, 1200, 630, PAPER)
    add_tiles(drawing, grid(HERO, 706, 90, 70, 6))
    add_tiles(drawing, grid(["g r"], 64, 150, 18, 4))
    drawing.text("Bình dân", 61, 268, 92, INK)
    drawing.text("học vụ số", 61, 384, 92, RED)
    drawing.text("Ai cũng học được kỹ năng số,", 64, 456, 32, INK, weight=400)
    drawing.text("từng ô chữ một.", 64, 504, 32, INK, weight=400)
    drawing.rect(0, 618, 1200, 12, RED)
    return drawing


def button(
    drawing: Drawing, y: float, h: float, size: float, left: float = 0, right: float = 0
) -> None:
    """Add the portal's address on a gold plate, as a link that can be seen."""
    line = f"{PORTAL} →"
    pad = size * 0.8
    width = measure(line, size) + 2 * pad
    x = left or drawing.width - right - width
    drawing.rect(x, y, width, h, GOLD, ' rx="4"')
    drawing.text(line, x + pad, y + h / 2 + size * 0.34, size, INK)


def banner_wide() -> Drawing:
    """Draw the leaderboard, 728 by 90."""
    drawing = Drawing(728, 90, f"{NATION} {MOVEMENT}: {PORTAL}")
    drawing.rect(0, 0, 728, 90, TEAL)
    add_tiles(drawing, grid(["rĂ gế", "pqr icheck"], 14, 13, 30, 4))
    drawing.text(f"{NATION} {MOVEMENT}", 96, 40, 20, PAPER)
    drawing.text(PROMISE, 96, 67, 15.5, PAPER, weight=400)
    button(drawing, 23, 44, 14.5, right=16)
    return drawing


def banner_box() -> Drawing:
    """Draw the box, 300 by 250."""
    drawing = Drawing(300, 250, f"{NATION} {MOVEMENT}: {PORTAL}")
    drawing.rect(0, 0, 300, 250, TEAL)
    add_tiles(drawing, grid(["rĂ gế pqr icheck"], 20, 20, 38, 4))
    drawing.text(NATION, 20, 98, 19, PAPER)
    drawing.text(MOVEMENT, 20, 128, 26, PAPER)
    drawing.text("Học kỹ năng số miễn phí", 20, 158, 15, PAPER, weight=400)
    drawing.text("có chứng nhận", 20, 180, 15, PAPER, weight=400)
    button(drawing, 194, 38, 15, left=20)
    return drawing


def banner_strip() -> Drawing:
    """Draw the strip, 1200 by 200."""
    drawing = Drawing(1200, 200, f"{NATION} {MOVEMENT}: {PORTAL}")
    drawing.rect(0, 0, 1200, 200, TEAL)
    add_tiles(drawing, grid(["rĂ gế", "pqr icheck"], 36, 30, 67, 6))
    drawing.text(NATION, 212, 68, 26, PAPER)
    drawing.text(MOVEMENT, 211, 118, 44, PAPER)
    drawing.text(PROMISE, 212, 160, 24, PAPER, weight=400)
    button(drawing, 68, 64, 24, right=36)
    return drawing


def corner_pattern() -> Drawing:
    """Draw the quiet corner of a card: pixels thinning out, for the lower right."""
    drawing = Drawing(96, 96)
    squares = [
        (80, 80, RED, 0.32),
        (64, 80, GOLD, 0.42),
        (80, 64, TEAL, 0.24),
        (48, 80, TEAL, 0.14),
        (80, 48, GOLD, 0.24),
        (64, 64, RED, 0.12),
        (32, 80, GOLD, 0.14),
        (80, 16, TEAL, 0.1),
    ]
    for x, y, fill, strength in squares:
        drawing.rect(x, y, 15, 15, fill, f' opacity="{strength}"')
    return drawing


BANNERS = {
    "banner-728x90": banner_wide,
    "banner-300x250": banner_box,
    "banner-1200x200": banner_strip,
}


# --- files -----------------------------------------------------------------------------------


def find_browser() -> str | None:
    """Find a Chromium that can make bitmaps."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = (shutil.which(name) for name in names)
    return os.environ.get("CHROMIUM") or next((path for path in found if path), None)


def raster(svg: str, width: int, height: int, browser: str) -> Any:
    """Turn a drawing into a Pillow image of that size."""
    from PIL import Image

    wide, high = max(width, 640), max(height, 480)  # smaller windows are not honoured
    css = f"html,body{{margin:0}}svg{{display:block;width:{width}px;height:{height}px}}"
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
        page.write_text(f"<!doctype html><meta charset=utf-8><style>{css}</style>{svg}", "utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        options += ["--default-background-color=00000000", f"--window-size={wide},{high}"]
        options += [f"--user-data-dir={folder}/profile", f"--screenshot={shot}", page.as_uri()]
        subprocess.run([browser, *options], check=True, capture_output=True, timeout=120)
        return Image.open(shot).convert("RGBA").crop((0, 0, width, height))


def save_small(image: Any, path: Path, colours: int = 96) -> None:
    """Save an opaque picture as a PNG with a palette: few colours, few bytes."""
    from PIL import Image

    flat = image.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
    flat.save(path, optimize=True)


def write_vectors(folder: Path) -> list[Path]:
    """Write every SVG; give the files written."""
    drawings = {
        "tiles-hero": hero(),
        "mark": mark(),
        "favicon": favicon(),
        "tile-pattern": corner_pattern(),
    }
    drawings |= {f"banner/{name}": draw() for name, draw in BANNERS.items()}
    (folder / "banner").mkdir(parents=True, exist_ok=True)
    written = []
    for name, drawing in drawings.items():
        path = folder / f"{name}.svg"
        path.write_text(drawing.svg(), "utf-8")
        written.append(path)
    return written


def write_bitmaps(folder: Path, browser: str) -> list[Path]:
    """Write every bitmap; give the files written."""
    pictures = {"apple-touch-icon": touch_icon(), "og-default": social_image()}
    pictures |= {f"banner/{name}": draw() for name, draw in BANNERS.items()}
    written = []
    for name, drawing in pictures.items():
        path = folder / f"{name}.png"
        save_small(raster(drawing.svg(), drawing.width, drawing.height, browser), path)
        written.append(path)
    sizes = [raster(favicon().svg(), size, size, browser) for size in (48, 32, 16)]
    sizes[1].save(folder / "favicon-32.png", optimize=True)
    sizes[0].save(
        folder / "favicon.ico",
        sizes=[(48, 48), (32, 32), (16, 16)],
        append_images=sizes[1:],
    )
    return [*written, folder / "favicon-32.png", folder / "favicon.ico"]


def draw_all(folder: Path = STATIC / "img", bitmaps: bool = True) -> list[Path]:
    """Redraw all the art below a folder; without a browser only the vectors."""
    written = write_vectors(folder)
    browser = find_browser() if bitmaps else None
    if browser:
        written += write_bitmaps(folder, browser)
    return written
