"""What is typed into a report, read kindly. Pure.

A count is typed as `30`, `1.200` or `30 lượt`; "không áp dụng" may be typed too. Words lose what Word and
browsers paste along: control signs, the narrow and hard spaces, more than two empty lines; marks and emoji
stay.
"""

import re
import unicodedata

LONGEST = 20_000
NOT_APPLICABLE = frozenset({"khong ap dung", "n/a", "kad", "-"})
_COUNT = re.compile(
    r"^(\d{1,3}(?:[.  ]\d{3})+|\d+)\s*[^\W\d_.,][^\d.,;/]{0,24}$|^(\d{1,3}(?:[.  ]\d{3})+|\d+)$"
)
_EMPTY = re.compile(r"\n{3,}")
# Signs that no document can hold, or that show nothing: byte order mark, zero width, soft hyphen.
_UNSEEN = dict.fromkeys([0xFEFF, 0x200B, 0x2060, 0x00AD])
_SPACES = dict.fromkeys([0x00A0, 0x202F, 0x2007], " ")


def tidy(text: str) -> str:
    """Words as they are kept. ValueError, in Vietnamese, when they are too long."""
    words = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    # Vertical tab and form feed are Word's line and page breaks.
    words = (
        words.replace("\x0b", "\n")
        .replace("\x0c", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    words = words.translate(_UNSEEN).translate(_SPACES)
    words = "".join(
        sign for sign in words if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")
    )
    words = _EMPTY.sub("\n\n", "\n".join(line.rstrip() for line in words.split("\n"))).strip()
    if len(words) > LONGEST:
        raise ValueError(
            f"Dài {len(words):,} ký tự, nhiều nhất {LONGEST:,}: hãy rút gọn hoặc đính kèm tệp.".replace(
                ",", ".", 2
            )
        )
    return words


def read_number(text: str) -> int | None:
    """A count as people type it; None for nothing. ValueError, in Vietnamese, for what is none."""
    words = tidy(text)
    if not words:
        return None
    if words.startswith("-") and words[1:].strip().isdigit():
        raise ValueError("Số không thể âm.")
    found = _COUNT.match(words)
    if not found:
        raise ValueError("Hãy ghi một số nguyên, ví dụ 30 hoặc 1.200.")
    digits = re.sub(r"\D", "", found.group(1) or found.group(2))
    if len(digits) > 9:
        raise ValueError("Số quá lớn, xin xem lại.")
    return int(digits)
