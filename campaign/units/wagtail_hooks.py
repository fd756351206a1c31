"""What units register with Wagtail."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from campaign.units import admin_views
from campaign.units.permissions import user_can_see_tree


class UnitsMenuItem(MenuItem):
    """Shown to those who work with units."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this user may."""
        return user_can_see_tree(request.user)


@hooks.register("register_admin_urls")
def units_urls() -> list[Any]:
    """The tree, a unit, a new unit."""
    return [
        path("don-vi/", admin_views.tree, name="units-tree"),
        path("don-vi/them/", admin_views.add, name="units-add"),
        path("don-vi/<int:pk>/", admin_views.unit, name="units-unit"),
        path("don-vi/<int:pk>/them/", admin_views.add, name="units-add-below"),
    ]


@hooks.register("register_admin_menu_item")
def units_menu_item() -> MenuItem:
    """One entry of the menu."""
    return UnitsMenuItem("Đơn vị", reverse("units-tree"), icon_name="group", order=260)
