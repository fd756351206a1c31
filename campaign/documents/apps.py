"""Official documents, forms to download, platforms and links."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Offers documents, forms and platforms to the front page, the search, the menu and the library."""

    name = "campaign.documents"
    label = "documents"
    verbose_name = "Văn bản và nền tảng"

    def ready(self) -> None:
        """Register what higher floors show."""
        from campaign.documents.models import FormTemplate, OfficialDocument
        from campaign.documents.queries import course_links, platform_links
        from campaign.documents.sections import newest_documents, platforms
        from core import registry
        from core.registry import Link, LinkSource, SearchKind, SitemapSource
        from counters.registry import Countable, countables

        registry.home_sections.register(newest_documents, order=60)
        registry.home_sections.register(platforms, order=80)
        registry.search_kinds.register(
            SearchKind("van-ban", "Văn bản", lambda: OfficialDocument.objects.public()), order=20
        )
        registry.search_kinds.register(
            SearchKind("bieu-mau", "Biểu mẫu", lambda: FormTemplate.objects.public()), order=30
        )
        registry.site_links.register(Link("Văn bản", "/van-ban/", in_menu=True), order=20)
        registry.site_links.register(Link("Biểu mẫu", "/van-ban/bieu-mau/"), order=21)
        registry.site_links.register(Link("Nền tảng, khóa học", "/nen-tang/"), order=22)
        registry.sitemap_sources.register(
            SitemapSource("van-ban", lambda: OfficialDocument.objects.public()), order=20
        )
        countables.register(
            Countable(key="van-ban", queryset=lambda: OfficialDocument.objects.public()), order=20
        )
        registry.course_links.register(course_links, order=10)
        registry.checked_links.register(
            LinkSource("nen-tang", "Nền tảng, liên kết", platform_links), order=40
        )
