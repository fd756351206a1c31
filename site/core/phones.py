"""Vietnamese telephone numbers: read leniently, stored one way, shown in groups (domain handbook 2g).

Mobile: ten digits from 03, 05, 07, 08, 09; carriers' lists on the web leave out live ones, so none is asked.
Landline: 02 and nine more digits. Service numbers: 1800, 1900 with four to six more digits.
"""

import re

SIGNS = re.compile(r"[\s.\-()·–]")
MOBILE = re.compile(r"0[35789]\d{8}")
LANDLINE = re.compile(r"02\d{9}")
SERVICE = re.compile(r"1[89]00\d{4,6}")
COUNTRY = "+84"


def read_phone(text: str) -> str:
    """The number in E.164 (`+84…`); service numbers stay as they are. ValueError says what is wrong."""
    bare = SIGNS.sub("", text.strip())
    if SERVICE.fullmatch(bare):
        return bare
    for prefix in ("+84", "0084", "84"):
        if bare.startswith(prefix):
            bare = "0" + bare.removeprefix(prefix).removeprefix("0")
            break
    if not (MOBILE.fullmatch(bare) or LANDLINE.fullmatch(bare)):
        raise ValueError("Số điện thoại chưa đúng. Ví dụ đúng: 0912 345 678 hoặc 024 3936 1234.")
    return COUNTRY + bare[1:]


def spoken_phone(number: str) -> str:
    """A stored number in groups, as it is read out: `+84912345678` → `0912 345 678`."""
    local = "0" + number.removeprefix(COUNTRY) if number.startswith(COUNTRY) else number
    if MOBILE.fullmatch(local):
        return f"{local[:4]} {local[4:7]} {local[7:]}"
    if LANDLINE.fullmatch(local):
        # Hà Nội (024) and Hồ Chí Minh City (028) have areas of three digits, the rest four.
        area = 3 if local[:3] in ("024", "028") else 4
        rest = local[area:]
        return (
            f"{local[:area]} {rest[:4]} {rest[4:]}"
            if area == 3
            else f"{local[:area]} {rest[:3]} {rest[3:]}"
        )
    return local
