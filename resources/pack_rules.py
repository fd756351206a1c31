"""Rules of packs to take away, pure.

- A pack goes onto a USB stick and into machines of any age: names keep their Vietnamese marks, but hold nothing
  that Windows or FAT32 refuses, are short, and differ even where case is ignored.
- It is of a size that a school's line carries in one go and that fits on any stick (FAT32 ends at 4 GB a file).
- The list of checksums is what `sha256sum -c` reads.
"""

import unicodedata
from collections.abc import Iterable

MOST_ITEMS = 100
GIB = 1024**3
MOST_BYTES = 2 * GIB
MOST_LETTERS = 80
MOST_DIGITS = 12
# What no Windows takes in a name, and the names that are its own.
FORBIDDEN = '\\/:*?"<>|'
DEVICES = {
    "con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10)),
}  # fmt: skip
INDEX, LICENCES, SUMS = "index.html", "GIAY-PHEP.txt", "SHA256SUMS"
FOLDER = "hoc-lieu"


def safe_name(title: str, extension: str, number: int) -> str:
    """The name of file `number` in the pack: `07 Sổ tay VNeID.pdf`; the number makes it the only one."""
    # A stick knows two bytes a sign: what needs more is no word.
    plain = unicodedata.normalize("NFC", title)
    told = "".join(sign if _is_plain(sign) else " " for sign in plain)
    words = " ".join(told.split())[:MOST_LETTERS].strip(" .")
    kind = "".join(sign for sign in extension.lower() if sign.isascii() and sign.isalnum())[:8]
    name = f"{number:02d} {words or 'hoc lieu'}"
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


def chosen_numbers(values: Iterable[str]) -> list[int]:
    """The numbers that an address names, each once, in their order; what is no number is forgotten."""
    numbers = (
        int(value)
        for value in values
        if value.isascii() and value.isdecimal() and len(value) <= MOST_DIGITS
    )
    return list(dict.fromkeys(numbers))


def pack_problem(items: int, size: int) -> str | None:
    """Why a pack of so many items and bytes is not made, or None."""
    if items > MOST_ITEMS:
        return f"Mỗi gói nhiều nhất {MOST_ITEMS} học liệu: hãy chia thành nhiều gói."
    if size > MOST_BYTES:
        most = MOST_BYTES // GIB
        return f"Gói này quá lớn: mỗi gói nhiều nhất {most} GB. Hãy bỏ bớt video, hoặc chia thành nhiều gói."
    return None


def sums_text(sums: Iterable[tuple[str, str]]) -> str:
    """(name, digest) as lines that `sha256sum -c` reads; the star says that bytes were counted, not text."""
    return "".join(f"{digest} *{name}\n" for name, digest in sums)
