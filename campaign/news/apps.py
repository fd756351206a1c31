"""News of the movement."""

from django.apps import AppConfig


class NewsConfig(AppConfig):
    """Offers the newest articles to the front page and articles to the search."""

    name = "campaign.news"
    verbose_name = "Tin tức"

    def ready(self) -> None:
        """Register what higher floors show."""
        from campaign.news.models import ArticlePage
        from campaign.news.sections import newest
        from core.page_links import links_of_pages
        from core.queries import open_to_all
        from core.registry import (
            LinkSource,
            SearchKind,
            checked_links,
            home_sections,
            search_kinds,
        )
        from counters.registry import Countable, countables

        home_sections.register(newest, order=30)
        checked_links.register(
            LinkSource(
                "tin-bai",
                "Tin bài",
                lambda: links_of_pages(ArticlePage.objects.live(), "source_url"),
            ),
            order=20,
        )
        search_kinds.register(
            SearchKind("tin-bai", "Tin bài", lambda: open_to_all(ArticlePage.objects)), order=10
        )
        countables.register(
            Countable(key="bai-viet", queryset=lambda: open_to_all(ArticlePage.objects)), order=10
        )
