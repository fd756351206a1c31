"""What a cell means. Pure."""

import re
from datetime import date, datetime
from difflib import get_close_matches

from core.text import clean, fold, words

_WRITTEN = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?$")
YES = frozenset({"co", "x", "1", "true", "yes"})
NO = frozenset({"", "khong", "0", "false", "no"})


def as_text(value: object) -> str:
    """The words of a cell; a whole number that Excel made of a code loses its ".0"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = f"{value:%d/%m/%Y}"
    return " ".join(clean(str(value)).split())


def as_day(value: object) -> date | None:
    """The day of a cell, typed as a date or as words; None for an empty one. ValueError for what is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = as_text(value)
    if not text:
        return None
    if found := _WRITTEN.match(text):
        day, month, year = map(int, found.groups())
    elif found := _ISO.match(text):
        year, month, day = map(int, found.groups())
    else:
        raise ValueError(text)
    return date(year, month, day)


def as_number(value: object) -> int | None:
    """The whole number of a cell; None for an empty one. ValueError for what is none."""
    text = as_text(value)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError(text)
    return int(text)


def as_yes(value: object) -> bool:
    """Yes or no. ValueError for anything else."""
    word = fold(as_text(value)).strip()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValueError(word)


def heading_key(text: str) -> str:
    """What two headings are compared by: marks, case, spaces and signs make no other heading."""
    return " ".join(words(fold(text.partition("(")[0])))


def nearest(heading: str, known: list[str]) -> str | None:
    """The known heading that was probably meant."""
    keys = {heading_key(name): name for name in known}
    found = get_close_matches(heading_key(heading), list(keys), n=1, cutoff=0.6)
    return keys[found[0]] if found else None


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
