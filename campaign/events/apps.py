"""Ngày hội toàn dân học tập số and every other event."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Announces what comes and tells what was."""

    name = "campaign.events"
    label = "events"
    verbose_name = "Ngày hội, sự kiện"

    def ready(self) -> None:
        """Offer events to the front page, the menu, the search and the sitemap."""
        from campaign.events.answers import WISHES
        from campaign.events.desk_views import may_see_events
        from campaign.events.models import Event
        from campaign.events.privacy import GUESTS, guests_under
        from campaign.events.sections import coming_events
        from campaign.events.sources import DAY, EVENTS, event_links
        from campaign.events.tasks_due import waiting
        from campaign.reporting.sources import other_sources
        from core import registry
        from core.registry import DeskItem, Link, SearchKind, SitemapSource
        from privacy.registry import data_finders, purposes

        registry.home_sections.register(coming_events, order=50)
        registry.site_links.register(Link("Ngày hội", "/ngay-hoi/", in_menu=True), order=15)
        registry.search_kinds.register(
            SearchKind("su-kien", "Sự kiện", lambda: Event.objects.public()), order=35
        )
        registry.sitemap_sources.register(
            SitemapSource("ngay-hoi", lambda: Event.objects.public()), order=30
        )
        registry.desk_items.register(
            DeskItem("Ngày hội, sự kiện", "/don-vi/su-kien/", may_see_events), order=12
        )
        registry.desk_tasks.register(waiting, order=5)
        registry.checked_links.register(
            registry.LinkSource("su-kien", "Sự kiện", event_links), order=45
        )
        other_sources.register(DAY, order=10)
        other_sources.register(EVENTS, order=20)
        purposes.register(WISHES, order=46)
        purposes.register(GUESTS, order=47)
        data_finders.register(guests_under, order=50)
