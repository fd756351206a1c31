"""Units: who belongs where, now and then."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """The organisation tree with its history."""

    name = "campaign.units"
    label = "units"
    verbose_name = "Đơn vị"

    def ready(self) -> None:
        """Offer units to the site map, the search and the health check."""
        from campaign.units.models import Unit
        from campaign.units.queries import tree_problems
        from core.registry import Link, SearchKind, health_checks, search_kinds, site_links

        site_links.register(Link("Các đơn vị", "/cac-don-vi/"), order=50)
        search_kinds.register(SearchKind("don-vi", "Đơn vị", lambda: Unit.objects.all()), order=50)
        health_checks.register(tree_problems, order=10)
