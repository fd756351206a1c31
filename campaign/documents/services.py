"""Verbs on platforms."""

from django.db import transaction

from campaign.documents.models import Platform
from core.models import Banner


@transaction.atomic
def set_banner(platform: Platform, *, shown: bool) -> Banner | None:
    """Hang the platform's banner or take it down; a banner that leads there already becomes its own."""
    banner = platform.banner
    if banner is None and shown:
        free = Banner.objects.filter(url=platform.url, platform__isnull=True).first()
        banner = free or Banner(url=platform.url, text=platform.purpose, order=platform.order)
    if banner is None:
        return None
    banner.title, banner.url, banner.is_active = platform.banner_title, platform.url, shown
    banner.save()
    platform.banner = banner
    Platform.objects.filter(pk=platform.pk).update(banner=banner)
    return banner
