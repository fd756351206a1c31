"""News for feed readers."""

from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed

from campaign.news.models import ArticlePage, ListingPage
from core.templatetags.site_tags import absolute


class ArticleFeed(Feed):
    """The twenty newest articles of a listing page."""

    feed_type = Rss201rev2Feed
    language = "vi"

    def get_object(self, request: Any, *args: Any, page: ListingPage) -> ListingPage:
        """The page whose articles are told."""
        return page

    def title(self, page: ListingPage) -> str:
        """The page's title."""
        return f"{page.title} – Bình dân học vụ số"

    def link(self, page: ListingPage) -> str:
        """The page's address."""
        return absolute(page.url or "/")

    def feed_url(self, page: ListingPage) -> str:
        """The feed's own address."""
        return f"{self.link(page)}rss/"

    def description(self, page: ListingPage) -> str:
        """The page's summary."""
        return page.description or page.title

    def items(self, page: ListingPage) -> Any:
        """The newest articles."""
        return page.articles()[:20]

    def item_title(self, item: ArticlePage) -> str:
        """The article's title."""
        return item.title

    def item_description(self, item: ArticlePage) -> str:
        """The article's summary."""
        return item.description

    def item_link(self, item: ArticlePage) -> str:
        """The article's address."""
        return absolute(item.url or "/")

    def item_pubdate(self, item: ArticlePage) -> datetime:
        """The article's day, as a moment."""
        return timezone.make_aware(datetime.combine(item.published_on, time(7)))

    def item_author_name(self, item: ArticlePage) -> str:
        """Who wrote it."""
        return item.author
