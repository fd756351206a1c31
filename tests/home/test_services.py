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
