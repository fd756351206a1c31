"""What the library registers with Wagtail."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup
from wagtail_modeladmin.options import modeladmin_register

from resources import bank_views, health_views, import_views
from resources.admin import CheckedLinkAdmin, ContributionAdmin
from resources.bulk_actions import PublishItems, TagItems, TakeItems
from resources.home_panel import LibraryPanel
from resources.item_list import item_listing
from resources.models import (
    Audience,
    Competence,
    CompetenceDomain,
    CompetenceLevel,
    Language,
    Licence,
    Topic,
)
from resources.permissions import user_can_import_items, user_keeps_library


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

    menu_label = "Danh mục"
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
for admin in (CheckedLinkAdmin, ContributionAdmin):
    modeladmin_register(admin)


class BanksMenuItem(MenuItem):
    """Shown to those who write pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this user does."""
        wanted = {"add", "change", "publish"}
        return bool(page_permission_policy.user_has_any_permission(request.user, wanted))


@hooks.register("register_admin_urls")
def bank_urls() -> list[Any]:
    """Banks, their imports, exports and questions."""
    return [
        path("bo-cau-hoi/", bank_views.banks, name="question-banks"),
        path("bo-cau-hoi/<int:pk>/", bank_views.bank, name="question-bank"),
        path("bo-cau-hoi/<int:pk>/them/", bank_views.add_question, name="question-add"),
        path("bo-cau-hoi/<int:pk>/xuat.xlsx", bank_views.export_book, name="question-book"),
        path("bo-cau-hoi/<int:pk>/xuat.gift", bank_views.export_gift, name="question-gift"),
        path("bo-cau-hoi/cau/<int:pk>/", bank_views.edit_question, name="question-edit"),
        path("bo-cau-hoi/nhap/<int:pk>/", bank_views.one_import, name="question-import"),
    ]


@hooks.register("register_admin_viewset")
def items_viewset() -> Any:
    """The staff's list of items."""
    return item_listing


hooks.register("register_bulk_action", TagItems)
hooks.register("register_bulk_action", PublishItems)
hooks.register("register_bulk_action", TakeItems)


class ImportsMenuItem(MenuItem):
    """Shown to those who may bring in many items at once."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this user may."""
        return user_can_import_items(request.user)


@hooks.register("register_admin_urls")
def import_urls() -> list[Any]:
    """Uploaded catalogues, the template, and the catalogue to take away."""
    return [
        path("nhap-hoc-lieu/", import_views.imports, name="item-imports"),
        path("nhap-hoc-lieu/<int:pk>/", import_views.one_import, name="item-import"),
        path("nhap-hoc-lieu/mau.xlsx", import_views.template, name="item-import-template"),
        path("nhap-hoc-lieu/danh-muc.xlsx", import_views.catalogue, name="item-catalogue"),
    ]


@hooks.register("register_admin_menu_item")
def imports_menu_item() -> MenuItem:
    """One entry of the menu."""
    return ImportsMenuItem("Nhập học liệu", reverse("item-imports"), icon_name="upload", order=261)


@hooks.register("register_admin_urls")
def health_urls() -> list[Any]:
    """The health page, and that of one item."""
    return [
        path("suc-khoe-thu-vien/", health_views.health, name="library-health"),
        path("suc-khoe-thu-vien/<int:pk>/", health_views.item_health, name="library-item-health"),
    ]


@hooks.register("construct_homepage_panels")
def library_panel(request: HttpRequest, panels: list[Any]) -> None:
    """What waits in the library, for those who look after it."""
    if user_keeps_library(request.user):
        panels.append(LibraryPanel())


class HealthMenuItem(MenuItem):
    """Shown to those who look after the library."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this user does."""
        return user_keeps_library(request.user)


@hooks.register("register_admin_menu_item")
def health_menu_item() -> MenuItem:
    """One entry of the menu."""
    return HealthMenuItem(
        "Sức khỏe thư viện", reverse("library-health"), icon_name="success", order=257
    )


@hooks.register("register_admin_menu_item")
def banks_menu_item() -> MenuItem:
    """One entry of the menu."""
    return BanksMenuItem("Bộ câu hỏi", reverse("question-banks"), icon_name="help", order=262)


class SurveysMenuItem(MenuItem):
    """Shown to those who see the results of all surveys."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this user does."""
        return bool(request.user.has_perm("resources.view_survey"))


@hooks.register("register_admin_menu_item")
def surveys_menu_item() -> MenuItem:
    """Results are read on the desk, where units have made them."""
    url = reverse("surveys:surveys")
    return SurveysMenuItem("Tự đánh giá", url, icon_name="clipboard-list", order=264)


# What stands together under one heading; the rest of the menu is everybody's.
LIBRARY_ENTRIES = (
    "Học liệu", "Nhập học liệu", "Bộ câu hỏi", "Đơn vị góp", "Sức khỏe thư viện", "Liên kết",
    "Tự đánh giá", "Danh mục",
)  # fmt: skip


@hooks.register("construct_main_menu")
def library_menu(request: HttpRequest, menu_items: list[Any]) -> None:
    """Gather the library's entries: of sixteen lines a librarian found hers among everybody's."""
    own = [item for item in menu_items if str(item.label) in LIBRARY_ENTRIES]
    if not own:
        return
    for item in own:
        # The same for everybody: the items are shared by all requests.
        item.order = LIBRARY_ENTRIES.index(str(item.label))
    own.sort(key=lambda item: item.order)
    menu_items[:] = [item for item in menu_items if item not in own]
    menu = Menu(register_hook_name=None, items=own)
    menu_items.append(SubmenuMenuItem("Thư viện", menu, icon_name="folder-open-1", order=255))
