"""What is true of the whole site."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the house's checks and what empties the page cache."""

    name = "core"
    verbose_name = "Toàn trang"

    def ready(self) -> None:
        """Connect once everything is loaded."""
        from core import cache, checks  # noqa: F401

        cache.connect()
