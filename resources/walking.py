"""What pages show of paths: the steps a reader can take, how long they last, where a path is listed."""

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from core.templatetags.site_tags import absolute
from resources.choices import PathKind
from resources.models import LearningPathPage, LibraryItemPage, PathStep
from resources.packs import pack_of_path
from resources.path_rules import span_of
from resources.queries import library_url, public_items
from resources.schema import path_data

# How many are named above the list of items; the rest have a page of their own.
NAMED = 6


def public_steps(path: LearningPathPage) -> list[PathStep]:
    """The steps in order, without items that are not public just now; a preview shows its own rows."""
    steps = list(path.steps.all())
    wanted = [step.item_id for step in steps if step.item_id]
    items = public_items(wanted)
    shown = [step for step in steps if not step.item_id or step.item_id in items]
    for step in shown:
        if step.item_id:
            step.item = items[step.item_id]
    return shown


def path_context(path: LearningPathPage) -> dict[str, Any]:
    """Everything beside the path's own fields, in a fixed number of queries."""
    parent = path.get_parent()
    steps = public_steps(path)
    context = {
        "steps": steps,
        "span": span_of(step.time for step in steps),
        "audiences": list(path.audiences.all()),
        "library_url": parent.url if parent else "/",
        "share_text": share_text(path),
        "pack": pack_of_path(path, steps),
        "choice": urlencode([("chon", step.item_id) for step in steps if step.item_id]),
    }
    context["data"] = path_data(path, context)
    return context


def share_text(path: LearningPathPage) -> str:
    """A ready message for a class's Zalo group: title, summary, address."""
    lines = [path.title, path.description, f"Học theo từng bước: {absolute(path.url or '')}"]
    return "\n".join(line for line in lines if line)


def listed_paths() -> list[LearningPathPage]:
    """Public paths as lists show them, each with its steps, time and address, in a fixed number of queries."""
    paths = list(LearningPathPage.objects.listed())
    steps = PathStep.objects.filter(page__in=paths).order_by("sort_order")
    rows = list(steps.values_list("page", "item", "minutes"))
    items = public_items({item for _, item, _ in rows if item})
    named = _audience_names(paths)
    library = library_url()
    for path in paths:
        times = [
            minutes or (items[item].minutes if item else None)
            for page, item, minutes in rows
            if page == path.pk and (not item or item in items)
        ]
        path.step_count = len(times)
        path.span = span_of(times)
        path.audience_words = "; ".join(named[path.pk])
        path.address = f"{library}{path.slug}/"
    return paths


def _audience_names(paths: list[LearningPathPage]) -> dict[int, list[str]]:
    links = LearningPathPage.audiences.through.objects.filter(learningpathpage__in=paths)
    rows = links.order_by("audience__order", "audience__name")
    named: dict[int, list[str]] = defaultdict(list)
    for path, name in rows.values_list("learningpathpage", "audience__name"):
        named[path].append(name)
    return named


def path_groups() -> list[dict[str, Any]]:
    """All public paths, programmes apart from collections; groups without any are left out."""
    paths = listed_paths()
    headings = (
        (PathKind.PROGRAMME, "Chương trình"),
        (PathKind.COLLECTION, "Bộ sưu tập"),
    )
    groups = [
        {"key": kind.value, "heading": heading, "paths": [p for p in paths if p.kind == kind]}
        for kind, heading in headings
    ]
    return [group for group in groups if group["paths"]]


def paths_with(item: LibraryItemPage) -> list[LearningPathPage]:
    """Public paths that lead through this item."""
    if not item.pk:
        return []
    return list(LearningPathPage.objects.listed().filter(steps__item=item).distinct())
