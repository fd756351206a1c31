"""A ZIP archive that somebody uploaded: looked into, and unpacked file by file, trusting nothing it says. Pure.

Its list of contents may lie: what comes out is counted while it comes out, and stopped at the limits.
Names may be in any of the encodings in which archives are made in Vietnam; each reading of a name is kept,
and the one that a row of the workbook names is the right one. Nothing is ever written under a name of the
archive.
"""

import hashlib
import lzma
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import IO, Any

from core.text import clean

MOST_ENTRIES = 12_000
# Room for the names of that many, also long ones: a list beyond it would fill the memory.
LARGEST_LIST = 8 * 1024 * 1024
LARGEST_UNPACKED = 2 * 1024 * 1024 * 1024
# Squeezed further than this, once more than a little came out, is no document but a bomb.
MOST_RATIO = 100
RATIO_FROM = 1024 * 1024
CHUNK = 256 * 1024
JUNK_NAMES = {".ds_store", "thumbs.db", "desktop.ini"}
JUNK_FOLDERS = {"__macosx"}
UTF8_NAME, ENCRYPTED = 0x800, 0x1
REGULAR = (0, stat.S_IFREG)

NO_ZIP = "Tệp nén không phải là .zip hoặc đã hỏng: hãy nén lại thành .zip."
BOMB = "Tệp nén phình ra quá mức khi giải nén: trang dừng lại, không nhận tệp này."
LOCKED = "tệp có mật khẩu: hãy nén lại không đặt mật khẩu."
STRANGE = "nén theo cách lạ: hãy nén lại bằng lệnh Nén (Zip) có sẵn của máy."
TORN = "tệp trong tệp nén đã hỏng: hãy nén lại."


class BadArchive(ValueError):
    """The archive as a whole is refused; the message says why, in Vietnamese."""


class BadEntry(ValueError):
    """One file of the archive is refused; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive: its place in the list, and its name in every way it can be read."""

    place: int
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """The likeliest reading."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Contents:
    """The files that may be used, and what is wrong with others, as (name, reason)."""

    entries: tuple[Entry, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()


class _Careful:
    """A file that gives no more at once than a list of contents may have."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if size > LARGEST_LIST:
            raise BadArchive(f"Tệp nén có quá nhiều tệp, nhiều nhất {MOST_ENTRIES}.")
        return self._file.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def opened(file: IO[bytes]) -> zipfile.ZipFile:
    """The archive, with its list read; BadArchive when it is none."""
    try:
        return zipfile.ZipFile(_Careful(file))  # type: ignore[arg-type]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError) as broken:
        raise BadArchive(NO_ZIP) from broken
    except BadArchive:
        raise
    # RuntimeError: a kind of archive that the library does not read.
    except (ValueError, RuntimeError, OverflowError, struct.error) as broken:
        raise BadArchive(NO_ZIP) from broken


def look_into(archive: zipfile.ZipFile) -> Contents:
    """What lies in the archive; nothing is unpacked."""
    infos = archive.infolist()
    if len(infos) > MOST_ENTRIES:
        raise BadArchive(f"Tệp nén có {len(infos)} tệp, nhiều nhất {MOST_ENTRIES}.")
    entries: list[Entry] = []
    faults: list[tuple[str, str]] = []
    seen: dict[str, str] = {}
    for place, info in enumerate(infos):
        entry = Entry(place, readings(info))
        if entry.name.endswith("/") or _is_junk(entry.name):
            continue
        said = _problem(info, entry)
        key = name_key(entry.name)
        if not said and key in seen:
            said = "có hai tệp cùng tên trong một thư mục: hãy bỏ bớt hoặc đổi tên."
        seen[key] = entry.name
        if said:
            faults.append((entry.name, said))
        else:
            entries.append(entry)
    return Contents(tuple(entries), tuple(faults))


def readings(info: zipfile.ZipInfo) -> tuple[str, ...]:
    """The name in every encoding it may be in, likeliest first; all composed, as names are typed."""
    if info.flag_bits & UTF8_NAME or info.orig_filename.isascii():
        return (_composed(info.orig_filename),)
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return (_composed(info.orig_filename),)
    names = []
    # macOS writes UTF-8 and does not say so; Windows the code page of the country.
    for encoding in ("utf-8", "cp1258", "cp437"):
        try:
            names.append(_composed(raw.decode(encoding)))
        except UnicodeDecodeError:
            continue
    return tuple(dict.fromkeys(names))


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def name_key(name: str) -> str:
    """What two names are compared by: case and spaces make no other file."""
    return " ".join(clean(name).removeprefix("./").casefold().split())


def _is_junk(name: str) -> bool:
    parts = [part.casefold() for part in name.split("/") if part]
    if not parts:
        return True
    return bool(JUNK_FOLDERS & set(parts) or parts[-1] in JUNK_NAMES or parts[-1].startswith("._"))


def _problem(info: zipfile.ZipInfo, entry: Entry) -> str:
    """Why this file can't be taken, by what the list says of it; "" when it can."""
    name = entry.name
    if "\\" in name:
        return "tên có dấu gạch chéo ngược “\\”: hãy nén lại bằng công cụ khác."
    if ".." in name.split("/"):
        return "tên chứa “../”, trỏ ra ngoài tệp nén."
    if name.startswith("/") or name[1:2] == ":":
        return "tên là đường dẫn tuyệt đối."
    if any(char < " " or char == "\x7f" for char in info.orig_filename):
        return "tên có ký tự không in được."
    if stat.S_IFMT(info.external_attr >> 16) not in REGULAR:
        return "không phải tệp thường (liên kết hoặc thiết bị)."
    if info.flag_bits & ENCRYPTED:
        return LOCKED
    return ""


@dataclass
class Budget:
    """How much may still come out of one archive."""

    left: int = LARGEST_UNPACKED
    digests: dict[int, str] = field(default_factory=dict)

    def spend(self, size: int) -> None:
        """Take note of what came out; BadArchive when it was too much."""
        self.left -= size
        if self.left < 0:
            raise BadArchive(BOMB)


def unpack(
    archive: zipfile.ZipFile, entry: Entry, target: Path, *, most: int, budget: Budget
) -> str:
    """Write a file of the archive to `target`; gives its SHA-1, by which the site knows files.

    BadEntry when it is larger than `most` or broken, BadArchive when it is a bomb.
    """
    info = archive.infolist()[entry.place]
    digest = hashlib.sha1(usedforsecurity=False)
    size = 0
    try:
        with archive.open(info) as source, target.open("wb") as out:
            while chunk := source.read(CHUNK):
                size += len(chunk)
                budget.spend(len(chunk))
                if size > RATIO_FROM and size > MOST_RATIO * max(info.compress_size, 1):
                    raise BadArchive(BOMB)
                if size > most:
                    raise BadEntry(f"nặng hơn mức cho phép {most // (1024 * 1024)} MB.")
                digest.update(chunk)
                out.write(chunk)
    except (BadArchive, BadEntry):
        raise
    except OSError as broken:
        # A full disk has a number; damaged data has none.
        if broken.errno is not None:
            raise
        raise BadEntry(TORN) from broken
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError) as broken:
        raise BadEntry(TORN) from broken
    except RuntimeError as refused:
        # Itself the library's word for a password that the list did not speak of; a kind of it, for a packing
        # that it does not know.
        raise BadEntry(LOCKED if type(refused) is RuntimeError else STRANGE) from refused
    return digest.hexdigest()


class Names:
    """The files of an archive, found by the names that rows give them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self.whole: dict[str, list[Entry]] = {}
        self.last: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for name in entry.names:
                self.whole.setdefault(name_key(name), []).append(entry)
                self.last.setdefault(name_key(PurePosixPath(name).name), []).append(entry)

    def find(self, name: str) -> Entry:
        """The one file of that name, with or without its folder; BadEntry says why there is none."""
        key = name_key(name.replace("\\", "/"))
        for known in (self.whole, self.last):
            found: Sequence[Entry] = list(dict.fromkeys(known.get(key, [])))
            if len(found) == 1:
                return found[0]
            if found:
                paths = ", ".join(f"“{entry.name}”" for entry in found[:3])
                raise BadEntry(f"có nhiều tệp tên này ({paths}): hãy ghi cả thư mục.")
        near = get_close_matches(key, list(self.last), n=1, cutoff=0.75)
        hint = f" Có phải “{PurePosixPath(self.last[near[0]][0].name).name}”?" if near else ""
        raise BadEntry(f"không có trong tệp nén.{hint}")
