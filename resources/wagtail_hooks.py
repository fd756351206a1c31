"""What the library registers with Wagtail."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from resources.models import Topic


class TopicViews(SnippetViewSet):
    """Skill topics."""

    model = Topic
    icon = "tag"
    menu_label = "Chủ đề kỹ năng"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["name", "order"]


register_snippet(TopicViews)
