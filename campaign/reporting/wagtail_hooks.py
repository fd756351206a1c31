"""What reports register with Wagtail: forms and their versions."""

from typing import Any

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.widgets import ListingButton
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import (
    DeleteView,
    EditView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from campaign.reporting import admin_views
from campaign.reporting.models import LayoutVersion, ReportForm
from campaign.reporting.models.layouts import FROZEN


class OpenOnly:
    """A published version is looked at and copied: whoever wants to change it is led to its page."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """The page of acts, for what is published."""
        rows = LayoutVersion.objects.filter(published_at__isnull=False)
        if rows.filter(pk=kwargs["pk"]).exists():
            messages.info(request, FROZEN)
            return redirect("reporting-version", kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class VersionEdit(OpenOnly, EditView):
    """Drafts are changed."""


class VersionDelete(OpenOnly, DeleteView):
    """Drafts are thrown away."""


class VersionViews(SnippetViewSet):
    """Versions of forms."""

    model = LayoutVersion
    icon = "form"
    menu_label = "Phiên bản mẫu"
    list_display = ["__str__", "title", "published_at"]
    list_filter = ["form"]
    edit_view_class = VersionEdit
    delete_view_class = VersionDelete


class FormViews(SnippetViewSet):
    """Forms."""

    model = ReportForm
    icon = "form"
    menu_label = "Tên mẫu"
    list_display = ["name", "about"]


class LayoutGroup(SnippetViewSetGroup):
    """Forms of reports."""

    menu_label = "Mẫu báo cáo"
    menu_icon = "form"
    menu_order = 264
    items = (VersionViews, FormViews)


register_snippet(LayoutGroup)


@hooks.register("register_admin_urls")
def layout_urls() -> list[Any]:
    """Publishing, and the next version."""
    return [path("mau-bao-cao/<int:pk>/", admin_views.version_acts, name="reporting-version")]


@hooks.register("register_snippet_listing_buttons")
def version_buttons(snippet: Any, user: Any, next_url: Any = None) -> list[Any]:
    """The way to the acts of a version, in its row."""
    if not isinstance(snippet, LayoutVersion) or not user.has_perm(
        "reporting.change_layoutversion"
    ):
        return []
    label = "Lập phiên bản mới" if snippet.is_published else "Xem trước, ban hành"
    return [ListingButton(label, reverse("reporting-version", args=[snippet.pk]), priority=5)]
