"""From the cells of a row to values; each cell that can't be read is named by its column."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from core.text import fold, grouped
from office.books import Row
from office.values import as_number, as_text, nearest
from resources.catalogue.columns import HEADINGS, KINDS, Terms
from resources.catalogue.rows import ItemRow, parted
from resources.choices import ItemKind
from resources.questions.rules import line, lines
from resources.questions.sheet import cell_text
from resources.rules import content_problem, licence_problem, year_problem

T = TypeVar("T")

LONGEST = {
    "title": 255, "summary": 300, "author": 160, "source": 160, "source_url": 500, "link": 500,
    "picture_alt": 200, "picture_caption": 200, "transcript": 200_000,
}  # fmt: skip
LONGEST_TAG, LONGEST_LABEL = 100, 160
MOST_MINUTES = 6000
MOST_FILES = 20
# Where the rule of contents says that something lacks, by the column that would hold it.
LACKING = {"files": "files", "media": "files", "link": "link", "picture": "picture"}
# What may be added on the site after the import.
LATER = {
    ItemKind.QUESTIONS: "Bản nháp chưa có câu hỏi: thêm ở mục Bộ câu hỏi trước khi đăng.",
    ItemKind.KIT: "Bản nháp chưa có nội dung: viết ở trang của học liệu trước khi đăng.",
}
is_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class Found:
    """What a row says, what is wrong with it, and what its reader should know."""

    row: ItemRow
    problems: tuple[str, ...] = ()
    note: str = ""


def read_rows(rows: Iterable[Row], terms: Terms, *, this_year: int) -> list[Found]:
    """All rows, in the order of the file."""
    lists = _Lists(terms)
    return [_Cells(row, lists, this_year).found() for row in rows]


class _Words:
    """A closed list, found by its words or codes: with their marks first, then without."""

    def __init__(self, known: Mapping[str, str], codes: Mapping[str, str] | None = None) -> None:
        self.labels = list(known)
        self.marked: dict[str, set[str]] = {}
        self.folded: dict[str, set[str]] = {}
        for word, value in [*known.items(), *(codes or {}).items()]:
            self.marked.setdefault(word.casefold(), set()).add(value)
            self.folded.setdefault(_key(word), set()).add(value)

    def find(self, text: str) -> str:
        """The value that is meant; ValueError says why there is none."""
        found: set[str] = set()
        for known, key in ((self.marked, text.casefold()), (self.folded, _key(text))):
            found = known.get(key, set())
            if len(found) == 1:
                return next(iter(found))
        if found:
            raise ValueError(f"“{text}” có thể là nhiều giá trị: hãy ghi đủ dấu.")
        meant = nearest(text, self.labels)
        hint = f" Có phải “{meant}”?" if meant else " Xem trang “Giá trị dùng được” của mẫu."
        raise ValueError(f"Không có “{_short(text)}” trong danh mục.{hint}")


class _Lists:
    """The closed lists, made ready once for all rows."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.kinds = _Words(KINDS, {value: value for value in KINDS.values()})
        self.audiences = _Words({name: name for name in terms.audiences})
        self.topics = _Words({name: name for name in terms.topics})
        self.languages = _Words(
            {name: name for name in terms.languages},
            {code: name for name, code in terms.languages.items()},
        )
        self.licences = _Words({name: name for name in terms.licences})


class _Cells:
    """The cells of one row, read one by one; what can't be read is written down."""

    def __init__(self, row: Row, lists: _Lists, this_year: int) -> None:
        self.row, self.lists, self.terms, self.this_year = row, lists, lists.terms, this_year
        self.problems: list[str] = []

    def found(self) -> Found:
        files, media = self.files()
        transcript, transcript_file = self.transcript()
        item = ItemRow(
            row=self.row.number,
            title=self.text("title", needed=True),
            kind=self.one_of("kind", self.lists.kinds),
            summary=self.text("summary"),
            audiences=self.several("audiences", self.lists.audiences.find),
            topics=self.several("topics", self.lists.topics.find),
            competences=self.several("competences", self.competence),
            language=self.one_of("language", self.lists.languages),
            minutes=self.minutes(),
            author=self.text("author"),
            source=self.text("source"),
            source_url=self.address("source_url"),
            licence=self.one_of("licence", self.lists.licences),
            year=self.year(),
            tags=self.several("tags", _tag, key=str.casefold),
            files=files,
            labels=self.labels(len(files)),
            media=media,
            link=self.address("link"),
            captions=self.file("captions", {"vtt"}),
            transcript=transcript,
            transcript_file=transcript_file,
            picture=self.file("picture", self.terms.pictures),
            picture_alt=self.text("picture_alt"),
            picture_caption=self.text("picture_caption"),
        )
        note = self.check(item)
        return Found(item, tuple(self.problems), note)

    def wrong(self, name: str, said: str) -> None:
        self.problems.append(f"Cột “{HEADINGS[name]}”: {said}")

    def text(self, name: str, *, needed: bool = False) -> str:
        text = line(cell_text(self.row.cells.get(name)))
        if needed and not text:
            self.wrong(name, "chưa ghi.")
        if len(text) > LONGEST[name]:
            self.wrong(name, f"dài {len(text)} ký tự, nhiều nhất {LONGEST[name]}.")
        return text

    def read(self, name: str, read: Callable[[Any], T], default: T, said: str) -> T:
        value = self.row.cells.get(name)
        try:
            return read(value)
        except ValueError:
            self.wrong(name, f"“{_short(as_text(value))}” {said}")
            return default

    def one_of(self, name: str, known: _Words) -> str:
        text = line(cell_text(self.row.cells.get(name)))
        if not text:
            self.wrong(name, "chưa ghi.")
            return ""
        try:
            return known.find(text)
        except ValueError as wrong:
            self.wrong(name, str(wrong))
            return ""

    def parts(self, name: str) -> list[str]:
        return [line(part) for part in parted(lines(cell_text(self.row.cells.get(name))))]

    def several(
        self, name: str, read: Callable[[str], T], key: Callable[[Any], Any] = lambda value: value
    ) -> tuple[T, ...]:
        if name == "competences" and isinstance(self.row.cells.get(name), date):
            self.wrong(name, "bảng tính đã đổi mã thành ngày: đặt ô là dạng Văn bản rồi ghi lại.")
            return ()
        values: dict[Any, T] = {}
        for part in filter(None, self.parts(name)):
            try:
                value = read(part)
            except ValueError as wrong:
                self.wrong(name, str(wrong))
            else:
                values.setdefault(key(value), value)
        return tuple(values.values())

    def competence(self, text: str) -> tuple[str, str]:
        first, _, rest = text.partition(" ")
        code, level = (first, rest.strip())
        if code not in self.terms.competences and code.count(".") == 2:
            code, _, level = first.rpartition(".")
        if code not in self.terms.competences:
            raise ValueError(f"không có năng lực thành phần mã “{_short(text)}”, ví dụ đúng: 4.2.")
        if level.upper() in self.terms.levels:
            return code, level.upper()
        if not level or _key(level) == _key(self.terms.competences[code]):
            return code, ""
        known = ", ".join(self.terms.levels)
        raise ValueError(f"không có bậc “{_short(level)}”. Các bậc: {known}.")

    def minutes(self) -> int | None:
        minutes = self.read("minutes", as_number, None, "không phải là số phút.")
        if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
            self.wrong("minutes", f"từ 1 đến {MOST_MINUTES} phút.")
        return minutes

    def year(self) -> int | None:
        year = self.read("year", as_number, None, "không phải là năm.")
        if problem := year_problem(year, this_year=self.this_year):
            self.wrong("year", problem)
        return year

    def address(self, name: str) -> str:
        text = self.text(name)
        if text:
            try:
                is_address(text)
            except ValidationError:
                said = f"“{_short(text)}” không phải là địa chỉ bắt đầu bằng https:// hoặc http://."
                self.wrong(name, said)
        return text

    def files(self) -> tuple[tuple[str, ...], str]:
        """Names of documents, and the one of the video or sound."""
        documents: dict[str, str] = {}
        media: list[str] = []
        for name in filter(None, self.parts("files")):
            ending = ending_of(name)
            if ending in self.terms.media:
                media.append(name)
            elif ending in self.terms.documents:
                documents.setdefault(name, name)
            elif ending in self.terms.pictures:
                self.wrong("files", f"“{name}” là hình: hãy ghi ở cột “{HEADINGS['picture']}”.")
            else:
                known = ", ".join(sorted(self.terms.documents | self.terms.media))
                self.wrong("files", f"“{_short(name)}”: không nhận loại tệp này. Nhận: {known}.")
        if len(media) > 1:
            self.wrong("files", "mỗi học liệu chỉ có một video hoặc âm thanh.")
        if len(documents) > MOST_FILES:
            self.wrong("files", f"nhiều nhất {MOST_FILES} tệp.")
        return tuple(documents), media[0] if media else ""

    def labels(self, count: int) -> tuple[str, ...]:
        labels = self.parts("labels")
        if len(labels) > count:
            self.wrong("labels", f"có {len(labels)} tên mà chỉ có {count} tệp.")
        if any(len(label) > LONGEST_LABEL for label in labels):
            self.wrong("labels", f"mỗi tên nhiều nhất {LONGEST_LABEL} ký tự.")
        while labels and not labels[-1]:
            labels.pop()
        return tuple(labels)

    def file(self, name: str, endings: Iterable[str]) -> str:
        text = line(cell_text(self.row.cells.get(name)))
        known = sorted(endings)
        if text and ending_of(text) not in known:
            self.wrong(name, f"“{_short(text)}” phải là tệp {', '.join(known)}.")
        return text

    def transcript(self) -> tuple[str, str]:
        text = lines(cell_text(self.row.cells.get("transcript")))
        if "\n" not in text and ending_of(text) == "txt":
            return "", text
        if len(text) > LONGEST["transcript"]:
            self.wrong("transcript", f"nhiều nhất {grouped(LONGEST['transcript'])} ký tự.")
        return text, ""

    def check(self, item: ItemRow) -> str:
        """What holds across the cells; gives what its reader should know."""
        has_file, has_media = bool(item.files), bool(item.media)
        if item.picture and not item.picture_alt:
            self.wrong("picture_alt", "có hình thì phải tả hình bằng lời.")
        if (item.captions or item.transcript or item.transcript_file) and not has_media:
            name = "captions" if item.captions else "transcript"
            self.wrong(name, f"cần video hoặc âm thanh ở cột “{HEADINGS['files']}”.")
        may_copy = self.terms.licences.get(item.licence, True)
        if said := licence_problem(has_own_copy=has_file or has_media, may_copy=may_copy):
            self.wrong("licence", said)
        lacks = content_problem(
            item.kind, has_file=has_file, has_media=has_media, has_link=bool(item.link),
            has_picture=bool(item.picture), has_text=False,
        )  # fmt: skip
        if lacks and item.kind in LATER:
            return LATER[ItemKind(item.kind)]
        # A name that could not be read is already told; that it is missing would be told twice.
        if lacks and not any(f"“{HEADINGS['files']}”" in said for said in self.problems):
            self.wrong(LACKING[lacks[0]], lacks[1])
        return ""


def ending_of(name: str) -> str:
    """The ending of a file's name, in small letters, without its dot."""
    return PurePosixPath(name).suffix.lstrip(".").lower()


def _key(text: str) -> str:
    return " ".join(fold(text).split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60].rstrip()}…"


def _tag(text: str) -> str:
    if len(text) > LONGEST_TAG:
        raise ValueError(f"“{_short(text)}” dài quá {LONGEST_TAG} ký tự.")
    return text


def files_named(row: ItemRow) -> list[tuple[str, str, str]]:
    """The files of a row as (column, purpose, name)."""
    named: Sequence[tuple[str, str, str]] = [
        *(("files", "document", name) for name in row.files),
        ("files", "media", row.media),
        ("captions", "captions", row.captions),
        ("transcript", "transcript", row.transcript_file),
        ("picture", "picture", row.picture),
    ]
    return [one for one in named if one[2]]
