"""What the library offers to the front page."""

from django.http import HttpRequest

from core.registry import Section
from resources.finding import public_cards, with_items
from resources.queries import learn_url, library_url, topics_with_counts

NEWEST = 4


def learn_by_topic(request: HttpRequest) -> Section | None:
    """Topics as tiles; nothing before the library has a page to lead to."""
    index_url = learn_url()
    if not index_url:
        return None
    context = {"topics": topics_with_counts(), "index_url": index_url}
    return Section("home/sections/topics.html", context)


def newest_items(request: HttpRequest) -> Section | None:
    """The newest learning material; nothing before there is any."""
    url = library_url()
    newest = public_cards().order_by("-published_at", "-item").values_list("pk", flat=True)
    cards = with_items(list(newest[:NEWEST])) if url else []
    if not cards:
        return None
    return Section("resources/sections/newest.html", {"cards": cards, "library_url": url})
