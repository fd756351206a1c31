"""Views that belong to no page: health, robots, errors, the banner for other sites, the school's colour."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponseNotFound,
    HttpResponseServerError,
    JsonResponse,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap as PagesSitemap
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.models import Page

from core.queries import site_chrome
from core.registry import health_checks, site_links, sitemap_sources
from core.rules import NATIONAL_PORTAL, theme_css

VERSION = "0.1"
# Looking through whole tables is not for every probe.
DATA_CHECK_SECONDS = 300
BANNER_SIZES = {"1200x200": (1200, 200), "728x90": (728, 90), "300x250": (300, 250)}
BANNER_KINDS = {"png": "image/png", "svg": "image/svg+xml"}


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and no migration waits; 503 otherwise."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        state = {"database": "ok", "migrations": "waiting" if waiting else "ok"}
        if not waiting:
            state["data"] = cache.get_or_set("health-data", data_state, DATA_CHECK_SECONDS) or ""
    except Exception:  # noqa: BLE001  Whatever is wrong, the answer must go out.
        state = {"database": "error", "migrations": "unknown"}
    healthy = set(state.values()) == {"ok"}
    body = {"status": "ok" if healthy else "error", **state, "version": VERSION}
    return JsonResponse(body, status=200 if healthy else 503)


def data_state() -> str:
    """`ok`, or what apps find wrong in their own data."""
    return "; ".join(wrong for check in health_checks for wrong in check()) or "ok"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything public."""
    lines = [
        "User-agent: *",
        "Disallow: /quan-tri/",
        "Disallow: /dang-nhap/",
        "Disallow: /mat-khau/",
        "Disallow: /tai-khoan/",
        "Disallow: /don-vi/",
        "Disallow: /dem/",
        "Disallow: /lien-he/theo-doi/",
    ]
    lines.append(f"Sitemap: {settings.BASE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """All public pages as one tree of links."""
    request.is_public_page = True  # type: ignore[attr-defined]
    pages = Page.objects.live().public().filter(depth__gt=2).order_by("path").defer_streamfields()
    entries = [(page, page.depth - 2) for page in pages.specific(defer=True)]
    return render(request, "core/site_map.html", {"entries": entries, "links": list(site_links)})


class LinksSitemap(Sitemap):
    """Places that are neither pages nor records: the registered links."""

    def items(self) -> list[str]:
        """Their addresses."""
        return [link.url for link in site_links]

    def location(self, item: str) -> str:
        """An address is its own place."""
        return item


def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: pages, registered links, and the records that apps offer."""
    records = {
        source.name: GenericSitemap({"queryset": source.queryset()}) for source in sitemap_sources
    }
    maps = {"pages": PagesSitemap, "links": LinksSitemap, **records}
    return wagtail_sitemap(request, sitemaps=maps)


@require_safe
def banner_page(request: HttpRequest) -> HttpResponse:
    """The banner to the national portal, as HTML to paste on the school's other sites."""
    request.is_public_page = True  # type: ignore[attr-defined]
    snippets = [
        {"size": size, "width": width, "height": height, "html": banner_html(request, size)}
        for size, (width, height) in BANNER_SIZES.items()
    ]
    return render(request, "core/banner_page.html", {"snippets": snippets})


def banner_html(request: HttpRequest, size: str) -> str:
    """The lines to paste: a link with a picture of a fixed size, no script."""
    width, height = BANNER_SIZES[size]
    context = {
        "portal": NATIONAL_PORTAL,
        "source": f"{settings.BASE_URL}/banner/{size}.png",
        "width": width,
        "height": height,
    }
    return render_to_string("core/banner_snippet.html", context).strip()


@require_safe
@cache_control(public=True, max_age=60 * 60 * 24)
def banner_image(request: HttpRequest, size: str, kind: str) -> FileResponse:
    """The banner's picture under an address that never changes, since other sites point at it."""
    if size not in BANNER_SIZES or kind not in BANNER_KINDS:
        raise Http404
    path = _static_path(f"img/banner/banner-{size}.{kind}")
    response = FileResponse(path.open("rb"), content_type=BANNER_KINDS[kind])
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _static_path(name: str) -> Path:
    found = find(name)
    return Path(found) if found else Path(staticfiles_storage.path(name))


@require_safe
@cache_control(public=True, max_age=60 * 60 * 24 * 30)
def theme(request: HttpRequest) -> HttpResponse:
    """The school's own primary colour, as a style sheet: no page carries inline style."""
    css = theme_css(site_chrome().settings.primary_colour)
    return HttpResponse(css, content_type="text/css; charset=utf-8")


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: more than the site takes in at once, or an address nobody could have meant."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return HttpResponse(render_to_string("413.html", {}, request=request), status=413)
    return HttpResponseBadRequest(render_to_string("404.html", {}, request=request))


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404 in the site's look, with ways on."""
    return HttpResponseNotFound(render_to_string("404.html", {}, request=request))


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403 in the site's look."""
    return HttpResponseForbidden(render_to_string("403.html", {}, request=request))


def forbidden_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old: says how to send it again."""
    context = {"form_expired": True}
    return HttpResponseForbidden(render_to_string("403.html", context, request=request))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page that needs neither database nor session."""
    return HttpResponseServerError(render_to_string("500.html"))
