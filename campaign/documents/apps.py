"""Official documents, platforms and links."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Offers documents and platforms to the front page."""

    name = "campaign.documents"
    label = "documents"
    verbose_name = "Văn bản và nền tảng"

    def ready(self) -> None:
        """Register what higher floors show."""
        from campaign.documents.models import OfficialDocument
        from campaign.documents.sections import newest_documents, platforms
        from core.registry import SearchKind, home_sections, search_kinds

        home_sections.register(newest_documents, order=60)
        home_sections.register(platforms, order=80)
        search_kinds.register(
            SearchKind("van-ban", "Văn bản", lambda: OfficialDocument.objects.public()), order=20
        )
