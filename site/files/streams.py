"""Answers that take minutes to send: only some at once, so that threads stay free for readers. Pure."""

from collections.abc import Generator
from threading import BoundedSemaphore


class SlotStream:
    """What is sent piece by piece; gives its place back when the sending is over, however it ended."""

    def __init__(self, chunks: Generator[bytes], slots: BoundedSemaphore) -> None:
        self._chunks = chunks
        self._slots = slots
        self._is_open = True

    def __iter__(self) -> "SlotStream":
        return self

    def __next__(self) -> bytes:
        return next(self._chunks)

    def close(self) -> None:
        """The reader has all of it, or has gone away."""
        if self._is_open:
            self._is_open = False
            self._chunks.close()
            self._slots.release()
