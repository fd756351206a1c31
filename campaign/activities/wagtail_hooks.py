"""What the log registers with Wagtail: the lists that editors keep."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from campaign.activities.models import ActivityKind, Commune


class KindViews(SnippetViewSet):
    """Kinds of activities."""

    model = ActivityKind
    icon = "tag"
    menu_label = "Loại hoạt động"
    list_display = ["name", "role", "order", "is_active"]
    list_filter = ["role", "is_active"]


class CommuneViews(SnippetViewSet):
    """Communes and wards."""

    model = Commune
    icon = "site"
    menu_label = "Xã, phường"
    list_display = ["name", "kind", "province", "is_active"]
    list_filter = ["province", "kind"]


class LogGroup(SnippetViewSetGroup):
    """The lists that activities are sorted by."""

    menu_label = "Danh mục hoạt động"
    menu_icon = "clipboard-list"
    menu_order = 262
    items = (KindViews, CommuneViews)


register_snippet(LogGroup)
