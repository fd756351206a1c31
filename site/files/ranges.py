"""Parts of a file, as players ask for them (RFC 9110, 14): without them a telephone neither seeks nor plays.

Pure. One part at a time: whoever asks for several gets the whole, which the standard allows.
"""

import re

_ONE = re.compile(r"bytes=(\d*)-(\d*)")


class BeyondEnd(ValueError):
    """The part asked for begins after the file's last byte."""


def asked_part(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of the part, both included; None where the whole file is the answer.

    BeyondEnd where there is no such part.
    """
    found = _ONE.fullmatch(header.strip().lower())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        # The last so many bytes.
        if int(last) == 0 or size == 0:
            raise BeyondEnd
        return max(size - int(last), 0), size - 1
    start = int(first)
    end = min(int(last), size - 1) if last else size - 1
    if last and int(last) < start:
        return None
    if start >= size:
        raise BeyondEnd
    return start, end
