"""Names of files that go onto sticks and into machines of any age, and lists of their checksums. Pure.

- Names keep their Vietnamese marks, but hold nothing that Windows or FAT32 refuses, are short, and differ even
  where case is ignored.
- A list of checksums is what `sha256sum -c` reads.
"""

import unicodedata
from collections.abc import Iterable

MOST_LETTERS = 80
# What no Windows takes in a name, and the names that are its own.
FORBIDDEN = '\\/:*?"<>|'
DEVICES = {
    "con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10)),
}  # fmt: skip
SUMS = "SHA256SUMS"


def safe_name(
    title: str, extension: str, number: int, *, most: int = MOST_LETTERS, other: str = "tep"
) -> str:
    """The name of file `number` among others: `07 Sổ tay VNeID.pdf`; the number makes it the only one.

    `most` letters of the title at most; `other` where none of its signs can stay.
    """
    # A stick knows two bytes a sign: what needs more is no word.
    plain = unicodedata.normalize("NFC", title)
    told = "".join(sign if _is_plain(sign) else " " for sign in plain)
    words = " ".join(told.split())[:most].strip(" .")
    kind = "".join(sign for sign in extension.lower() if sign.isascii() and sign.isalnum())[:8]
    name = f"{number:02d} {words or other}"
    return f"{name}.{kind}" if kind else name


def _is_plain(sign: str) -> bool:
    is_kept = unicodedata.category(sign)[0] in "LMNPS" and sign not in FORBIDDEN
    return is_kept and ord(sign) <= 0xFFFF


def is_safe_on_windows(name: str) -> bool:
    """Whether Windows and FAT32 take `name` as the name of a file."""
    stem = name.partition(".")[0].strip().lower()
    has_bad = any(sign in FORBIDDEN or ord(sign) < 32 for sign in name)
    is_short = len(name.encode("utf-16-le")) <= 2 * 255
    return bool(stem) and not has_bad and is_short and stem not in DEVICES and name[-1] not in " ."


def sums_text(sums: Iterable[tuple[str, str]]) -> str:
    """(name, digest) as lines that `sha256sum -c` reads; the star says that bytes were counted, not text."""
    return "".join(f"{digest} *{name}\n" for name, digest in sums)
