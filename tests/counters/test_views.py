"""The beacon, the picture, downloads, and the figure on pages."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from accounts.choices import SiteRole
from campaign.news.models import ArticlePage
from core.models import StandardPage
from counters.choices import Act
from counters.models import DaySalt, MonthCount, Sighting
from counters.queries import shown_total, total
from tests.counters.test_rules import PHONE
from tests.factories.pages import make_article, make_file, make_guide, make_section, make_topic

pytestmark = pytest.mark.django_db

BROWSER = {
    "HTTP_USER_AGENT": PHONE,
    "HTTP_ACCEPT_LANGUAGE": "vi",
    "HTTP_SEC_FETCH_SITE": "same-origin",
}


@pytest.fixture
def article(home):
    """A live article."""
    return make_article(make_section(), "Bài được đọc")


def tell(client, what: str, **headers: str):
    """The beacon, as a browser sends it."""
    body = f"what={what}".encode()
    kind = "application/x-www-form-urlencoded"
    return client.post("/dem/", body, content_type=kind, **{**BROWSER, **headers})


def read(client, article, **headers: str):
    """The beacon of somebody who reads `article`."""
    return tell(client, f"bai-viet:{article.pk}", **headers)


def test_reader_is_counted_once_a_day_however_often_he_comes(client, article):
    assert read(client, article).json() == {"views": 1}
    assert read(client, article).json() == {"views": 1}
    assert read(client, article, REMOTE_ADDR="10.0.0.2").json() == {"views": 2}
    assert read(client, article, HTTP_USER_AGENT=PHONE + " khac").json() == {"views": 3}


def test_reader_behind_a_trusted_proxy_has_his_own_address(client, article, settings):
    settings.PROXY_COUNT = 1
    assert read(client, article, HTTP_X_FORWARDED_FOR="9.9.9.9, 10.0.0.1").json() == {"views": 1}
    assert read(client, article, HTTP_X_FORWARDED_FOR="8.8.8.8, 10.0.0.1").json() == {"views": 1}
    assert read(client, article, HTTP_X_FORWARDED_FOR="10.0.0.2").json() == {"views": 2}


def test_beacon_sets_no_cookie_and_is_never_kept(client, article):
    for answer in (read(client, article), client.get(f"/dem/bai-viet-{article.pk}.gif", **BROWSER)):
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]


def test_beacon_needs_no_token_of_a_form(article):
    from django.test import Client

    assert read(Client(enforce_csrf_checks=True), article).json() == {"views": 1}


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"HTTP_USER_AGENT": ""},
        {"HTTP_ACCEPT_LANGUAGE": ""},
        {"HTTP_SEC_PURPOSE": "prefetch"},
        {"HTTP_PURPOSE": "prefetch"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": ""},
        {"HTTP_ORIGIN": "https://xau.example"},
        {"HTTP_REFERER": "https://xau.example/bai/"},
    ],
)
def test_what_is_no_reading_person_is_answered_and_not_counted(client, article, headers):
    assert read(client, article, **headers).json() == {"views": 0}
    address = f"/dem/bai-viet-{article.pk}.gif"
    assert client.get(address, **{**BROWSER, **headers}).status_code == 200
    assert [model.objects.count() for model in (MonthCount, Sighting, DaySalt)] == [0, 0, 0]


@pytest.mark.parametrize("role", list(SiteRole))
def test_staff_do_not_lift_their_own_figures(sign_in, article, role):
    assert read(sign_in(role), article).json() == {"views": 0}


def test_reader_with_an_account_counts(sign_in, article):
    assert read(sign_in(""), article).json() == {"views": 1}


def test_reader_without_a_session_is_not_looked_up(client, article, django_assert_max_num_queries):
    read(client, article)
    # Live and public, salt, known already, total.
    with django_assert_max_num_queries(4):
        read(client, article)


@pytest.mark.parametrize(
    "what",
    ["", "bai-viet", "bai-viet:", "bai-viet:x", "bai-viet:-1", "bai-viet:0", "khac:1", "bai-viet:%D9%A3",
     "bai-viet:99999999999999999999", "bai-viet:999999999999999999", "bai-viet:1;drop table",
     "bai-viet:1' OR '1'='1", "%00", "%ff%fe", "x" * 10_000],
)  # fmt: skip
def test_nonsense_is_answered_calmly(client, article, what):
    answer = tell(client, what)
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/dem/"),
        ("head", "/dem/"),
        ("put", "/dem/"),
        ("get", "/dem/khac-1.gif"),
        ("get", "/dem/bai-viet-999999.gif"),
        ("get", "/dem/bai-viet-99999999999999999999.gif"),
        ("get", "/dem/a/b/c.gif"),
        ("get", "/dem/1%20OR%201=1.gif"),
        ("post", "/dem/bai-viet-1.gif"),
    ],
)
def test_wrong_address_is_no_error(client, article, method, path):
    assert getattr(client, method)(path, **BROWSER).status_code == 204


def test_body_that_is_no_form_is_no_error(client, article):
    thing = {"what": f"bai-viet:{article.pk}"}
    assert (
        client.post("/dem/", thing, content_type="application/json", **BROWSER).status_code == 204
    )
    assert client.post("/dem/", thing, **BROWSER).status_code == 204
    assert client.post("/dem/", **BROWSER, CONTENT_LENGTH="x").status_code == 204


def test_looking_whether_the_picture_is_there_is_not_counted(client, article):
    assert client.head(f"/dem/bai-viet-{article.pk}.gif", **BROWSER).status_code == 204
    assert total(article) == 0


def test_draft_and_deleted_are_not_counted(client, article):
    article.unpublish()
    assert read(client, article).status_code == 204
    pk = article.pk
    article.delete()
    assert tell(client, f"bai-viet:{pk}").status_code == 204
    assert MonthCount.objects.count() == 0


def test_page_of_a_closed_section_is_not_counted(client, article):
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(
        page=article.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert read(client, article).status_code == 204


def test_page_from_the_page_cache_counts_by_its_beacon(client, article, settings):
    settings.PAGE_CACHE_SECONDS = 600
    assert client.get(article.url)["X-Page-Cache"] == "miss"
    kept = client.get(article.url)
    assert kept["X-Page-Cache"] == "hit"
    assert f'data-count="bai-viet:{article.pk}"' in kept.content.decode()
    assert total(article) == 0
    assert read(client, article).json() == {"views": 1}
    assert client.get(article.url)["X-Page-Cache"] == "hit"


def test_browser_without_script_counts_by_a_picture(client, article):
    address = f"/dem/bai-viet-{article.pk}.gif"
    assert f'<noscript><img src="{address}"' in client.get(article.url).content.decode()
    for _ in range(2):
        answer = client.get(address, **BROWSER)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/gif")
    assert total(article) == 1


def test_script_and_picture_are_one_visit(client, article):
    read(client, article)
    client.get(f"/dem/bai-viet-{article.pk}.gif", **BROWSER)
    assert total(article) == 1


@pytest.mark.parametrize("count", [0, 12480])
def test_pages_show_their_figure_as_it_is_read(client, article, count):
    guide = make_guide(make_topic())
    for page in (article, guide):
        MonthCount.objects.create(
            content_type=page.content_type, object_id=page.pk, act=Act.VIEW, count=count,
            month=timezone.localdate().replace(day=1),
        )  # fmt: skip
        shown = client.get(page.url).content.decode()
        assert shown.count(f"<span data-views>{count:,}</span> lượt xem".replace(",", ".")) == 1
        assert 'href="/quyen-rieng-tu/#luot-xem"' in shown


def drawn(thing, *, preview: bool = False) -> str:
    """What the tag makes of `thing`."""
    request = RequestFactory().get("/")
    request.is_preview = preview
    context = Context({"thing": thing, "request": request})
    return Template("{% view_count thing %}").render(context).strip()


def test_tag_is_silent_about_what_is_not_counted(article, home):
    standard = home.add_child(instance=StandardPage(title="Giới thiệu"))
    assert drawn(article).startswith('<span class="views"')
    for thing in (ArticlePage(title="Mới"), standard, None, "", 7, object()):
        assert drawn(thing) == ""
    assert drawn(article, preview=True) == ""
    assert Template("{% view_count nothing %}").render(Context()).strip() == ""


def test_figure_on_a_page_costs_no_query_when_it_is_fresh(
    client, article, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert shown_total(article) == 0
    with django_assert_num_queries(0):
        assert shown_total(article) == 0
    read(client, article)
    with django_assert_num_queries(0):
        assert shown_total(article) == 1


def test_downloads_are_counted_apart_from_views(client, home):
    file = make_file()
    for _ in range(2):
        assert client.get(file.url, **BROWSER).status_code == 200
    assert client.get(file.url, **BROWSER, REMOTE_ADDR="10.0.0.2").status_code == 200
    assert (total(file, Act.DOWNLOAD), total(file, Act.VIEW)) == (2, 0)


def test_file_reached_by_a_link_elsewhere_is_counted(client, home):
    file = make_file()
    linked = {
        "HTTP_SEC_FETCH_SITE": "cross-site",
        "HTTP_SEC_FETCH_MODE": "navigate",
        "HTTP_SEC_FETCH_DEST": "document",
    }
    client.get(file.url, **{**BROWSER, **linked})
    assert total(file, Act.DOWNLOAD) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_USER_AGENT": "Googlebot/2.1"},
        {"HTTP_SEC_PURPOSE": "prefetch"},
        {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_SEC_FETCH_DEST": "image"},
        {"HTTP_SEC_FETCH_SITE": "", "HTTP_REFERER": "https://xau.example/"},
    ],
)
def test_file_that_nobody_asked_for_goes_out_uncounted(client, home, headers):
    file = make_file()
    assert client.get(file.url, **{**BROWSER, **headers}).status_code == 200
    assert client.head(file.url, **BROWSER).status_code == 200
    assert MonthCount.objects.count() == 0


def test_staff_downloads_are_not_counted(sign_in, home):
    file = make_file()
    assert sign_in(SiteRole.EDITOR).get(file.url, **BROWSER).status_code == 200
    assert MonthCount.objects.count() == 0
