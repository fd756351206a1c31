"""What the page of an item needs: files, facts, related items, the video from elsewhere."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse

from core.templatetags.site_tags import absolute
from counters.choices import Act
from counters.queries import totals
from resources.checking import question_count
from resources.facets import values_of
from resources.finding import public_cards, with_items
from resources.models import ItemFile, LibraryItemPage, ShelfCard
from resources.rules import PLAYER_HOST, player_address
from resources.schema import item_data
from resources.walking import paths_with

RELATED = 4
# How many of one topic are looked at when neighbours are chosen.
MOST_NEIGHBOURS = 200


def item_context(item: LibraryItemPage) -> dict[str, Any]:
    """Everything beside the item's own fields, in a fixed number of queries."""
    files = list(item.files.select_related("document__facts"))
    competences = list(item.competences.select_related("competence__domain", "level"))
    topics, audiences = list(item.topics.all()), list(item.audiences.all())
    parent = item.get_parent()
    context = {
        "files": files,
        "competences": competences,
        "topics": topics,
        "audiences": audiences,
        "keywords": list(item.tags.all()),
        "library_url": parent.url if parent else "/",
        "taken": times_taken(item, files),
        "related": related_items(item) if item.pk else [],
        "paths": paths_with(item),
        "cover": _cover(item, files),
        "share_text": share_text(item),
        "questions": question_count(item),
    }
    context["data"] = item_data(item, context)
    return context


def times_taken(item: LibraryItemPage, files: list[ItemFile]) -> int:
    """How often the item's files, video or sound were taken away."""
    if not item.pk:
        return 0
    return sum(totals([item, *(row.document for row in files)], Act.DOWNLOAD).values())


def _cover(item: LibraryItemPage, files: list[ItemFile]) -> str:
    """The address of the first page as a picture, where nobody chose another."""
    facts = files[0].facts if files and not item.picture_id else None
    return facts.cover.url if facts and facts.cover else ""


def related_items(item: LibraryItemPage) -> list[ShelfCard]:
    """Items nearest to this one: topics first, then competences, then audiences; the most used among equals."""
    own = ShelfCard.objects.filter(pk=item.pk).first()
    if own is None:
        return []
    near = Q()
    for column in ("topics", "competences"):
        for value in values_of(getattr(own, column)):
            near |= Q(**{f"{column}__contains": f",{value},"})
    if not near:
        near = Q(kind=own.kind)
    columns = ("item", "topics", "competences", "audiences")
    rows = public_cards().filter(near).exclude(pk=item.pk).order_by("-uses", "-published_at")
    weighed = sorted(
        rows.values_list(*columns)[:MOST_NEIGHBOURS], key=lambda row: -_nearness(own, row)
    )
    return with_items([row[0] for row in weighed[:RELATED]])


def _nearness(own: ShelfCard, row: tuple[Any, ...]) -> int:
    weights = zip((4, 2, 1), (own.topics, own.competences, own.audiences), row[1:], strict=True)
    return sum(
        weight * len(set(values_of(mine)) & set(values_of(other)))
        for weight, mine, other in weights
    )


def share_text(item: LibraryItemPage) -> str:
    """A ready message for a class's Zalo group: title, summary, address."""
    lines = [item.title, item.description, f"Mở học liệu: {absolute(item.url or '')}"]
    return "\n".join(line for line in lines if line)


def watching(item: LibraryItemPage, request: HttpRequest) -> HttpResponse:
    """The page with the video from elsewhere in it. Its address is the reader's own wish to load it."""
    address = player_address(item.link) if item.has_player else ""
    if not address:
        raise Http404
    context = item_context(item) | {"player": address}
    response = item.render(request, context_overrides=context)
    # This page alone may show that host, and the host must see who asks, or it shows nothing.
    response._csp_update = {"frame-src": [PLAYER_HOST]}  # type: ignore[attr-defined]
    return response
