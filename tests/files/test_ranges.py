"""Which part of a file is asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.ranges import BeyondEnd, asked_part


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", (0, 99)),
        ("bytes=0-0", (0, 0)),
        ("bytes=10-19", (10, 19)),
        ("bytes=90-500", (90, 99)),
        ("bytes=-5", (95, 99)),
        ("bytes=-500", (0, 99)),
        (" BYTES=1-2 ", (1, 2)),
        ("", None),
        ("bytes=-", None),
        ("bytes=9-3", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("bytes=a-b", None),
    ],
)
def test_part(header, part):
    assert asked_part(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_beyond_the_end(header):
    with pytest.raises(BeyondEnd):
        asked_part(header, 100)


def test_of_an_empty_file_there_is_no_part():
    for header in ("bytes=0-", "bytes=-1"):
        with pytest.raises(BeyondEnd):
            asked_part(header, 0)


@given(st.integers(1, 500), st.integers(0, 600), st.integers(0, 600))
def test_a_part_lies_within_the_file(size, first, last):
    try:
        part = asked_part(f"bytes={first}-{last}", size)
    except BeyondEnd:
        assert first >= size
        return
    assert part is None or 0 <= part[0] <= part[1] < size
