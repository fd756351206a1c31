"""What the library offers to the front page."""

from django.http import HttpRequest

from core.registry import Section
from resources.queries import learn_url, topics_with_counts


def learn_by_topic(request: HttpRequest) -> Section | None:
    """Topics as tiles; nothing before the library has a page to lead to."""
    index_url = learn_url()
    if not index_url:
        return None
    context = {"topics": topics_with_counts(), "index_url": index_url}
    return Section("home/sections/topics.html", context)
