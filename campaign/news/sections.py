"""What news offers to the front page."""

from django.http import HttpRequest

from campaign.news.queries import newest_articles
from core.registry import Section


def newest(request: HttpRequest) -> Section:
    """One large article, three small ones; an honest sentence where there is none."""
    articles = newest_articles(4)
    return Section("home/sections/news.html", {"lead": articles[:1], "stories": articles[1:]})
