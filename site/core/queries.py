"""Reads that every page needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from core.cache import remember
from core.models import Banner, SearchSynonym, SiteSettings, StandardPage
from core.page_links import links_of_records
from core.registry import FoundLink, Link, site_links
from core.rules import BannerCard

BANNER_FILTER = "width-640|format-webp"


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands around every page: who runs the site, the menu, the banners."""

    settings: SiteSettings
    menu: list[Link]
    pages: list[Link]
    banners: list[BannerCard]


def site_chrome() -> Chrome:
    """The frame of every public page, kept for a generation."""
    return remember("chrome", _read_chrome)


def _read_chrome() -> Chrome:
    return Chrome(
        settings=SiteSettings.load(),
        menu=menu_links(),
        pages=page_links(),
        banners=banner_cards(timezone.localdate()),
    )


def menu_links() -> list[Link]:
    """The main menu: the home page's own children that are live and asked for, then what apps offer."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return []
    home = site.root_page
    pages = Page.objects.child_of(home).live().public().in_menu()
    offered = [link for link in site_links if link.in_menu]
    return [*(Link(page.title, f"/{page.slug}/") for page in pages), *offered]


def page_links() -> list[Link]:
    """What the menu leaves out and the foot names: pages of their own, and other places of apps."""
    pages = StandardPage.objects.live().public().filter(show_in_menus=False).order_by("path")
    own = [Link(page.title, page.get_url() or "") for page in pages.defer_streamfields()[:8]]
    return [*own, *(link for link in site_links if not link.in_menu)]


def banner_cards(today: date) -> list[BannerCard]:
    """Running banners as cards, pictures already cut."""
    banners = Banner.objects.running(today).select_related("image")
    return [_card(banner) for banner in banners.prefetch_related("image__renditions")]


def _card(banner: Banner) -> BannerCard:
    picture = banner.image.get_rendition(BANNER_FILTER) if banner.image else None
    return BannerCard(
        title=banner.title,
        text=banner.text,
        url=banner.url,
        action=banner.action,
        place=banner.place,
        image=picture.url if picture else "",
        image_width=picture.width if picture else 0,
        image_height=picture.height if picture else 0,
    )


def synonym_groups() -> list[list[str]]:
    """Each row of synonyms as its spellings."""
    return remember("synonyms", _read_synonyms)


def _read_synonyms() -> list[list[str]]:
    rows = SearchSynonym.objects.values_list("terms", flat=True)
    return [[term.strip() for term in row.split(",")] for row in rows]


def restricted_paths() -> list[str]:
    """Tree places whose pages ask for a password or a sign-in: these are never kept in the page cache."""
    return remember(
        "restricted-paths",
        lambda: list(PageViewRestriction.objects.values_list("page__path", flat=True)),
    )


def open_to_all(pages: Any) -> Any:
    """The live ones of `pages` that ask for no password; like Wagtail's `public()`, a query cheaper."""
    closed = Q(pk__in=[])
    for path in restricted_paths():
        closed |= Q(path__startswith=path)
    return pages.live().exclude(closed) if restricted_paths() else pages.live()


def banner_links() -> Iterator[FoundLink]:
    """Where the banners in use lead, to be asked now and then whether it still opens."""
    rows = Banner.objects.filter(is_active=True).values_list("pk", "title", "url").order_by("pk")
    return links_of_records(rows, "wagtailsnippets_core_banner:edit")
