"""What the library has today: the values that cells may name, what a file would double, and items as rows."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage
from wagtail.utils.file import hash_filelike
from wagtailmedia.settings import wagtailmedia_settings

from resources.catalogue.columns import Terms
from resources.catalogue.planning import Known, title_of
from resources.catalogue.rows import LONGEST_CELL, ItemRow
from resources.models import (
    Audience,
    Competence,
    CompetenceLevel,
    ItemFile,
    Language,
    LibraryItemPage,
    Licence,
    Topic,
)
from resources.questions.rules import line, lines


def catalogue_terms() -> Terms:
    """The values that cells may name."""
    return Terms(
        audiences=tuple(Audience.objects.values_list("name", flat=True)),
        topics=tuple(Topic.objects.values_list("name", flat=True)),
        competences=dict(Competence.objects.values_list("code", "name")),
        levels={level.code: str(level) for level in CompetenceLevel.objects.all()},
        languages=dict(Language.objects.values_list("name", "code")),
        licences=dict(Licence.objects.values_list("name", "may_copy")),
        documents=frozenset(settings.WAGTAILDOCS_EXTENSIONS),
        media=frozenset(
            [*wagtailmedia_settings.AUDIO_EXTENSIONS, *wagtailmedia_settings.VIDEO_EXTENSIONS]
        ),
        pictures=frozenset(settings.WAGTAILIMAGES_EXTENSIONS),
    )


def known_titles() -> dict[tuple[str, str], str]:
    """All items, drafts too, by title and kind."""
    rows = LibraryItemPage.objects.values_list("title", "draft_title", "kind")
    return {title_of(name, kind): title for title, draft, kind in rows for name in (title, draft)}


def known_checksums(wanted: Collection[str], sizes: Collection[int]) -> dict[str, str]:
    """Which of these contents an item has already, by SHA-1: the item's title.

    Only files of a size that came are read: most need no reading at all.
    """
    found: dict[str, str] = {}
    if not wanted:
        return found
    documents = ItemFile.objects.select_related("document", "item").order_by("pk")
    for row in documents.iterator():
        checksum = row.document.file_hash or _checksum(row.document.file, sizes)
        if checksum in wanted:
            found.setdefault(checksum, row.item.title)
    with_media = LibraryItemPage.objects.exclude(media=None).select_related("media")
    for item in with_media.defer_streamfields().order_by("pk").iterator():
        checksum = _checksum(item.media.file, sizes) if item.media else ""
        if checksum in wanted:
            found.setdefault(checksum, item.title)
    return found


def _checksum(file: Any, sizes: Collection[int]) -> str:
    storage: Storage = file.storage
    try:
        if storage.size(file.name) not in sizes:
            return ""
        with storage.open(file.name) as opened:
            return str(hash_filelike(opened))
    except OSError:
        # The row is there and the file is not: it doubles nothing.
        return ""


def known_items(wanted: Collection[str], sizes: Collection[int]) -> Known:
    """What a file would double."""
    return Known(known_titles(), known_checksums(wanted, sizes))


def rows_of(items: Iterable[LibraryItemPage]) -> Iterator[ItemRow]:
    """Items as rows, numbered as they would stand in a sheet; of a draft, its newest state."""
    for number, item in enumerate(items, start=2):
        newest = item if item.live else item.get_latest_revision_as_object()
        yield row_of(newest, number)


def exported_items(numbers: Collection[int] | None = None) -> Any:
    """All items, or these, with everything that a row tells, by title."""
    items = LibraryItemPage.objects.defer_streamfields().order_by("title", "pk")
    if numbers is not None:
        items = items.filter(pk__in=numbers)
    return items.select_related("language", "licence", "media", "picture", "latest_revision")


def row_of(item: LibraryItemPage, number: int) -> ItemRow:
    """An item as a row."""
    files = list(item.files.all())
    labels = [line(file.label) for file in files]
    while labels and not labels[-1]:
        labels.pop()
    media = item.media
    transcript, transcript_file = _transcript(media)
    return ItemRow(
        row=number,
        title=line(item.title),
        kind=item.kind,
        summary=line(item.summary),
        audiences=tuple(audience.name for audience in item.audiences.all()),
        topics=tuple(topic.name for topic in item.topics.all()),
        competences=tuple(
            (link.competence.code, link.level.code if link.level else "")
            for link in item.competences.all()
        ),
        language=item.language.name if item.language else "",
        minutes=item.minutes,
        author=line(item.author),
        source=line(item.source),
        source_url=item.source_url,
        licence=item.licence.name if item.licence else "",
        year=item.year,
        tags=tuple(sorted(line(tag.name) for tag in item.tags.all())),
        files=tuple(file.document.filename for file in files),
        labels=tuple(labels),
        media=media.filename if media else "",
        link=item.link,
        captions=PurePosixPath(media.captions.name).name if media and media.captions else "",
        transcript=transcript,
        transcript_file=transcript_file,
        picture=item.picture.filename if item.picture else "",
        picture_alt=line(item.picture_alt),
        picture_caption=line(item.picture_caption),
    )


def _transcript(media: Any) -> tuple[str, str]:
    """A transcript as words; one that no cell holds as the name of a file."""
    words = lines(media.transcript) if media else ""
    if len(words) <= LONGEST_CELL:
        return words, ""
    return "", f"{PurePosixPath(media.filename).stem}.txt"
