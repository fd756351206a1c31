"""What the library has today: the values that cells may name, and what a file would double."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage
from wagtail.utils.file import hash_filelike
from wagtailmedia.settings import wagtailmedia_settings

from resources.catalogue.columns import Terms
from resources.catalogue.planning import Known, title_of
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
