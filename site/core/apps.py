"""What is true of the whole site."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the house's checks and what empties the page cache."""

    name = "core"
    verbose_name = "Toàn trang"

    def ready(self) -> None:
        """Connect once everything is loaded."""
        from core import cache, checks  # noqa: F401
        from core.models import StandardPage
        from core.page_links import links_of_pages
        from core.queries import banner_links
        from core.registry import LinkSource, checked_links

        cache.connect()
        checked_links.register(
            LinkSource(
                "trang", "Trang nội dung", lambda: links_of_pages(StandardPage.objects.live())
            ),
            order=30,
        )
        checked_links.register(LinkSource("banner", "Banner", banner_links), order=50)
