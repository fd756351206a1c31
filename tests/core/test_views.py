"""Health, robots, site map, banner for other sites, the school's colour, pages of errors."""

import json

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from PIL import Image
from wagtail.models import Page, PageViewRestriction

from core.models import Banner, SiteSettings
from core.registry import site_links
from core.rules import NATIONAL_PORTAL
from tests.factories.pages import make_article, make_guide, make_section, make_topic

pytestmark = pytest.mark.django_db


def test_healthz_tells_the_database_and_the_migrations(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok", "database": "ok", "migrations": "ok", "data": "ok", "version": "0.1",
    }  # fmt: skip
    assert "no-store" in response["Cache-Control"]


def test_healthz_is_503_while_a_migration_waits(client):
    MigrationRecorder(connection).record_unapplied("home", "0001_initial")
    response = client.get("/healthz")
    assert response.status_code == 503
    assert (response.json()["status"], response.json()["migrations"]) == ("error", "waiting")


def test_robots_keep_crawlers_out_of_the_admin(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /quan-tri/" in lines
    assert "Disallow: /" not in lines
    assert lines[-1] == "Sitemap: http://localhost:8000/sitemap.xml"


@pytest.fixture
def tree(home):
    """A few pages of each kind, some of them not public."""
    section = make_section("Hoạt động")
    make_article(section, "Bài sống")
    make_article(section, "Bài nháp", live=False)
    make_guide(make_topic(), "Hướng dẫn sống")
    closed = make_section("Mục kín")
    make_article(closed, "Bài kín")
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=closed.pk), restriction_type=PageViewRestriction.LOGIN
    )


LIVE = ["Tin tức", "Hoạt động", "Bài sống", "Học kỹ năng số", "Hướng dẫn sống", "Thư viện"]


def test_site_map_lists_all_live_public_pages(client, tree):
    response = client.get("/so-do-trang/")
    assert [page.title for page, _ in response.context["entries"]] == LIVE
    assert [level for _, level in response.context["entries"]] == [1, 2, 3, 1, 2, 1]
    content = response.content.decode()
    for page, _ in response.context["entries"]:
        assert f'<a href="{page.url}">{page.title}</a>' in content


def test_sitemap_for_crawlers_lists_the_same_pages(client, tree):
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    content = response.content.decode()
    for path in ("/tin-tuc/hoat-dong/bai-song/", "/huong-dan/huong-dan-song/"):
        assert f"{path}</loc>" in content
    places = [link.url for link in site_links]
    assert len(places) >= 5
    for place in places:
        assert f"{place}</loc>" in content
    assert content.count("<loc>") == len(LIVE) + 1 + len(places)


def test_banner_page_gives_lines_to_paste(client, home):
    response = client.get("/banner/")
    snippets = response.context["snippets"]
    assert [snippet["size"] for snippet in snippets] == ["1200x200", "728x90", "300x250"]
    for snippet in snippets:
        assert f'href="{NATIONAL_PORTAL}"' in snippet["html"]
        assert f"http://localhost:8000/banner/{snippet['size']}.png" in snippet["html"]
        assert f'width="{snippet["width"]}" height="{snippet["height"]}"' in snippet["html"]
        assert "<script" not in snippet["html"]
    assert "&lt;a href=" in response.content.decode()


@pytest.mark.parametrize("size", [(1200, 200), (728, 90), (300, 250)])
def test_banner_image_has_its_size_and_may_be_shown_elsewhere(client, size, tmp_path):
    response = client.get(f"/banner/{size[0]}x{size[1]}.png")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "max-age=86400" in response["Cache-Control"]
    stored = tmp_path / "banner.png"
    stored.write_bytes(b"".join(response.streaming_content))
    with Image.open(stored) as picture:
        assert picture.size[0] / picture.size[1] == pytest.approx(size[0] / size[1], rel=0.01)


def test_banner_image_is_also_a_vector(client):
    response = client.get("/banner/728x90.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert b"<svg" in b"".join(response.streaming_content)


@pytest.mark.parametrize(
    "name", ["1x1.png", "1200x200.jpg", "1200x200.php", "..png", "../base.css", "%2e%2e%2fx.png"]
)
def test_banner_image_of_unknown_size_or_kind_is_not_found(client, home, name):
    assert client.get(f"/banner/{name}").status_code == 404


def test_theme_is_the_schools_colour(client, home):
    assert client.get("/giao-dien.css").content == b""
    school = SiteSettings.load()
    school.primary_colour = "#0B5D66"
    school.save()
    from django.core.cache import cache

    cache.clear()
    response = client.get("/giao-dien.css")
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response.content == b":root{--brand:#0B5D66;--brand-deep:#0B5D66}\n"
    assert (
        '<link rel="stylesheet" href="/giao-dien.css?v=0B5D66">' in client.get("/").content.decode()
    )


@pytest.mark.parametrize(
    "path", ["/khong-co/", "/tin-tuc/khong-co/", "/a/b/c/d/e/f/g/h/i/j/k/l/m/", "/đ/"]
)
def test_unknown_address_gets_a_page_in_the_sites_look(client, home, path):
    response = client.get(path)
    assert response.status_code == 404
    content = response.content.decode()
    assert '<html lang="vi">' in content
    assert "Không tìm thấy trang này" in content
    assert 'action="/tim-kiem/"' in content
    assert NATIONAL_PORTAL in content


def test_form_without_a_token_is_told_how_to_go_on(home):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/dang-nhap/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "Biểu mẫu đã hết hạn" in response.content.decode()


def test_server_error_page_needs_no_database(django_assert_num_queries):
    from core.views import server_error

    with django_assert_num_queries(0):
        response = server_error(None)
    assert response.status_code == 500
    assert "Trang đang gặp lỗi" in response.content.decode()


def test_forbidden_page_is_in_the_sites_look(rf, home):
    from core.views import forbidden

    response = forbidden(rf.get("/"))
    assert response.status_code == 403
    assert "Bạn không có quyền xem trang này" in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/tin-tuc/", "/huong-dan/", "/tim-kiem/", "/dang-nhap/", "/khong-co/"]
)
@pytest.mark.parametrize("kept", [True, False])
def test_every_page_leads_to_the_national_portal(client, home, path, kept):
    if not kept:
        Banner.objects.all().delete()
    content = client.get(path).content.decode()
    assert content.count(f'class="banner__link" href="{NATIONAL_PORTAL}"') == 1


@pytest.mark.parametrize(
    "path", ["/healthz", "/robots.txt", "/so-do-trang/", "/banner/", "/giao-dien.css"]
)
def test_fixed_addresses_refuse_to_be_posted_to(client, home, path):
    assert client.post(path).status_code == 405


def test_json_ld_of_the_home_page_is_valid(client, home):
    content = client.get("/").content.decode()
    data = content.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(data)["@type"] == "WebSite"


def test_more_than_the_site_takes_in_is_told_so(client, home):
    answer = client.post("/lien-he/", {"message": "x" * 11_000_000})
    assert answer.status_code == 413
    assert "Nội dung gửi lên quá lớn" in answer.content.decode()
