"""The library for feed readers."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Rss201rev2Feed

from core.templatetags.site_tags import absolute
from resources.models import LibraryIndexPage, LibraryItemPage

NEWEST = 20


class LibraryFeed(Feed):
    """The twenty newest items."""

    feed_type = Rss201rev2Feed
    language = "vi"

    def get_object(self, request: Any, *args: Any, page: LibraryIndexPage) -> LibraryIndexPage:
        """The page whose items are told."""
        return page

    def title(self, page: LibraryIndexPage) -> str:
        """The page's title."""
        return f"{page.title} – Bình dân học vụ số"

    def link(self, page: LibraryIndexPage) -> str:
        """The page's address."""
        return absolute(page.url or "/")

    def feed_url(self, page: LibraryIndexPage) -> str:
        """The feed's own address."""
        return f"{self.link(page)}rss/"

    def description(self, page: LibraryIndexPage) -> str:
        """The page's summary."""
        return page.description or page.title

    def items(self, page: LibraryIndexPage) -> Any:
        """The newest items, each knowing its address without a query of its own."""
        newest = list(LibraryItemPage.objects.newest().select_related("language")[:NEWEST])
        for item in newest:
            item.feed_link = f"{self.link(page)}{item.slug}/"
        return newest

    def item_title(self, item: LibraryItemPage) -> str:
        """The item's title with its kind."""
        return f"{item.title} ({item.kind_label})"

    def item_description(self, item: LibraryItemPage) -> str:
        """The item's summary."""
        return item.description

    def item_link(self, item: LibraryItemPage) -> str:
        """The item's address."""
        return str(item.feed_link)

    def item_pubdate(self, item: LibraryItemPage) -> datetime | None:
        """When it came out."""
        return item.first_published_at

    def item_author_name(self, item: LibraryItemPage) -> str:
        """Who made it."""
        return item.author or item.source
