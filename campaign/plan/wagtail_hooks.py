"""What plans register with Wagtail."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from campaign.plan.models import Programme


class ProgrammeViews(SnippetViewSet):
    """Programmes and models."""

    model = Programme
    icon = "list-ol"
    menu_label = "Chương trình, mô hình"
    menu_order = 265
    add_to_admin_menu = True
    list_display = ["name", "order", "is_active"]
    list_filter = ["is_active"]


register_snippet(ProgrammeViews)
