"""Every page type can be previewed before it is published."""

import pytest
from wagtail.models import get_page_models

from core.models import StandardPage
from tests.factories.library import make_item, make_path
from tests.factories.pages import make_article, make_guide, make_section, make_topic

pytestmark = pytest.mark.django_db


def test_every_page_type_has_a_preview_that_renders(home, rf):
    section = make_section()
    standard = home.add_child(instance=StandardPage(title="Giới thiệu", live=False))
    pages = [home, *home.get_children().specific(), section]
    pages += [make_article(section, live=False), make_guide(make_topic()), standard, make_item()]
    pages += [make_path(steps=[make_item()])]
    seen = set()
    for page in pages:
        for mode, _ in page.preview_modes:
            response = page.make_preview_request(rf.get("/"), mode)
            assert response.status_code == 200, page
            assert page.title in response.content.decode()
        seen.add(type(page))
    own = {model for model in get_page_models() if model.__module__.split(".")[0] != "wagtail"}
    assert seen == own
