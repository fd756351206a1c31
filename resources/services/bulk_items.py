"""Storing many new drafts at once: what saving them one by one does, in a handful of statements.

Saved one by one, an item costs some fifty queries; thousands of them would hold the one write lock of SQLite
for minutes, and who saves meanwhile would be turned away.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageLogEntry, Revision

from core.text import slugify
from resources.indexing import index_all, index_later
from resources.models import (
    ItemCompetence,
    ItemFile,
    ItemKeyword,
    LibraryIndexPage,
    LibraryItemPage,
)

BATCH = 500
# What a page has in the table that all pages share.
SHARED = [field.attname for field in Page._meta.local_concrete_fields if not field.primary_key]


def store_drafts(items: Sequence[LibraryItemPage], index: LibraryIndexPage, by: Any) -> None:
    """Store new items below the library's page, each with its relations, first revision and log entry.

    Called inside a transaction that holds the lock of the library's page. Titles are clean already. What an
    item refers to is left to `tasks.note_references`.
    """
    if not items:
        return
    with index_later():
        _place(items, index)
        _insert(items)
        _insert_relations(items)
        _insert_revisions(items, by)
    LibraryIndexPage.objects.filter(pk=index.pk).update(numchild=models.F("numchild") + len(items))
    index_all(items)


def _place(items: Sequence[LibraryItemPage], index: LibraryIndexPage) -> None:
    """Give each its place in the tree behind the last child, and its own address."""
    last = index.get_last_child()
    path = last._inc_path() if last else Page._get_path(index.path, index.depth + 1, 1)
    slugs = Slugs(index.get_children().values_list("slug", flat=True))
    kind = ContentType.objects.get_for_model(LibraryItemPage)
    for item in items:
        item.path, item.depth = path, index.depth + 1
        item.slug = slugs.free(slugify(item.title) or "trang")
        item.url_path = f"{index.url_path}{item.slug}/"
        item.draft_title, item.locale_id, item.content_type = item.title, index.locale_id, kind
        path = item._inc_path()
        # Nobody can have commented yet; Wagtail would ask for each.
        setattr(item, COMMENTS_RELATION_NAME, [])


class Slugs:
    """Addresses beside those that are taken already."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.taken = set(taken)
        self._last: dict[str, int] = {}

    def free(self, base: str) -> str:
        """`base`, or `base-2`, `base-3` … when it is taken; taken from now on."""
        slug, number = base, self._last.get(base, 1)
        while slug in self.taken:
            number += 1
            slug = f"{base}-{number}"
        self._last[base] = number
        self.taken.add(slug)
        return slug


def _insert(items: Sequence[LibraryItemPage]) -> None:
    rows = [Page(**{name: getattr(item, name) for name in SHARED}) for item in items]
    for item, row in zip(items, Page.objects.bulk_create(rows, BATCH), strict=True):
        item.pk = item.id = row.pk
        # The item's own table alone: its page stands already.
        item.save_base(raw=True, force_insert=True)


def _insert_relations(items: Sequence[LibraryItemPage]) -> None:
    """What hangs on the items in memory."""
    for model, name in (
        (ItemCompetence, "competences"), (ItemFile, "files"), (ItemKeyword, "keyword_links"),
    ):  # fmt: skip
        hanging = [row for item in items for row in getattr(item, name).all()]
        model._default_manager.bulk_create(hanging, BATCH)
    for name in ("audiences", "topics"):
        through = getattr(LibraryItemPage, name).through
        target = LibraryItemPage._meta.get_field(name).m2m_reverse_field_name()
        through._default_manager.bulk_create(
            [
                through(libraryitempage_id=item.pk, **{target: named})
                for item in items
                for named in getattr(item, name).all()
            ],
            BATCH,
        )


def _insert_revisions(items: Sequence[LibraryItemPage], by: Any) -> None:
    now = timezone.now()
    kind = ContentType.objects.get_for_model(LibraryItemPage)
    base = ContentType.objects.get_for_model(Page)
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                content_type=kind, base_content_type=base, object_id=str(item.pk), user=by,
                created_at=now, object_str=str(item), content=item.serializable_data(),
            )
            for item in items
        ],
        BATCH,
    )  # fmt: skip
    for item, revision in zip(items, revisions, strict=True):
        item.latest_revision, item.latest_revision_created_at = revision, now
    Page.objects.bulk_update(
        [
            Page(pk=item.pk, latest_revision=item.latest_revision, latest_revision_created_at=now)
            for item in items
        ],
        ["latest_revision", "latest_revision_created_at"],
        BATCH,
    )
    # One act of one person.
    act = uuid4()
    PageLogEntry.objects.bulk_create(
        [
            PageLogEntry(
                content_type=kind, label=str(item), action=action, timestamp=now, user=by, uuid=act,
                data={}, content_changed=True, page_id=item.pk, revision=revision,
            )
            for item in items
            for action, revision in (("wagtail.create", None), ("wagtail.edit", item.latest_revision))
        ],
        BATCH,
    )  # fmt: skip
