"""An archive made while it is sent."""

import hashlib
import io
import zipfile
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from files.zipping import CHUNK, ZipStream, chunks_of

MOMENT = datetime(2026, 11, 24, 8, 30)
NAMES = st.text(alphabet="abcđêừợỹẫ 0", min_size=1, max_size=30).map(str.strip).filter(bool)


def made(files: dict[str, bytes]) -> tuple[bytes, ZipStream]:
    """The archive of `files`, in pieces joined."""
    archive = ZipStream(MOMENT)
    pieces = []
    for name, data in files.items():
        pieces += archive.add(name, [data[:5], data[5:]], len(data))
    pieces += archive.end()
    return b"".join(pieces), archive


@settings(max_examples=30)
@given(st.dictionaries(NAMES, st.binary(max_size=2000), max_size=6))
def test_what_went_in_comes_out_under_its_name(files):
    data, archive = made(files)
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == files
    assert dict(archive.sums) == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }


def test_vietnamese_names_carry_the_mark_of_utf8():
    data, _ = made({"Sổ tay.pdf": b"x"})
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        (entry,) = opened.infolist()
    assert entry.flag_bits & 0x800
    assert entry.compress_type == zipfile.ZIP_STORED
    assert entry.date_time == (2026, 11, 24, 8, 30, 0)


def test_a_file_that_is_shorter_than_told_leaves_the_archive_sound():
    archive = ZipStream(MOMENT)
    pieces = [*archive.add("a", [b"xyz"], 1000), *archive.add("b", [b"1"], 1), *archive.end()]
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as opened:
        assert opened.testzip() is None
        assert opened.read("a") == b"xyz"
        assert opened.read("b") == b"1"


def test_a_file_beyond_four_gigabytes_is_announced_as_such():
    archive = ZipStream(MOMENT)
    pieces = [*archive.add("a", [b"xyz"], 5 * 1024**3), *archive.end()]
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as opened:
        assert opened.read("a") == b"xyz"
    # The ZIP64 field of the file's own head.
    assert b"\x01\x00\x10\x00" in pieces[0]


def test_pieces_stay_small_whatever_the_file(tmp_path):
    size = 40 * CHUNK
    path = tmp_path / "phim.mp4"
    with path.open("wb") as file:
        file.truncate(size)
    archive = ZipStream(MOMENT)
    largest = total = 0
    with path.open("rb") as source:
        for piece in archive.add("phim.mp4", chunks_of(source, size), size):
            largest = max(largest, len(piece))
            total += len(piece)
    assert largest <= CHUNK + 1024
    assert total > size


def test_a_file_that_grows_gives_what_was_told(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"0123456789")
    with path.open("rb") as source:
        assert b"".join(chunks_of(source, 4)) == b"0123"
