"""The page cache: kept while nothing public changes, fresh after each change, never for the signed in."""

from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from wagtail.models import Page, PageViewRestriction

from core.cache import generation, remember
from core.models import Banner, SiteSettings
from tests.factories.pages import make_article, make_section, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def caching(settings):
    """The cache is on, whatever the environment says."""
    settings.PAGE_CACHE_SECONDS = 600


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A context in which what waits for the commit is run."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def section(home):
    """A section to write in."""
    return make_section()


def state(response) -> str:
    """How the cache answered: hit, miss, or nothing."""
    return response.headers.get("X-Page-Cache", "")


def states(client, path: str) -> list[str]:
    """How the cache answers two requests."""
    return [state(client.get(path)), state(client.get(path))]


def test_page_is_kept_after_the_first_request(client, section):
    article = make_article(section)
    first, second = client.get(article.url), client.get(article.url)
    assert [state(first), state(second)] == ["miss", "hit"]
    assert second.content == first.content
    assert second["Content-Type"] == first["Content-Type"]


@pytest.mark.parametrize(
    "path",
    ["/", "/tin-tuc/", "/tin-tuc/rss/", "/huong-dan/", "/so-do-trang/", "/banner/", "/?trang=2"],
)
def test_public_addresses_are_kept(client, home, path):
    assert states(client, path) == ["miss", "hit"]


@pytest.mark.parametrize(
    "path",
    ["/?x=1", "/tin-tuc/?tu-khoa=a", "/tin-tuc/?trang=1&x=2", "/tim-kiem/?q=a", "/dang-nhap/",
     "/healthz", "/robots.txt", "/khong-co/", "/quan-tri/", "/?trang=" + "1" * 300],
)  # fmt: skip
def test_other_addresses_are_not_kept(client, home, path):
    assert states(client, path) == ["", ""]


def test_kept_page_costs_no_query(client, home, django_assert_num_queries):
    client.get("/tin-tuc/")
    with django_assert_num_queries(0):
        client.get("/tin-tuc/")


def test_kept_page_keeps_its_safety_headers(client, home):
    client.get("/")
    kept = client.get("/")
    assert state(kept) == "hit"
    assert "default-src 'self'" in kept["Content-Security-Policy"]
    assert kept["X-Content-Type-Options"] == "nosniff"


def test_kept_page_is_kept_for_each_host_alone(client, home):
    client.get("/")
    assert state(client.get("/", headers={"host": "khac.example"})) == "miss"


def test_publishing_shows_at_once(client, section, committed):
    article = make_article(section, "Bài", text="Chữ cũ.")
    client.get(article.url)
    article.body = [{"type": "paragraph", "value": "<p>Chữ mới.</p>"}]
    with committed():
        article.save_revision().publish()
    response = client.get(article.url)
    assert state(response) == "miss"
    assert "Chữ mới." in response.content.decode()


def test_unpublishing_shows_at_once(client, section, committed):
    article = make_article(section, "Bài sẽ gỡ")
    assert "Bài sẽ gỡ" in client.get("/tin-tuc/").content.decode()
    client.get(article.url)
    with committed():
        article.unpublish()
    assert client.get(article.url).status_code == 404
    assert "Bài sẽ gỡ" not in client.get("/tin-tuc/").content.decode()


def test_deleting_shows_at_once(client, section, committed):
    article = make_article(section, "Bài sẽ xóa")
    client.get(article.url)
    with committed():
        article.delete()
    assert client.get(article.url).status_code == 404


def test_moving_shows_at_once(client, section, committed):
    other = make_section("Gương sáng")
    article = make_article(section, "Bài dời")
    old = article.url
    client.get(old)
    client.get("/tin-tuc/guong-sang/")
    with committed():
        article.move(other, pos="last-child")
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, "/tin-tuc/guong-sang/bai-doi/")
    assert "Bài dời" in client.get("/tin-tuc/guong-sang/").content.decode()


def test_banner_shows_at_once(client, home, committed):
    client.get("/")
    with committed():
        banner = Banner.objects.create(title="Ngày hội mới", url="https://ngayhoi.example/")
    assert "Ngày hội mới" in client.get("/").content.decode()
    with committed():
        banner.delete()
    assert "Ngày hội mới" not in client.get("/").content.decode()


def test_setting_shows_at_once(client, home, committed):
    client.get("/")
    school = SiteSettings.load()
    school.school_name = "Trường Hoa Mận"
    with committed():
        school.save()
    assert "Trường Hoa Mận" in client.get("/").content.decode()


def test_topic_shows_at_once(client, home, committed):
    client.get("/huong-dan/")
    with committed():
        make_topic("An toàn trên mạng")
    assert "An toàn trên mạng" in client.get("/huong-dan/").content.decode()


def test_draft_leaves_the_kept_pages_text(client, section, committed):
    article = make_article(section, "Bài", text="Chữ cũ.")
    client.get(article.url)
    article.body = [{"type": "paragraph", "value": "<p>Chữ mới.</p>"}]
    with committed():
        article.save_revision()
    assert "Chữ mới." not in client.get(article.url).content.decode()


def test_signed_in_readers_pass_the_cache_by(client, sign_in, home):
    client.get("/")
    sign_in("editor")
    response = client.get("/")
    assert state(response) == ""
    assert "Đăng xuất" in response.content.decode()
    client.logout()
    response = client.get("/")
    assert state(response) == "hit"
    assert "Đăng xuất" not in response.content.decode()


def test_restricted_page_is_never_kept(client, section, committed):
    article = make_article(section, "Bài kín")
    assert states(client, article.url) == ["miss", "hit"]
    with committed():
        PageViewRestriction.objects.create(
            page=Page.objects.get(pk=section.pk),
            restriction_type=PageViewRestriction.PASSWORD,
            password="mo-ra",
        )
    for path in (article.url, section.url, article.url):
        response = client.get(path)
        assert state(response) == ""
        assert response.context_data["action_url"].startswith("/_util/authenticate_with_password/")


def test_restricted_page_shown_to_who_knows_the_word_is_not_kept(client, section, committed):
    article = make_article(section, "Bài kín", text="Chữ kín.")
    with committed():
        restriction = PageViewRestriction.objects.create(
            page=Page.objects.get(pk=article.pk),
            restriction_type=PageViewRestriction.PASSWORD,
            password="mo-ra",
        )
    client.post(
        f"/_util/authenticate_with_password/{restriction.pk}/{article.pk}/",
        {"password": "mo-ra", "return_url": article.url},
    )
    shown = client.get(article.url)
    assert "Chữ kín." in shown.content.decode()
    assert state(shown) == ""
    client.cookies.clear()
    assert "Chữ kín." not in client.get(article.url).content.decode()


def test_post_is_not_answered_from_the_cache(client, home):
    client.get("/")
    assert state(client.post("/")) == ""


def test_head_and_get_are_kept_apart(client, home):
    assert client.head("/").content == b""
    assert client.get("/").content != b""


def test_cache_switched_off_keeps_nothing(client, home, settings):
    settings.PAGE_CACHE_SECONDS = 0
    assert states(client, "/") == ["", ""]


def test_midnight_makes_the_page_anew(client, home):
    with time_machine.travel("2026-11-20 23:59:00+07:00", tick=False):
        client.get("/")
        assert state(client.get("/")) == "hit"
    with time_machine.travel("2026-11-21 00:00:30+07:00", tick=False):
        assert state(client.get("/")) == "miss"


def test_banner_ends_at_midnight_by_itself(client, home):
    Banner.objects.create(title="Tuần lễ số", url="https://a.example/", ends=date(2026, 11, 20))
    with time_machine.travel("2026-11-20 23:59:00+07:00", tick=False):
        assert "Tuần lễ số" in client.get("/").content.decode()
    with time_machine.travel("2026-11-21 00:00:30+07:00", tick=False):
        assert "Tuần lễ số" not in client.get("/").content.decode()


def test_remember_makes_a_value_once_for_a_generation(home, committed):
    made = []

    def make() -> str:
        made.append(len(made))
        return f"giá trị {len(made)}"

    assert [remember("thu", make), remember("thu", make)] == ["giá trị 1", "giá trị 1"]
    with committed():
        Banner.objects.create(title="Mới", url="https://a.example/")
    assert remember("thu", make) == "giá trị 2"


def test_generation_stays_until_something_changes(home, committed):
    before = generation()
    assert generation() == before
    with committed():
        Banner.objects.update_or_create(title="Mới", url="https://a.example/")
    assert generation() != before


def test_generation_survives_an_emptied_cache(home):
    before = generation()
    cache.clear()
    assert len(generation()) == len(before) == 32
