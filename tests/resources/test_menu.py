"""The library's place in the staff area's menu."""

import pytest
from wagtail.admin.menu import admin_menu

from resources.wagtail_hooks import LIBRARY_ENTRIES
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def entries(rf, role: str) -> tuple[list[str], list[str]]:
    """The labels of the menu, and those under the library."""
    request = rf.get("/quan-tri/")
    request.user = make_user(role)
    items = sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)
    of_library = [item for item in items if str(item.label) == "Thư viện"]
    within = of_library[0].menu.menu_items_for_request(request) if of_library else []
    return [str(item.label) for item in items], [str(item.label) for item in within]


@pytest.mark.parametrize("role", ["librarian", "administrator"])
def test_the_library_is_one_entry(rf, home, role):
    # The URLs are what registers lists with the menu.
    import config.urls  # noqa: F401

    outside, within = entries(rf, role)
    assert within == list(LIBRARY_ENTRIES)
    assert outside.count("Thư viện") == 1
    assert not set(outside) & set(LIBRARY_ENTRIES)
    # The same on the next page.
    assert entries(rf, role) == (outside, within)


def test_others_find_only_what_is_theirs(rf, home):
    _, within = entries(rf, "editor")
    assert "Nhập học liệu" not in within
    assert "Sức khỏe thư viện" not in within
