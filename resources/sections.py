"""What the library offers to the front page."""

from django.http import HttpRequest

from core.registry import Section
from resources.models import GuideIndexPage
from resources.queries import topics_with_counts


def learn_by_topic(request: HttpRequest) -> Section | None:
    """Topics as tiles; nothing before the library has a page to lead to."""
    index_page = GuideIndexPage.objects.live().first()
    if index_page is None:
        return None
    context = {"topics": topics_with_counts(), "index_url": index_page.get_url(request)}
    return Section("home/sections/topics.html", context)
