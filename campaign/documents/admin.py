"""Documents and platforms in the staff area."""

from typing import Any

from django.contrib.admin import display
from django.utils.text import Truncator
from wagtail_modeladmin.options import ModelAdminGroup

from campaign.documents.models import OfficialDocument, Platform
from core.admin import RecordAdmin, StaffAdmin


class OfficialDocumentAdmin(RecordAdmin):
    """The register of documents."""

    model = OfficialDocument
    menu_label = "Danh mục văn bản"
    menu_icon = "doc-full"
    list_display = ["number", "kind", "short_abstract", "issuer", "issue_date", "visibility"]
    list_filter = ["kind", "visibility"]
    ordering: Any = ["-issue_date"]

    @display(description="Trích yếu")
    def short_abstract(self, document: OfficialDocument) -> str:
        """The abstract, cut so that a row stays a row."""
        return Truncator(document.abstract).chars(110)


class PlatformAdmin(StaffAdmin):
    """The directory of platforms and partners."""

    model = Platform
    menu_label = "Nền tảng, liên kết"
    menu_icon = "link"
    list_display = ["name", "kind", "owner", "order"]
    list_filter = ["kind"]


class DocumentsGroup(ModelAdminGroup):
    """One entry of the menu."""

    menu_label = "Văn bản"
    menu_icon = "folder-open-inverse"
    menu_order = 270
    items = (OfficialDocumentAdmin, PlatformAdmin)
