"""What the library registers with Wagtail."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from resources.models import (
    Audience,
    Competence,
    CompetenceDomain,
    CompetenceLevel,
    Language,
    Licence,
    Topic,
)


class TopicViews(SnippetViewSet):
    """Skill topics."""

    model = Topic
    icon = "tag"
    menu_label = "Chủ đề kỹ năng"
    list_display = ["name", "order"]


class AudienceViews(SnippetViewSet):
    """Groups of people."""

    model = Audience
    icon = "group"
    menu_label = "Nhóm đối tượng"
    list_display = ["name", "side", "order"]
    list_filter = ["side"]


class DomainViews(SnippetViewSet):
    """Domains of the framework."""

    model = CompetenceDomain
    icon = "folder-open-inverse"
    menu_label = "Miền năng lực"
    list_display = ["number", "name"]


class CompetenceViews(SnippetViewSet):
    """Components of the framework."""

    model = Competence
    icon = "clipboard-list"
    menu_label = "Năng lực thành phần"
    list_display = ["code", "name", "domain"]
    list_filter = ["domain"]


class LevelViews(SnippetViewSet):
    """Levels of the framework."""

    model = CompetenceLevel
    icon = "order"
    menu_label = "Trình độ, bậc"
    list_display = ["code", "stage", "step"]


class LanguageViews(SnippetViewSet):
    """Languages."""

    model = Language
    icon = "globe"
    menu_label = "Ngôn ngữ"
    list_display = ["name", "code", "order"]


class LicenceViews(SnippetViewSet):
    """Licences."""

    model = Licence
    icon = "lock-open"
    menu_label = "Giấy phép"
    list_display = ["name", "may_copy", "order"]


class LibraryGroup(SnippetViewSetGroup):
    """The lists that items are sorted by."""

    menu_label = "Danh mục thư viện"
    menu_icon = "list-ul"
    menu_order = 260
    items = (
        TopicViews,
        AudienceViews,
        DomainViews,
        CompetenceViews,
        LevelViews,
        LanguageViews,
        LicenceViews,
    )


register_snippet(LibraryGroup)
