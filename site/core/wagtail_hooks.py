"""What the whole site registers with Wagtail."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.models import Banner, Holiday, SearchSynonym
from core.publishing import needs_checklist, publish_checklist
from core.queries import restricted_paths


@hooks.register("before_serve_page", order=200)
def mark_public(page: Any, request: HttpRequest, *args: Any) -> None:
    """Only pages that ask nobody for a password may be kept in the page cache."""
    if not any(page.path.startswith(path) for path in restricted_paths()):
        request.is_public_page = True  # type: ignore[attr-defined]


@hooks.register("before_publish_page")
def ask_checklist(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Publishing past the workflow leads through the same check list."""
    return needs_checklist(request, page)


@hooks.register("before_bulk_action")
def no_bulk_publishing(request: HttpRequest, action_type: str, *args: Any) -> None:
    """Many pages at once would go out past the check list."""
    if action_type == "publish":
        raise PermissionDenied


@hooks.register("register_admin_urls")
def checklist_url() -> list[Any]:
    """The check list's own address."""
    return [path("kiem-tra/<int:page_id>/", publish_checklist, name="publish-checklist")]


class BannerViews(SnippetViewSet):
    """Banners."""

    model = Banner
    icon = "link-external"
    list_display = ["title", "place", "starts", "ends", "order", "is_active"]
    list_filter = ["place", "is_active"]


class SynonymViews(SnippetViewSet):
    """Words that mean the same."""

    model = SearchSynonym
    icon = "search"
    list_display = ["terms"]


class HolidayViews(SnippetViewSet):
    """Days off that due dates skip."""

    model = Holiday
    icon = "calendar"
    list_display = ["day", "name"]


class SiteGroup(SnippetViewSetGroup):
    """What editors set for the whole site."""

    menu_label = "Toàn trang"
    menu_icon = "site"
    menu_order = 250
    items = (BannerViews, SynonymViews, HolidayViews)


register_snippet(SiteGroup)
