"""A ZIP archive as a stream: made while it is sent, never held, never sought in. Pure of Django.

Python's own `zipfile` writes to an output that can't be sought in: sizes follow each file in a data descriptor,
the list of contents comes last, ZIP64 is used where a file needs it. Files are stored, not squeezed: PDF, video
and sound are squeezed already. Digests are taken on the way.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO

CHUNK = 256 * 1024
PLAIN_FILE = 0o100644 << 16


class Sink:
    """What the archive is written to: gives back what has come since it was last asked."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Take a piece."""
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def taken(self) -> bytes:
        """All pieces since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


class ZipStream:
    """An archive that grows file by file; the caller sends on what each verb yields."""

    def __init__(self, moment: datetime) -> None:
        self._sink = Sink()
        self._archive = zipfile.ZipFile(self._sink, "w", zipfile.ZIP_STORED)  # type: ignore[call-overload]
        self._moment = moment.timetuple()[:6]
        # (name, SHA-256) of what went in, in its order.
        self.sums: list[tuple[str, str]] = []

    def add(self, name: str, chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
        """One file of about `size` bytes, known to need ZIP64 or not before it is read."""
        entry = zipfile.ZipInfo(name, self._moment)
        entry.external_attr = PLAIN_FILE
        entry.file_size = size
        digest = hashlib.sha256()
        with self._archive.open(entry, "w") as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
                yield self._sink.taken()
        self.sums.append((name, digest.hexdigest()))
        yield self._sink.taken()

    def add_text(self, name: str, text: str) -> Iterator[bytes]:
        """One file of words."""
        data = text.encode()
        yield from self.add(name, [data], len(data))

    def end(self) -> Iterator[bytes]:
        """The list of contents; nothing can be added after it."""
        self._archive.close()
        yield self._sink.taken()


def chunks_of(file: IO[bytes], size: int) -> Iterator[bytes]:
    """The first `size` bytes of `file`: one that grows meanwhile would not fit what was said of it."""
    left = size
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk
