"""What counts register with Wagtail."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from counters.admin_views import counts


class CountsMenuItem(MenuItem):
    """Shown to those who may see figures."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this user may."""
        return bool(request.user.has_perm("counters.view_monthcount"))


@hooks.register("register_admin_urls")
def counts_url() -> list[Any]:
    """The list's own address."""
    return [path("luot-xem/", counts, name="counts")]


@hooks.register("register_reports_menu_item")
def counts_menu_item() -> MenuItem:
    """Among the reports."""
    return CountsMenuItem("Lượt xem, lượt tải", reverse("counts"), icon_name="view", order=50)
