"""The staff's list of items, drafts too, with what can be done to many at once."""

from typing import Any

import django_filters
from django.forms import CheckboxSelectMultiple, HiddenInput, RadioSelect
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from resources.choices import Fault, ItemKind
from resources.health import faults_of, tell_faults, with_fault
from resources.models import (
    Audience,
    Competence,
    ItemImportLine,
    Language,
    LibraryItemPage,
    Licence,
    ShelfCard,
    Topic,
)


def _related(model: Any, label: str, name: str) -> django_filters.ModelMultipleChoiceFilter:
    return django_filters.ModelMultipleChoiceFilter(
        field_name=name,
        label=label,
        queryset=model.objects.all(),
        widget=CheckboxSelectMultiple,
        # Alternatives within one filter must not list an item twice.
        distinct=True,
    )


class ItemFilterSet(WagtailFilterSet):
    """What the list is narrowed by."""

    kind = django_filters.MultipleChoiceFilter(
        label="Loại", choices=ItemKind.choices, widget=CheckboxSelectMultiple
    )
    live = django_filters.ChoiceFilter(
        label="Trên trang",
        choices=[("true", "Đã đăng"), ("false", "Bản nháp")],
        empty_label="Tất cả",
        widget=RadioSelect,
        method="by_live",
    )
    topics = _related(Topic, "Chủ đề", "topics")
    audiences = _related(Audience, "Dành cho", "audiences")
    competences = _related(Competence, "Năng lực", "competences__competence")
    language = _related(Language, "Ngôn ngữ", "language")
    licence = _related(Licence, "Giấy phép", "licence")
    lan_nhap = django_filters.NumberFilter(
        label="Lần nhập số", method="by_import", widget=HiddenInput
    )

    loi = django_filters.ChoiceFilter(
        label="Cần làm", choices=Fault.choices, empty_label="Tất cả", widget=RadioSelect,
        method="by_fault",
    )  # fmt: skip

    class Meta:
        model = LibraryItemPage
        fields: list[str] = []

    def by_fault(self, items: Any, name: str, value: str) -> Any:
        """Those that the health page counts under this fault."""
        return with_fault(items, value)

    def by_live(self, items: Any, name: str, value: str) -> Any:
        """Published ones, or drafts."""
        return items.filter(live=value == "true")

    def by_import(self, items: Any, name: str, value: Any) -> Any:
        """Those that came by one import."""
        number = int(value)
        if not 0 < number < 2**31:
            return items.none()
        lines = ItemImportLine.objects.filter(job=number).exclude(page=None)
        return items.filter(pk__in=lines.values("page"))


class ItemIndexView(IndexView):
    """The list; its bulk actions are those of items, not those of any page."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list's own bulk actions."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["model_opts"] = LibraryItemPage._meta
        return context

    def get_table(self, object_list: Any) -> Any:
        """The rows of this page with their uses and faults: asked for all, it would take a second."""
        items = tell_faults(list(object_list))
        cards = ShelfCard.objects.filter(item__in=[item.pk for item in items])
        uses = dict(cards.values_list("item", "uses"))
        for item in items:
            item.uses_told = uses.get(item.pk, 0)
        return super().get_table(items)


def words_of_faults(item: Any) -> str:
    """What is to be done, in words."""
    return "; ".join(str(fault.label) for fault in faults_of(item)) or "–"


class ItemListing(PageListingViewSet):
    """The list of items."""

    icon = "folder-open-1"
    menu_label = "Học liệu"
    menu_order = 259
    add_to_admin_menu = True
    model = LibraryItemPage
    name = "library-items"
    url_prefix = "hoc-lieu"
    index_view_class = ItemIndexView
    filterset_class = ItemFilterSet
    columns = [
        *(column for column in IndexView.base_columns if column.name != "parent"),
        Column("kind_label", label="Loại"),
        Column("uses_told", label="Lượt dùng"),
        TitleColumn(
            "faults",
            label="Cần làm",
            classname="library-faults",
            accessor=words_of_faults,
            get_url=lambda item: reverse("library-item-health", args=[item.pk]),
        ),
    ]


item_listing = ItemListing()
