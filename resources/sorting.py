"""The order of Vietnamese titles, as a key that every database sorts alike. Pure.

The alphabet is a ă â b c d đ e ê … o ô ơ … u ư … y; marks of tone only decide between words that are otherwise
equal, in the order level, huyền, hỏi, ngã, sắc, nặng (Unicode CLDR, `vi`). A key holds the digits and letters
of hexadecimal numbers alone: these stand in the same order in every collation.
"""

import unicodedata

from core.text import clean

ALPHABET = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"
LETTERS = {letter: f"{place:02x}" for place, letter in enumerate(ALPHABET, start=2)}
GAP, OTHER, END = "01", "ff", "00"
MOST_LETTERS = 100
KEY_LENGTH = 3 * MOST_LETTERS + 2


def title_key(title: str) -> str:
    """What `title` is sorted by: its letters, then its tones."""
    letters, tones = [], []
    # A keyboard may give the Icelandic Ð for Đ.
    for char in clean(title).casefold().replace("ð", "đ"):
        base, tone = _parted(char)
        if base in LETTERS:
            letters.append(LETTERS[base])
        elif not char.isalnum():
            # Signs and spaces are one gap between words.
            if not letters or letters[-1] == GAP:
                continue
            letters.append(GAP)
        else:
            letters.append(OTHER)
        tones.append(tone)
        if len(letters) == MOST_LETTERS:
            break
    if letters and letters[-1] == GAP:
        letters, tones = letters[:-1], tones[:-1]
    return "".join(letters) + END + "".join(tones)


def _parted(char: str) -> tuple[str, str]:
    """The letter without its tone, and the tone's place in the order."""
    for piece in unicodedata.normalize("NFD", char):
        if piece in TONES:
            bare = unicodedata.normalize("NFD", char).replace(piece, "")
            return unicodedata.normalize("NFC", bare), str(TONES.index(piece) + 1)
    return unicodedata.normalize("NFC", char), "0"
