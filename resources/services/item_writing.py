"""Writing rows of a catalogue as drafts of the library, with their files."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.models import Collection
from wagtailmedia.settings import wagtailmedia_settings

from core.models import Keyword, SiteDocument, SiteImage, SiteMedia
from resources.catalogue.reading import ending_of
from resources.catalogue.rows import ItemRow
from resources.indexing import index_all
from resources.models import (
    Audience,
    Competence,
    CompetenceLevel,
    ItemCompetence,
    ItemFile,
    ItemKeyword,
    Language,
    LibraryIndexPage,
    LibraryItemPage,
    Licence,
    Topic,
)
from resources.services.bulk_items import BATCH, store_drafts
from resources.services.item_files import Stock

PLAIN = (
    "title", "kind", "summary", "minutes", "author", "source", "source_url", "year", "link",
    "picture_alt", "picture_caption",
)  # fmt: skip


class _Lists:
    """The closed lists by the words of rows, read once."""

    def __init__(self) -> None:
        self.audiences = {row.name: row for row in Audience.objects.all()}
        self.topics = {row.name: row for row in Topic.objects.all()}
        self.competences = {row.code: row for row in Competence.objects.all()}
        self.levels = {row.code: row for row in CompetenceLevel.objects.all()}
        self.languages = {row.name: row for row in Language.objects.all()}
        self.licences = {row.name: row for row in Licence.objects.all()}
        # By the words in any case: a database may know capitals of the Latin alphabet alone.
        self.keywords = {row.name.casefold(): row for row in Keyword.objects.order_by("-pk")}

    def keyword(self, name: str) -> Keyword:
        """The keyword of that name in any case, made where there is none."""
        known = self.keywords.get(name.casefold())
        if known is None:
            known = Keyword.objects.create(name=name)
            self.keywords[name.casefold()] = known
        return known


class Writer:
    """Makes drafts of rows, with their files. Called inside a transaction that holds the library's lock."""

    def __init__(self, stock: Stock, places: Mapping[tuple[str, str], int], by: Any) -> None:
        self.stock, self.places, self.by = stock, places, by
        self.lists = _Lists()
        self.collection = Collection.get_first_root_node()

    def store_files(self, rows: Sequence[ItemRow]) -> None:
        """Put the files of these rows where the site keeps files, and store their records."""
        for row in rows:
            for name, label in _labelled(row):
                self._document(row, name, label)
            if row.picture:
                self._picture(row)
            if row.media:
                self._media(row)
        for model in (SiteDocument, SiteImage, SiteMedia):
            made = [record for record in self.stock.made.values() if isinstance(record, model)]
            model._default_manager.bulk_create(made, BATCH)
            # New ones have none: the index would ask for each.
            prefetch_related_objects(made, "tags")
            index_all(made)

    def item(self, row: ItemRow) -> LibraryItemPage:
        """One draft, not stored yet; its files are."""
        lists = self.lists
        item = LibraryItemPage(
            live=False,
            has_unpublished_changes=True,
            owner=self.by,
            language=lists.languages[row.language],
            licence=lists.licences[row.licence],
            media=self._media(row) if row.media else None,
            picture=self._picture(row) if row.picture else None,
            **{name: getattr(row, name) for name in PLAIN},
        )
        item.audiences = [lists.audiences[name] for name in row.audiences]
        item.topics = [lists.topics[name] for name in row.topics]
        item.competences = [
            ItemCompetence(
                competence=lists.competences[code], level=lists.levels.get(level), sort_order=order
            )
            for order, (code, level) in enumerate(row.competences)
        ]
        item.files = [
            ItemFile(document=self._document(row, name, label), label=label, sort_order=order)
            for order, (name, label) in enumerate(_labelled(row))
        ]
        item.keyword_links = [
            ItemKeyword(tag=tag) for tag in dict.fromkeys(map(lists.keyword, row.tags))
        ]
        return item

    def _once(self, key: Any, make: Any) -> Any:
        """The record of a file that several rows may name."""
        if key not in self.stock.made:
            self.stock.made[key] = make()
        return self.stock.made[key]

    def _document(self, row: ItemRow, name: str, label: str) -> SiteDocument:
        place = self.places["document", name]

        def make() -> SiteDocument:
            document = SiteDocument(
                title=label or row.title, collection=self.collection, uploaded_by_user=self.by
            )
            document.file_size = self.stock.paths[place].stat().st_size
            document.file_hash = self.stock.checksums[place]
            self.stock.put(document.file, place, name)
            return document

        made: SiteDocument = self._once(("document", place), make)
        return made

    def _picture(self, row: ItemRow) -> SiteImage:
        place = self.places["picture", row.picture]

        def make() -> SiteImage:
            image = SiteImage(title=row.title, collection=self.collection, uploaded_by_user=self.by)
            image.file_size = self.stock.paths[place].stat().st_size
            image.file_hash = self.stock.checksums[place]
            self.stock.put(image.file, place, row.picture)
            return image

        made: SiteImage = self._once(("picture", place), make)
        return made

    def _media(self, row: ItemRow) -> SiteMedia:
        place = self.places["media", row.media]
        words = row.transcript
        if row.transcript_file:
            words = self.stock.words(self.places["transcript", row.transcript_file])
        is_sound = ending_of(row.media) in wagtailmedia_settings.AUDIO_EXTENSIONS

        def make() -> SiteMedia:
            media = SiteMedia(
                title=row.title, type="audio" if is_sound else "video", duration=0,
                transcript=words, collection=self.collection, uploaded_by_user=self.by,
            )  # fmt: skip
            self.stock.put(media.file, place, row.media)
            if row.captions:
                name = row.captions
                self.stock.put(media.captions, self.places["captions", name], name)
            return media

        made: SiteMedia = self._once(("media", place, row.captions, words), make)
        return made


def _labelled(row: ItemRow) -> list[tuple[str, str]]:
    """The files of a row, each with its label, or with none."""
    return list(zip_longest(row.files, row.labels[: len(row.files)], fillvalue=""))


def write_items(
    rows: Sequence[ItemRow], stock: Stock, places: Mapping[tuple[str, str], int], by: Any
) -> list[LibraryItemPage]:
    """All rows as drafts, in their order."""
    writer = Writer(stock, places, by)
    writer.store_files(rows)
    items = [writer.item(row) for row in rows]
    store_drafts(items, LibraryIndexPage.objects.get(), by)
    return items
