"""Reads a stored file: kind, size, pages, first page as a picture; or what is wrong with it."""

import json
import lzma
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import filetype

from core.rules import ZIPPED
from resources import pdf_probe
from resources.rules import (
    BROKEN,
    LOCKED,
    file_problem,
    office_problem,
    slide_count,
    told_pages,
)

HEAD = 4096
# The probe limits its own work; this is for a machine that is busy, too.
PROBE_SECONDS = 20
MOST_NAMES = 10_000
# What opening one part of an archive may end with: missing, locked or packed in an unknown way (RuntimeError),
# damaged in any of its ways of packing. The rest of the file may be sound.
UNREADABLE = (
    KeyError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
)
PROBLEMS = {"locked": LOCKED, "broken": BROKEN}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file told."""

    extension: str
    size: int
    pages: int | None = None
    problem: str = ""
    cover: bytes = b""


def read_file(path: Path) -> Reading:
    """All that is known of the file at `path`."""
    extension = path.suffix.lstrip(".").lower()
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return Reading(extension, 0, problem="Không tìm thấy tệp trên máy chủ. Hãy tải lên lại.")
    guessed = filetype.guess(head)
    if problem := file_problem(extension, guessed.extension if guessed else None, head):
        return Reading(extension, size, problem=problem)
    if extension == "pdf":
        return _read_pdf(path, size)
    if extension in ZIPPED:
        return _read_zipped(path, extension, size)
    return Reading(extension, size)


def _read_pdf(path: Path, size: int) -> Reading:
    with TemporaryDirectory() as folder:
        cover = Path(folder) / "cover.webp"
        command = [sys.executable, pdf_probe.__file__, str(path), str(cover)]
        try:
            done = subprocess.run(  # noqa: S603  Our own interpreter and script, no shell.
                command, capture_output=True, timeout=PROBE_SECONDS, check=True
            )
            told = json.loads(done.stdout)
        except (subprocess.SubprocessError, ValueError):
            # It hung or crashed: a reader's telephone would fare no better.
            told = {"problem": "broken"}
        if "problem" in told:
            return Reading("pdf", size, problem=PROBLEMS[told["problem"]])
        picture = cover.read_bytes() if cover.exists() else b""
    return Reading("pdf", size, pages=told["pages"], cover=picture)


def _read_zipped(path: Path, extension: str, size: int) -> Reading:
    # The list of contents is read, and the start of one small part: nothing is unpacked, so no bomb goes off.
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()[:MOST_NAMES]
            properties = _properties(archive) if extension == "docx" else b""
    except (zipfile.BadZipFile, OSError, ValueError):
        return Reading(extension, size, problem=BROKEN)
    if any(entry.flag_bits & 1 for entry in entries):
        return Reading(extension, size, problem=LOCKED)
    names = [entry.filename for entry in entries]
    if problem := office_problem(extension, names):
        return Reading(extension, size, problem=problem)
    pages = slide_count(names) if extension == "pptx" else told_pages(properties)
    return Reading(extension, size, pages=pages)


def _properties(archive: zipfile.ZipFile) -> bytes:
    """What an office file tells of itself; nothing where it can't be read."""
    try:
        with archive.open("docProps/app.xml") as part:
            return part.read(HEAD)
    except UNREADABLE:
        return b""
