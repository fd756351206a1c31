"""What goes into a pack: items with their files and terms, courses elsewhere as links. Reads only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from django.db.models import Count, TextField
from django.db.models.functions import Cast, Length
from wagtail.models import CollectionViewRestriction

from core.models import SiteDocument
from core.templatetags.site_tags import absolute
from files.names import safe_name
from resources.checking import MOST_PRINTED
from resources.choices import ItemKind
from resources.models import BankQuestion, ItemFile, LearningPathPage, LibraryItemPage, PathStep
from resources.pack_rules import FOLDER, pack_problem
from resources.queries import library_url, public_items

CAPTIONS = ".vtt"
SELECTION = "Gói học liệu tự chọn"


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of the pack: where it lies, what it is called there."""

    item: int
    path: Path
    name: str
    label: str
    size: int
    document: SiteDocument | None = None
    # Captions: players find them by the name of the file that they lie beside.
    is_beside: bool = False

    @property
    def extension(self) -> str:
        """Its kind, as readers know it."""
        return self.path.suffix.lstrip(".").upper()


@dataclass(frozen=True, slots=True)
class PackSheet:
    """The questions of a bank as a page of the pack, to check oneself without a network."""

    name: str
    count: int


@dataclass(slots=True)
class PackEntry:
    """An item, or a course elsewhere: what the pack's first page tells of it."""

    title: str
    kind: str
    text: str
    minutes: int | None = None
    item: LibraryItemPage | None = None
    address: str = ""
    # Where one learns when there is a network.
    link: str = ""
    provider: str = ""
    needs_vneid: bool = False
    files: list[PackFile] = field(default_factory=list)
    sheet: PackSheet | None = None
    # The name of the page that holds its words.
    words: str = ""
    # Labels of files that were there once.
    missing: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Pack:
    """All of it, before it is made."""

    title: str
    summary: str = ""
    address: str = ""
    entries: list[PackEntry] = field(default_factory=list)

    @property
    def files(self) -> list[PackFile]:
        """All files in their order."""
        return [file for entry in self.entries for file in entry.files]

    @property
    def count(self) -> int:
        """How many files one finds in it, pages with words or questions among them."""
        pages = sum((entry.sheet is not None) + bool(entry.words) for entry in self.entries)
        return len(self.files) + pages

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def problem(self) -> str | None:
        """Why it is not made, or None."""
        return pack_problem(len(self.entries), self.size)


def pack_of_path(path: LearningPathPage, steps: list[PathStep]) -> Pack:
    """The pack of a path whose public steps are known."""
    pack = Pack(path.title, path.summary, absolute(path.url or "/"))
    pack.entries = [_of_item(step.item) if step.item else _elsewhere(step) for step in steps]
    for step, entry in zip(steps, pack.entries, strict=True):
        entry.text = step.outcome or entry.text
        entry.minutes = step.time
    return _filled(pack)


def pack_of_items(numbers: list[int]) -> Pack:
    """The pack of these items in this order; those that are not public are left out."""
    items = public_items(numbers)
    pack = Pack(SELECTION, address=absolute(library_url() or "/"))
    pack.entries = [_of_item(items[number]) for number in numbers if number in items]
    return _filled(pack)


def _of_item(item: LibraryItemPage) -> PackEntry:
    return PackEntry(
        item.title,
        item.kind_label,
        item.summary,
        minutes=item.minutes,
        item=item,
        address=absolute(f"{library_url()}{item.slug}/"),
        link=item.link,
    )


def _elsewhere(step: PathStep) -> PackEntry:
    return PackEntry(
        step.title,
        "Khóa học ở nơi khác",
        step.outcome,
        link=step.url,
        provider=step.provider,
        needs_vneid=step.needs_vneid,
    )


def _filled(pack: Pack) -> Pack:
    """`pack` with the files of its items, numbered through."""
    items = [entry.item for entry in pack.entries if entry.item]
    rows = _open_files(item.pk for item in items)
    asked, told = _question_counts(items), with_words(item.pk for item in items)
    number = 0
    for entry in pack.entries:
        for label, file, document in _stored(entry.item, rows) if entry.item else ():
            # Behind the video that they belong to, where that was found: under its name.
            is_beside = str(file.name).endswith(CAPTIONS) and _ends_in_media(entry)
            number += not is_beside
            title = entry.files[-1].label if is_beside else label
            found = _found(entry.item, label, file, _named(title, file, number), document)
            if found:
                found = replace(found, is_beside=is_beside)
                entry.files.append(found)
            else:
                entry.missing.append(label)
        if entry.item and entry.item.pk in told and _may_copy(entry.item):
            number += 1
            entry.words = f"{FOLDER}/{safe_name(entry.title, '.html', number, other='bai doc')}"
        if entry.item and (count := asked.get(entry.item.pk)) and _may_copy(entry.item):
            number += 1
            name = safe_name(entry.title, ".html", number, other="tu kiem tra")
            entry.sheet = PackSheet(f"{FOLDER}/{name}", count)
    return pack


def _ends_in_media(entry: PackEntry) -> bool:
    return bool(entry.files) and entry.files[-1].document is None


def _question_counts(items: Iterable[LibraryItemPage]) -> dict[int, int]:
    """How many questions each bank among these items has."""
    banks = [item.pk for item in items if item.kind == ItemKind.QUESTIONS]
    rows = BankQuestion.objects.filter(item__in=banks).order_by().values_list("item")
    return {item: min(count, MOST_PRINTED) for item, count in rows.annotate(Count("pk"))}


def with_words(numbers: Iterable[int]) -> set[int]:
    """Which of these items have a body; lists come without it, for it is long."""
    length = Length(Cast("body", TextField()))
    rows = LibraryItemPage.objects.filter(pk__in=list(numbers)).annotate(length=length)
    return set(rows.filter(length__gt=len("[]")).order_by().values_list("pk", flat=True))


def _may_copy(item: LibraryItemPage) -> bool:
    return item.licence is None or item.licence.may_copy


def _open_files(items: Iterable[int]) -> dict[int, list[ItemFile]]:
    """The files of these items that lie in no closed collection."""
    rows = ItemFile.objects.filter(item__in=list(items)).order_by("item", "sort_order")
    for path in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
        rows = rows.exclude(document__collection__path__startswith=path)
    found: dict[int, list[ItemFile]] = defaultdict(list)
    for row in rows.select_related("document"):
        found[row.item_id].append(row)
    return found


def _stored(
    item: LibraryItemPage, rows: dict[int, list[ItemFile]]
) -> list[tuple[str, Any, SiteDocument | None]]:
    """(label, stored file, document) of all that an item brings along."""
    if not _may_copy(item):
        return []
    stored: list[tuple[str, Any, SiteDocument | None]] = [
        (row.label or item.title, row.document.file, row.document) for row in rows[item.pk]
    ]
    if item.media:
        stored.append((item.title, item.media.file, None))
        if item.media.captions:
            stored.append((f"{item.title} (phụ đề)", item.media.captions, None))
    if item.picture and item.kind == ItemKind.INFOGRAPHIC:
        stored.append((f"{item.title} (hình)", item.picture.file, None))
    return stored


def _named(title: str, file: Any, number: int) -> str:
    ending = PurePosixPath(str(file.name)).suffix
    return f"{FOLDER}/{safe_name(title, ending, number, other='hoc lieu')}"


def _found(
    item: Any, label: str, file: Any, name: str, document: SiteDocument | None
) -> PackFile | None:
    try:
        path = Path(file.path)
        size = path.stat().st_size
    except (OSError, ValueError):
        return None
    return PackFile(item.pk, path, name, label, size, document)
