"""Files of an archive: checked as a single upload is, and put where the site keeps files."""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, Any
from zipfile import ZipFile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import TemporaryUploadedFile
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from core.text import clean, grouped
from core.uploads import check_captions, check_upload
from resources.catalogue.archive import (
    BadArchive,
    BadEntry,
    Budget,
    Entry,
    Names,
    look_into,
    opened,
    unpack,
)
from resources.catalogue.planning import Line, Use, archive_lines
from resources.catalogue.reading import LONGEST, ending_of
from resources.reading import read_file

MB = 1024 * 1024
LARGEST_TEXT = 2 * MB
SCRATCH = "dang-doc-"
NO_ARCHIVE = "cần tệp nén .zip kèm theo bảng, trong đó có tệp này."
NO_WORDS = "không phải chữ UTF-8: hãy lưu lại, chọn bảng mã UTF-8."


@dataclass(frozen=True, slots=True)
class FoundFile:
    """What became of one file that a row names."""

    place: int | None = None
    checksum: str = ""
    problem: str = ""
    size: int = 0


@dataclass
class Inspection:
    """What became of all of them, by purpose and name; and what is to be said of the archive itself."""

    files: dict[tuple[str, str], FoundFile] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)


def most_of(purpose: str) -> int:
    """How large a file for this purpose may be."""
    limits = {
        "document": settings.DOCUMENT_MAX_UPLOAD_SIZE,
        "media": settings.MEDIA_MAX_UPLOAD_SIZE,
        "picture": settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE,
    }
    return limits.get(purpose, LARGEST_TEXT)


def _scratch_root() -> Path:
    folder = Path(settings.PRIVATE_ROOT) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def scratch() -> TemporaryDirectory[str]:
    """A folder beside the site's private files: what is done with it can be moved there at once."""
    return TemporaryDirectory(dir=_scratch_root(), prefix=SCRATCH)


def sweep_scratch(before: datetime) -> None:
    """Remove what workers left that died while they unpacked."""
    for folder in _scratch_root().glob(f"{SCRATCH}*"):
        # A worker may take its own away at this moment.
        with suppress(FileNotFoundError):
            if folder.stat().st_mtime < before.timestamp():
                shutil.rmtree(folder, ignore_errors=True)


def inspect(file: IO[bytes] | None, uses: Iterable[Use]) -> Inspection:
    """Unpack and check each file that a row names, one after the other; none stays."""
    wanted = list(dict.fromkeys((purpose, name) for _, purpose, name in uses))
    if file is None:
        return Inspection({key: FoundFile(problem=NO_ARCHIVE) for key in wanted})
    try:
        with opened(file) as archive:
            return _inspect(archive, wanted)
    except BadArchive as refused:
        # Said once, and not again at each row.
        files = {key: FoundFile() for key in wanted}
        return Inspection(files, archive_lines([], [], str(refused)))


def _inspect(archive: ZipFile, wanted: list[tuple[str, str]]) -> Inspection:
    contents = look_into(archive)
    names, budget = Names(contents.entries), Budget()
    done = Inspection()
    named: set[int] = set()
    with scratch() as folder:
        for purpose, name in wanted:
            try:
                entry = names.find(name)
                named.add(entry.place)
                found = _checked(archive, entry, purpose, name, Path(folder), budget)
            except BadEntry as refused:
                found = FoundFile(problem=str(refused))
            done.files[purpose, name] = found
    unnamed = [entry.name for entry in contents.entries if entry.place not in named]
    done.lines = archive_lines(contents.faults, unnamed)
    return done


def _checked(
    archive: ZipFile, entry: Entry, purpose: str, name: str, folder: Path, budget: Budget
) -> FoundFile:
    path = folder / f"tep.{ending_of(name)}"
    try:
        checksum = unpack(archive, entry, path, most=most_of(purpose), budget=budget)
        size = path.stat().st_size
        return FoundFile(entry.place, checksum, file_problem_of(purpose, path, name), size)
    finally:
        path.unlink(missing_ok=True)


def file_problem_of(purpose: str, path: Path, name: str) -> str:
    """Why a file can't be taken for this purpose, by the very checks of a single upload; "" when it can."""
    try:
        with path.open("rb") as opened_file:
            upload = File(opened_file, name=PurePosixPath(name).name)
            _check(purpose, upload, path)
    except ValidationError as refused:
        said = " ".join(refused.messages)
        return f"không nhận được. {said}"
    return ""


def _check(purpose: str, upload: File, path: Path) -> None:
    if purpose == "captions":
        check_captions(upload)
    elif purpose == "transcript":
        _words(path)
    elif purpose == "picture":
        _check_picture(upload, path)
    else:
        check_upload(upload, max_size=most_of(purpose))
        if purpose == "document" and (problem := read_file(path).problem):
            raise ValidationError(problem)


def _check_picture(upload: File, path: Path) -> None:
    check_upload(upload, max_size=most_of("picture"))
    sent = TemporaryUploadedFile(upload.name or "", "", path.stat().st_size, None)
    with path.open("rb") as source:
        for chunk in iter(lambda: source.read(MB), b""):
            sent.write(chunk)
    sent.seek(0)
    form = get_image_form(get_image_model())({"title": "hinh"}, {"file": sent})
    form.is_valid()
    if errors := form.errors.get("file"):
        raise ValidationError(list(errors))


def _words(path: Path) -> str:
    try:
        words = clean(path.read_text("utf-8-sig")).strip()
    except UnicodeDecodeError as foreign:
        raise ValidationError(NO_WORDS) from foreign
    if len(words) > LONGEST["transcript"]:
        raise ValidationError(f"Bản chép lời dài quá {grouped(LONGEST['transcript'])} ký tự.")
    return words


class Moved(File):
    """A file that the storage may take as it is, instead of copying it."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(path.open("rb"), name=name)
        self._path = path

    def temporary_file_path(self) -> str:
        """Where it lies now."""
        return str(self._path)


class Stock:
    """Unpacked files on their way into the site; taken back when the rows are not kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths: dict[int, Path] = {}
        self.checksums: dict[int, str] = {}
        self.made: dict[Any, Any] = {}
        self._put: list[tuple[Any, str]] = []

    def unpack(self, file: IO[bytes], places: dict[int, tuple[str, str]]) -> None:
        """Unpack the files at these places of the archive; each with its purpose and name."""
        with opened(file) as archive:
            entries = {entry.place: entry for entry in look_into(archive).entries}
            budget = Budget()
            for place, (purpose, name) in places.items():
                path = self.folder / f"{place}.{ending_of(name)}"
                most = most_of(purpose)
                self.checksums[place] = unpack(
                    archive, entries[place], path, most=most, budget=budget
                )
                self.paths[place] = path

    def put(self, field_file: Any, place: int, name: str) -> None:
        """Move the file into a field of a record that is not stored yet."""
        # A second name for the same file: the storage takes this one, another row may need the first.
        spare = self.folder / f"di-{len(self._put)}.{ending_of(name)}"
        os.link(self.paths[place], spare)
        content = Moved(spare, PurePosixPath(name).name)
        try:
            field_file.save(PurePosixPath(name).name, content, save=False)
        finally:
            content.close()
        self._put.append((field_file.storage, field_file.name))

    def words(self, place: int) -> str:
        """A text file's words."""
        return _words(self.paths[place])

    def take_back(self) -> None:
        """Nothing of it was kept: leave no file behind."""
        for storage, name in self._put:
            storage.delete(name)
        self._put.clear()
