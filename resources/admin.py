"""Lists of the library in the staff area: items with their faults, what units offer, addresses elsewhere."""

from typing import Any

from django.contrib.admin import display
from django.contrib.admin.filters import SimpleListFilter
from django.db.models import Case, IntegerField, Q, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from wagtail_modeladmin.helpers import (
    DjangoORMSearchHandler,
    PageButtonHelper,
    PagePermissionHelper,
)

from core.admin import CalmIndexView, QueueAdmin, StaffAdmin
from core.text import fold, words
from resources.choices import AT_LIBRARY, ContributionState, Fault, LinkState
from resources.contribution_admin_views import case
from resources.health import faults_of, tell_faults, with_fault
from resources.health_views import link_case
from resources.models import CheckedLink, Contribution, LibraryItemPage
from resources.permissions import user_judges, user_keeps_library


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


class ItemPermissions(PagePermissionHelper):
    """Who looks after the library sees the list; pages are written in their own editor."""

    def user_can_list(self, user: Any) -> bool:
        """Librarians and administrators."""
        return user_keeps_library(user)


class ItemButtons(PageButtonHelper):
    """The two ways on from a row; what the editor allows it says itself, without a question for each row."""

    def get_buttons_for_obj(self, obj: Any, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """To the editor, and to the item's health."""
        return [
            self._button("Sửa", reverse("wagtailadmin_pages:edit", args=[obj.pk]), obj),
            self._button("Sức khỏe", reverse("library-item-health", args=[obj.pk]), obj),
        ]

    def _button(self, label: str, url: str, obj: Any) -> dict[str, Any]:
        return {
            "url": url, "label": label, "title": f"{label}: {obj}",
            "classname": self.finalise_classname(["button-small", "button-secondary"], []),
        }  # fmt: skip


class FaultFilter(SimpleListFilter):
    """By what is wrong."""

    title = "Cần làm"
    parameter_name = "loi"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        """Every fault."""
        return Fault.choices

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Those with the chosen fault; nonsense filters nothing."""
        wanted = self.value() or ""
        return with_fault(queryset, wanted) if wanted in Fault.values else queryset


class LiveFilter(SimpleListFilter):
    """By whether readers see it."""

    title = "Trang"
    parameter_name = "dang"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        """Public or not."""
        return [("co", "Đang đăng"), ("chua", "Bản nháp, đã gỡ")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """The chosen ones."""
        wanted = {"co": True, "chua": False}.get(self.value() or "")
        return queryset if wanted is None else queryset.filter(live=wanted)


class ItemSearch(DjangoORMSearchHandler):
    """All the words, without marks, in what the catalogue tells of an item; drafts by their titles."""

    def search_queryset(self, queryset: Any, search_term: str, **kwargs: Any) -> Any:
        """Each further word narrows."""
        for word in words(fold(search_term)):
            queryset = queryset.filter(Q(card__words__contains=f" {word}") | Q(slug__contains=word))
        return queryset


class ItemListView(CalmIndexView):
    """The list, with the faults of what stands on this page of it."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The list's context, its rows with their faults."""
        context = super().get_context_data(*args, **kwargs)
        context["object_list"] = tell_faults(list(context["object_list"]))
        return context


class LibraryItemAdmin(StaffAdmin):
    """All items, filtered by what is wrong with them."""

    model = LibraryItemPage
    permission_helper_class = ItemPermissions
    button_helper_class = ItemButtons
    index_view_class = ItemListView
    search_handler_class = ItemSearch
    menu_label = "Học liệu"
    menu_icon = "doc-full-inverse"
    menu_order = 258
    list_display = ["title", "kind", "state", "uses", "faults"]
    list_filter = [FaultFilter, LiveFilter, "kind"]
    search_fields = ("title",)
    ordering: Any = ["-latest_revision_created_at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without bodies."""
        return LibraryItemPage.objects.defer_streamfields().select_related("card")

    @display(description="Trang", ordering="live")
    def state(self, item: LibraryItemPage) -> str:
        """Whether readers see it."""
        if not item.live:
            return "Bản nháp"
        return "Đang đăng, có bản sửa" if item.has_unpublished_changes else "Đang đăng"

    @display(description="Lượt dùng", ordering="card__uses")
    def uses(self, item: LibraryItemPage) -> int:
        """Views and downloads."""
        card = getattr(item, "card", None)
        return card.uses if card else 0

    @display(description="Cần làm")
    def faults(self, item: LibraryItemPage) -> str:
        """What is wrong, in words."""
        found = faults_of(item)
        return format_html_join("", "{}<br>", ((fault.label,) for fault in found)) or "–"


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
