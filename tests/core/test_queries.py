"""The frame of public pages."""

import pytest

from core.models import SiteSettings, StandardPage
from core.registry import site_links
from home.services import ensure_first_site

pytestmark = pytest.mark.django_db


def test_foot_names_pages_that_the_menu_leaves_out(client, home):
    home.add_child(instance=StandardPage(title="Giới thiệu", slug="gioi-thieu"))
    home.add_child(instance=StandardPage(title="Trong mục lục", slug="muc", show_in_menus=True))
    home.add_child(instance=StandardPage(title="Bản nháp", slug="nhap", live=False))
    chrome = client.get("/").context["chrome"]
    named = [link for link in chrome.pages if link not in list(site_links)]
    assert [(link.title, link.url) for link in named] == [("Giới thiệu", "/gioi-thieu/")]


def test_places_of_apps_stand_in_the_menu_or_in_the_foot(client, home):
    chrome = client.get("/").context["chrome"]
    for link in site_links:
        assert (link in chrome.menu) is link.in_menu
        assert (link in chrome.pages) is not link.in_menu


def test_first_start_makes_the_settings_row_so_that_no_reader_does(home):
    SiteSettings.objects.all().delete()
    ensure_first_site()
    assert SiteSettings.objects.count() == 1
