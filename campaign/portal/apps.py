"""The desk's first screen."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Who am I for which unit, and what waits for me."""

    name = "campaign.portal"
    label = "portal"
    verbose_name = "Bàn làm việc của đơn vị"

    def ready(self) -> None:
        """The first line of the desk's menu; where people with a role go after signing in."""
        from django.http import HttpRequest

        from campaign.units.reach import posts_of
        from core.registry import DeskItem, desk_items, landings

        def landing(request: HttpRequest) -> str | None:
            return "/don-vi/" if posts_of(request.user) else None

        desk_items.register(DeskItem("Việc phải làm", "/don-vi/", lambda request: True), order=0)
        landings.register(landing, order=10)
