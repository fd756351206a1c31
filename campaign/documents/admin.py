"""Documents, their issuers, forms and platforms in the staff area."""

from typing import Any

from django.contrib.admin import RelatedFieldListFilter, display
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.text import Truncator
from wagtail_modeladmin.options import ModelAdminGroup
from wagtail_modeladmin.views import CreateView

from campaign.documents.models import FormTemplate, Issuer, OfficialDocument, Platform
from campaign.documents.queries import lookup, tidy
from core.admin import FoldedSearchHandler, GuardedEditView, RecordAdmin, StaffAdmin

TWO_AT_ONCE = "Vừa có người lưu văn bản cùng số, cùng cơ quan, cùng năm. Hãy xem lại danh mục."


class NumberSearchHandler(FoldedSearchHandler):
    """Finds by half a number in any spelling, and by folded words."""

    def search_queryset(self, queryset: Any, search_term: str, **kwargs: Any) -> Any:
        """What the public list finds, over what this user may see."""
        typed = tidy(search_term)
        return lookup(queryset, typed) if typed else queryset


class IssuerFilter(RelatedFieldListFilter):
    """Documents by issuer; Django's own asks its admin for an order, which this site does not have."""

    def field_admin_ordering(self, field: Any, request: Any, model_admin: Any) -> Any:
        """The model's own order."""
        return ()


class AtOnceMixin:
    """Saves the document with its rows or not at all; a double that came in between is said at the number."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, or show the form again."""
        try:
            with transaction.atomic():
                return super().form_valid(form)  # type: ignore[misc]
        except IntegrityError:
            form.add_error("number", TWO_AT_ONCE)
            return self.form_invalid(form)  # type: ignore[attr-defined]


class CreateDocumentView(AtOnceMixin, CreateView):
    """Register a document."""


class EditDocumentView(AtOnceMixin, GuardedEditView):
    """Change a document, closed by object."""


class OfficialDocumentAdmin(RecordAdmin):
    """The register of documents."""

    model = OfficialDocument
    search_handler_class = NumberSearchHandler
    create_view_class = CreateDocumentView
    edit_view_class = EditDocumentView
    menu_label = "Danh mục văn bản"
    menu_icon = "doc-full"
    list_display = [
        "shown_number",
        "short_abstract",
        "kind",
        "issuer_brief",
        "issue_date",
        "visibility",
    ]
    list_filter = ["kind", "visibility", "issue_year", ("issuer", IssuerFilter)]
    list_select_related = ["issuer"]
    ordering: Any = ["-issue_date"]
    inspect_view_fields_exclude = ["number_key", "issue_year"]

    @display(description="Số, ký hiệu", ordering="number_key")
    def shown_number(self, document: OfficialDocument) -> str:
        """The number, or that there is none."""
        return document.number or "(chưa có số)"

    @display(description="Trích yếu")
    def short_abstract(self, document: OfficialDocument) -> str:
        """The abstract, cut so that a row stays a row."""
        return Truncator(document.abstract).chars(80)

    @display(description="Cơ quan ban hành", ordering="issuer__name")
    def issuer_brief(self, document: OfficialDocument) -> str:
        """The issuer's short name where it has one."""
        return document.issuer.brief


class IssuerAdmin(StaffAdmin):
    """Who issues documents."""

    model = Issuer
    menu_label = "Cơ quan ban hành"
    menu_icon = "group"
    list_display = ["name", "short_name", "is_party"]
    list_filter = ["is_party"]


class FormTemplateAdmin(RecordAdmin):
    """Forms to download."""

    model = FormTemplate
    menu_label = "Biểu mẫu"
    menu_icon = "form"
    list_display = ["name", "audience", "document_name", "visibility"]
    list_filter = ["visibility"]
    list_select_related = ["document"]

    @display(description="Kèm theo văn bản")
    def document_name(self, form: FormTemplate) -> str:
        """The document's number and which of its annexes."""
        name = form.document.name if form.document else ""
        return ", ".join(part for part in (name, form.annex) if part)


class PlatformAdmin(StaffAdmin):
    """The directory of platforms and partners."""

    model = Platform
    menu_label = "Nền tảng, liên kết"
    menu_icon = "link"
    list_display = ["name", "kind", "owner", "order", "has_banner"]
    list_filter = ["kind"]
    list_select_related = ["banner"]

    @display(description="Trên banner", boolean=True)
    def has_banner(self, platform: Platform) -> bool:
        """Whether a banner leads there now."""
        return bool(platform.banner and platform.banner.is_active)


class DocumentsGroup(ModelAdminGroup):
    """One entry of the menu."""

    menu_label = "Văn bản"
    menu_icon = "folder-open-inverse"
    menu_order = 270
    items = (OfficialDocumentAdmin, IssuerAdmin, FormTemplateAdmin, PlatformAdmin)
