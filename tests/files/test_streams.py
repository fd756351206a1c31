"""Slow answers: only some at once, and each gives its place back."""

from threading import BoundedSemaphore

import pytest

from files.streams import SlotStream


def pieces(ended):
    """Two pieces; tells when it was closed."""
    try:
        yield b"a"
        yield b"b"
    finally:
        ended.append(True)


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_a_place_is_given_back_once_however_the_sending_ended(taken):
    slots, ended = BoundedSemaphore(1), []
    assert slots.acquire(blocking=False)
    stream = SlotStream(pieces(ended), slots)
    assert [next(stream) for _ in range(taken)] == [b"a", b"b"][:taken]
    stream.close()
    stream.close()
    assert slots.acquire(blocking=False)
    assert ended == ([True] if taken else [])
