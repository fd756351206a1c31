"""Public figures."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Shows what was done, counted from confirmed activities."""

    name = "campaign.results"
    label = "results"
    verbose_name = "Kết quả"

    def ready(self) -> None:
        """Offer the figures to the front page, the pages of units, the menu and the site map."""
        from campaign.results.sections import done_so_far, unit_achievements
        from core.registry import Link, home_sections, site_links, unit_sections

        home_sections.register(done_so_far, order=20)
        unit_sections.register(unit_achievements, order=10)
        site_links.register(Link("Kết quả", "/ket-qua/", in_menu=True), order=30)
