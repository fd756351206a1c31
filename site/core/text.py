"""Vietnamese text: one stored form, one folded form for finding, slugs, highlighting.

Stored text is NFC. Scanned plans write U+01A3 (OI) where they mean ư, and đ never decomposes: both are
mapped by hand (domain handbook, traps 2 and 3).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from django.utils.text import slugify as ascii_slugify

MENDED = str.maketrans({"ƣ": "ư", "Ƣ": "Ư"})
STROKES = str.maketrans({"đ": "d", "Đ": "D", "Ð": "D"})
WORD = re.compile(r"\w+", re.UNICODE)
PREFIX_FROM = 4
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

# Letters of a field's name in a list of what is wrong.
LONGEST_NAME = 60


def clean(text: str) -> str:
    """`text` as it is stored: NFC, `ƣ` of scanned pages mended, control characters dropped."""
    return CONTROL.sub("", unicodedata.normalize("NFC", text.translate(MENDED)))


def fold(text: str) -> str:
    """`text` without marks and case, as it is compared when someone searches: `Đường` → `duong`."""
    decomposed = unicodedata.normalize("NFKD", text.translate(MENDED).translate(STROKES))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.casefold()


def slugify(text: str, *, max_length: int = 80) -> str:
    """`text` as an address part: `Đội hình sinh viên` → `doi-hinh-sinh-vien`, cut at a word's end."""
    slug = ascii_slugify(fold(text))
    if len(slug) <= max_length:
        return slug
    return slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]


def words(text: str) -> list[str]:
    """The words of `text` in order; signs are not words."""
    return WORD.findall(text)


def folded_with_positions(text: str) -> tuple[str, list[int]]:
    """`text` folded, and for each folded character the index in `text` it came from."""
    folded: list[str] = []
    positions: list[int] = []
    for index, char in enumerate(text):
        bare = fold(char)
        folded.append(bare)
        positions.extend([index] * len(bare))
    return "".join(folded), positions


def hits(text: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of `terms` is a word of `text`, marks and case aside, as (start, end) spans.

    Longer terms also count where they only begin a word; “kí” must not light up “kích hoạt”.
    """
    wanted = sorted({fold(term) for term in terms if term}, key=len, reverse=True)
    if not wanted:
        return []
    folded, positions = folded_with_positions(text)
    endings = (re.escape(term) + ("" if len(term) >= PREFIX_FROM else r"\b") for term in wanted)
    pattern = re.compile(r"\b(?:" + "|".join(endings) + ")")
    return [
        (positions[found.start()], positions[found.end() - 1] + 1)
        for found in pattern.finditer(folded)
        if found.group()
    ]


def segments(text: str, terms: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """`text` cut into (piece, is a hit); the pieces joined give `text` again."""
    at = 0
    for start, end in hits(text, terms):
        if start > at:
            yield text[at:start], False
        yield text[max(start, at) : end], True
        at = end
    if at < len(text):
        yield text[at:], False


def excerpt(text: str, terms: Iterable[str], *, length: int = 220) -> str:
    """About `length` characters of `text` around its first hit, cut at spaces, with … where cut."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    found = hits(text, terms)
    start = max(0, (found[0][0] if found else 0) - length // 3)
    if start:
        start = text.find(" ", start) + 1
    end = start + length
    piece = text[start:end]
    if end < len(text):
        piece = piece.rpartition(" ")[0] or piece
    return ("… " if start else "") + piece + (" …" if start + len(piece) < len(text) else "")


def grouped(number: int) -> str:
    """A figure as it is read: 12480 is 12.480."""
    return f"{number:,}".replace(",", ".")


def cut(text: str, length: int) -> str:
    """`text` cut at a word where it is longer than `length`, and said so; one long word is cut through."""
    if len(text) <= length:
        return text
    return (text[:length].rpartition(" ")[0] or text[:length]) + "…"


def named_problem(problem: str, name: str) -> str:
    """`problem` under the name of what it is about, in a list that stands away from the fields.

    Words that name it already stay alone; a name that is a whole sentence is cut at a word.
    """
    name = name.rstrip(" :*.")
    said, told = words(fold(name)), words(fold(problem))
    if not said or any(told[n : n + len(said)] == said for n in range(len(told))):
        return problem
    name = cut(name, LONGEST_NAME)
    return f"{name}{' ' if name[-1] in '?…' else ': '}{problem}"
