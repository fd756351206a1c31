"""The demo's programmes and collections: the three national programmes, and the school's own ways."""

from typing import Any

from wagtail.models import Page

from home.demo.reading import read
from resources.models import (
    Audience,
    LearningPathPage,
    LibraryIndexPage,
    LibraryItemPage,
    PathStep,
)

PAGE_FIELDS = ("title", "slug", "summary", "kind", "glyph", "colour")


def load_paths() -> None:
    """Paths that are not there yet, known by their addresses."""
    there = set(LibraryIndexPage.objects.get().get_children().values_list("slug", flat=True))
    items = {item.slug: item for item in LibraryItemPage.objects.defer_streamfields()}
    for row in read("paths")["path"]:
        if row["slug"] not in there:
            _add(row, items)


def _add(row: dict[str, Any], items: dict[str, LibraryItemPage]) -> None:
    path = LearningPathPage(**{name: row[name] for name in PAGE_FIELDS})
    path.audiences = Audience.objects.filter(name__in=row["audiences"])
    # An item that an editor has deleted since is no step.
    rows = [step for step in row["step"] if "url" in step or step["item"] in items]
    path.steps = [_step(dict(step), items, place) for place, step in enumerate(rows)]
    LibraryIndexPage.objects.get().add_child(instance=path)
    revision = path.save_revision(clean=True, changed=False)
    Page.objects.filter(pk=path.pk).update(live_revision=revision)


def _step(row: dict[str, Any], items: dict[str, LibraryItemPage], place: int) -> PathStep:
    slug = row.pop("item", "")
    return PathStep(item=items[slug] if slug else None, sort_order=place, **row)
