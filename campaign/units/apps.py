"""Units: who belongs where, now and then."""

from typing import Any

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """The organisation tree with its history."""

    name = "campaign.units"
    label = "units"
    verbose_name = "Đơn vị"

    def ready(self) -> None:
        """Offer units to the site map, the search and the health check."""
        from django.contrib.auth.signals import user_logged_in

        from campaign.units.models import Unit
        from campaign.units.queries import tree_problems
        from core.registry import Link, SearchKind, health_checks, search_kinds, site_links

        user_logged_in.connect(follow_roles, dispatch_uid="units.follow_roles")
        site_links.register(Link("Các đơn vị", "/cac-don-vi/"), order=50)
        search_kinds.register(SearchKind("don-vi", "Đơn vị", lambda: Unit.objects.all()), order=50)
        health_checks.register(tree_problems, order=10)
        self._say_what_is_kept()
        self._fill_desk()

    @staticmethod
    def _say_what_is_kept() -> None:
        from campaign.units.privacy import IMPORTS, ROSTER, people_under
        from privacy.registry import data_finders, purposes

        data_finders.register(people_under, order=30)
        purposes.register(ROSTER, order=30)
        purposes.register(IMPORTS, order=31)

    def _fill_desk(self) -> None:
        """The desk's menu lines of people and roles."""
        from campaign.units.import_views import may_import
        from campaign.units.line_views import may_draw
        from campaign.units.people_views import may_see_people
        from campaign.units.role_views import is_head, may_see_roles
        from campaign.units.slip_views import may_print
        from core.registry import DeskItem, desk_items

        desk_items.register(DeskItem("Danh sách người", "/don-vi/nguoi/", may_see_people), order=60)
        desk_items.register(DeskItem("Phiếu tài khoản", "/don-vi/phieu/", may_print), order=62)
        desk_items.register(DeskItem("Đội tình nguyện", "/don-vi/doi/", may_see_people), order=61)
        desk_items.register(DeskItem("Tuyến báo cáo", "/don-vi/tuyen/", may_draw), order=67)
        desk_items.register(DeskItem("Nhập từ bảng tính", "/don-vi/nhap/", may_import), order=68)
        desk_items.register(DeskItem("Vai trò", "/don-vi/vai-tro/", may_see_roles), order=64)
        desk_items.register(DeskItem("Ủy quyền", "/don-vi/uy-quyen/", is_head), order=66)


def follow_roles(sender: Any, user: Any, **kwargs: Any) -> None:
    """Menus follow roles that began or ended by date since the last time; scope never rests on them."""
    from django.utils import timezone

    from campaign.units.services import derive_groups

    derive_groups(user, today=timezone.localdate())
