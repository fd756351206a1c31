"""What documents and platforms offer to the front page."""

from django.http import HttpRequest

from campaign.documents.models import OfficialDocument, Platform
from core.cache import remember
from core.registry import Section


def newest_documents(request: HttpRequest) -> Section:
    """The five newest public documents."""
    documents = OfficialDocument.objects.public()[:5]
    return Section("home/sections/documents.html", {"documents": list(documents)})


def platforms(request: HttpRequest) -> Section:
    """Where to learn and whom we work with."""
    shown = remember("home-platforms", lambda: list(Platform.objects.all()[:12]))
    return Section("home/sections/platforms.html", {"platforms": shown})
