"""Reads of the library that more than one caller uses."""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import Count, Q

from core.cache import remember
from core.queries import open_to_all
from resources.models import GuideIndexPage, GuidePage, LibraryIndexPage, LibraryItemPage, Topic


def topics_with_counts() -> list[Topic]:
    """All topics in order, each with how many public guides it has."""
    counted = Count("guides", filter=Q(guides__live=True))
    return list(Topic.objects.annotate(guide_count=counted).order_by("order", "name"))


def topics_with_guides() -> list[Topic]:
    """All topics in order, each with its public guides as `listed`."""
    topics = list(Topic.objects.all())
    guides = sorted(GuidePage.objects.listed(), key=lambda guide: guide.topic_id)
    by_topic = {
        key: list(group) for key, group in groupby(guides, key=lambda guide: guide.topic_id)
    }
    for topic in topics:
        topic.listed = by_topic.get(topic.pk, [])  # type: ignore[attr-defined]
    return topics


def learn_url() -> str:
    """Where learning begins, or nothing before that page is live."""
    return remember("learn-url", _read_learn_url)


def _read_learn_url() -> str:
    page = GuideIndexPage.objects.live().first()
    return (page.get_url() or "") if page else ""


def library_url() -> str:
    """Where the library is, or nothing before that page is live."""
    return str(remember("library-url", _read_library_url))


def _read_library_url() -> str:
    page = LibraryIndexPage.objects.live().first()
    return (page.get_url() or "") if page else ""


def public_items(numbers: Iterable[int]) -> dict[int, LibraryItemPage]:
    """Those of these items that anybody may see, by number, without their bodies."""
    items = open_to_all(LibraryItemPage.objects.defer_streamfields().filter(pk__in=list(numbers)))
    return {item.pk: item for item in items.select_related("licence", "media", "picture")}
