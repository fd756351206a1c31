"""Lists of the library in the staff area: items with their faults, what units offer, addresses elsewhere."""

from typing import Any

from django.contrib.admin import display
from django.contrib.admin.filters import SimpleListFilter
from django.db.models import Case, IntegerField, When
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from wagtail_modeladmin.helpers import (
    DjangoORMSearchHandler,
)

from core.admin import QueueAdmin
from resources.choices import AT_LIBRARY, ContributionState, LinkState
from resources.contribution_admin_views import case
from resources.health_views import link_case
from resources.models import CheckedLink, Contribution
from resources.permissions import user_judges


class QueueFilter(SimpleListFilter):
    """By what librarians have to do with it."""

    title = "Tình trạng"
    parameter_name = "tinh-trang"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        """What may be the case once it has come to the library."""
        settled = (ContributionState.TAKEN, ContributionState.RETURNED, ContributionState.DECLINED)
        return [("cho", "Chờ thủ thư"), *((state.value, state.label) for state in settled)]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """The chosen ones; nonsense filters nothing."""
        if self.value() == "cho":
            return queryset.filter(state__in=AT_LIBRARY)
        return queryset.filter(state=self.value()) if self.value() else queryset


class ContributionAdmin(QueueAdmin):
    """The queue of what units offer."""

    model = Contribution
    search_handler_class = DjangoORMSearchHandler
    menu_label = "Đơn vị góp"
    menu_icon = "download"
    menu_order = 261
    list_display = ["title", "kind", "unit_name", "sent_at", "state"]
    list_filter = [QueueFilter, "kind"]
    search_fields = ("title", "summary", "unit__name")
    # Those that wait come first, the longest waiting on top.
    ordering: Any = ["is_done", "sent_at"]

    def inspect_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        """The contribution with its moves, in the place of a list of fields."""
        return case(request, instance_pk)

    def get_queryset(self, request: HttpRequest) -> Any:
        """What has come to the library, for those who decide on it."""
        rows = super().get_queryset(request).filter(sent_at__isnull=False)
        if not user_judges(request.user):
            return rows.none()
        waits = When(state__in=AT_LIBRARY, then=0)
        done = Case(waits, default=1, output_field=IntegerField())
        return rows.annotate(is_done=done).select_related("unit")

    @display(description="Đơn vị", ordering="unit__name")
    def unit_name(self, row: Contribution) -> str:
        """The unit that offers it."""
        return row.unit.name


class CheckedLinkAdmin(QueueAdmin):
    """Addresses elsewhere and how they answered."""

    model = CheckedLink
    search_handler_class = DjangoORMSearchHandler
    menu_label = "Liên kết"
    menu_icon = "link"
    menu_order = 259
    list_display = ["address", "told", "used_in", "checked_at"]
    list_filter = ["state"]
    search_fields = ("url", "uses__title")
    ordering: Any = ["-first_failed_at", "url"]

    def inspect_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        """How it answered and where it stands."""
        return link_case(request, instance_pk)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With where each stands."""
        return super().get_queryset(request).prefetch_related("uses")

    @display(description="Địa chỉ", ordering="url")
    def address(self, link: CheckedLink) -> str:
        """The address itself, to press."""
        shown = link.url if len(link.url) <= 80 else f"{link.url[:79]}…"
        return format_html('<a href="{}" rel="noopener nofollow">{}</a>', link.url, shown)

    @display(description="Tình trạng", ordering="state")
    def told(self, link: CheckedLink) -> str:
        """The state, and why."""
        label = LinkState(link.state).label
        if link.failures and link.state != LinkState.BROKEN:
            label = f"{label}; {link.failures} ngày không mở được, đang theo dõi"
        return format_html("<b>{}</b><br>{}", label, link.reason) if link.reason else label

    @display(description="Ở đâu")
    def used_in(self, link: CheckedLink) -> str:
        """The first places where it stands."""
        uses = list(link.uses.all())
        shown = format_html_join(
            ", ", '<a href="{}">{}</a>', ((u.edit_url, u.title) for u in uses[:3])
        )
        return format_html("{} và {} nơi nữa", shown, len(uses) - 3) if len(uses) > 3 else shown
