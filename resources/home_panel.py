"""What the first screen of the staff area tells those who look after the library."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from resources.choices import Fault, LinkState
from resources.health import fault_counts, link_counts
from resources.models import Contribution, LibraryIndexPage, LibraryItemPage
from resources.permissions import user_can_import_items, user_judges


class LibraryPanel(Component):
    """What to begin, and what waits: units' offers, drafts, faults, broken addresses. Fixed queries."""

    name = "library"
    template_name = "resources/admin/home_panel.html"
    # Before Wagtail's own panels.
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The figures, each with where it leads."""
        user = parent_context["request"].user
        index = LibraryIndexPage.objects.first()
        can_add = bool(index and index.permissions_for_user(user).can_add_subpage())
        return {
            "add_url": _add_url(index) if can_add else "",
            "import_url": reverse("item-imports") if user_can_import_items(user) else "",
            "waits": [wait for wait in _waiting(user) if wait[0]],
        }


def _add_url(index: LibraryIndexPage) -> str:
    item = LibraryItemPage._meta
    return reverse("wagtailadmin_pages:add", args=[item.app_label, item.model_name, index.pk])


def _waiting(user: Any) -> Iterator[tuple[int, str, str]]:
    """(how many, of what, where) for everything that may wait."""
    items = reverse("library-items:index")
    if user_judges(user):
        offers = reverse("resources_contribution_modeladmin_index")
        waiting = Contribution.objects.waiting().count()
        yield waiting, "học liệu đơn vị góp, chờ bạn xem", f"{offers}?tinh-trang=cho"
    drafts = LibraryItemPage.objects.filter(live=False).count()
    yield drafts, "học liệu còn là bản nháp", f"{items}?live=false"
    for fault, count in fault_counts().items():
        # Behind a sign-in or closed to machines: nothing that a librarian could mend.
        if fault != Fault.UNKNOWN_LINK:
            yield count, f"học liệu: {fault.label.lower()}", f"{items}?loi={fault.value}"
    broken = link_counts()[LinkState.BROKEN]
    links = reverse("resources_checkedlink_modeladmin_index")
    yield broken, "liên kết hỏng của cả trang", f"{links}?state__exact={LinkState.BROKEN}"
