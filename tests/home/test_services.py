"""The first start."""

import pytest

from core.models import Banner, SearchSynonym
from home.services import ensure_first_site

pytestmark = pytest.mark.django_db


def test_first_start_twice_changes_nothing(home):
    Banner.objects.update(title="Đã sửa")
    SearchSynonym.objects.exclude(terms__startswith="CĐS").delete()
    ensure_first_site()
    assert [banner.title for banner in Banner.objects.all()] == ["Đã sửa"]
    assert SearchSynonym.objects.count() == 1
    assert [page.slug for page in home.get_children()] == [
        "tin-tuc",
        "huong-dan",
        "thu-vien",
    ]


def test_librarians_review_what_goes_into_the_library(home):
    from resources.models import LibraryIndexPage

    ensure_first_site()
    task = LibraryIndexPage.objects.get().get_workflow().tasks.get()
    assert {group.name for group in task.specific.groups.all()} == {"librarian", "publisher"}
    editors = home.get_workflow().tasks.get()
    assert {group.name for group in editors.specific.groups.all()} == {"publisher"}
