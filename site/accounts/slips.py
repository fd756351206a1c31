"""One-time codes on paper. Pure: randomness comes from the system, keys and clocks from the caller.

A code is typed by somebody who may have the Vietnamese keyboard on. So its signs are small letters and digits
that no input method changes: no vowel, no w and y (they take marks and tones), no d ("dd" becomes đ); f, r, x
are tones only behind a vowel, of which there is none. Signs that look alike on paper are left out too
(0 o, 1 l, 5 s, 2 z, 8 b, u v).
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.text import fold

SIGNS = "cfghkmnpqrtx234679"
LENGTH = 12
VALID = timedelta(days=30)
_BETWEEN = str.maketrans("", "", " \t-‐‑–—._")


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """What stands on one slip; the only place where the code is in plain text."""

    user: int
    full_name: str
    username: str
    code: str
    expires_on: date


def make_code() -> str:
    """A new code of twelve signs, 50 bits, in groups of four."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return "-".join(drawn[n : n + 4] for n in range(0, LENGTH, 4))


def read_code(typed: str) -> str | None:
    """The bare code somebody meant, whatever the case, spaces and dashes; None when it can't be one."""
    if len(typed) > 4 * LENGTH:
        return None
    bare = fold(typed).translate(_BETWEEN)
    return bare if len(bare) == LENGTH and set(bare) <= set(SIGNS) else None


def expires_at(issued_at: datetime) -> datetime:
    """The moment from which a slip of `issued_at` is not taken any more."""
    return issued_at + VALID
