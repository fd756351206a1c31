"""The digital-skills library."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    """Offers topics to the front page and guides to the search."""

    name = "resources"
    verbose_name = "Học kỹ năng số"

    def ready(self) -> None:
        """Register what higher floors show."""
        from core.queries import open_to_all
        from core.registry import SearchKind, home_sections, search_kinds
        from counters.registry import Countable, countables
        from resources.models import GuidePage
        from resources.sections import learn_by_topic

        countables.register(
            Countable("huong-dan", lambda: open_to_all(GuidePage.objects)), order=30
        )
        home_sections.register(learn_by_topic, order=40)
        search_kinds.register(
            SearchKind("huong-dan", "Hướng dẫn", lambda: open_to_all(GuidePage.objects)), order=5
        )
