"""Rules of packs to take away, pure.

A pack is of a size that a school's line carries in one go and that fits on any stick (FAT32 ends at 4 GB).
What its files are called is said by `files.names`.
"""

from collections.abc import Iterable

MOST_ITEMS = 100
GIB = 1024**3
MOST_BYTES = 2 * GIB
MOST_DIGITS = 12
INDEX, LICENCES = "index.html", "GIAY-PHEP.txt"
FOLDER = "hoc-lieu"


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
