"""What documents and platforms offer to the front page."""

from django.http import HttpRequest

from campaign.documents.models import OfficialDocument, Platform
from core.cache import remember
from core.registry import Section

NEWEST = 5
MOST_PLATFORMS = 6


def newest_documents(request: HttpRequest) -> Section:
    """The five newest public documents."""
    documents = OfficialDocument.objects.public().listed()[:NEWEST]
    return Section("home/sections/documents.html", {"documents": list(documents)})


def platforms(request: HttpRequest) -> Section:
    """Where to learn and whom we work with."""
    return Section(
        "home/sections/platforms.html", {"platforms": remember("home-platforms", _platforms)}
    )


def _platforms() -> list[Platform]:
    return list(Platform.objects.prefetch_related("audiences")[:MOST_PLATFORMS])
