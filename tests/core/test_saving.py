"""A page to keep: one file that opens without a network."""

import base64
import re
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from wagtail.models import PageViewRestriction

from core import saving
from core.models import SiteSettings
from core.saving import disposition, saved_copy
from tests.factories.feedback import make_faq
from tests.factories.pages import make_article, make_guide, make_picture, make_section, make_topic
from tests.test_house import addresses

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
OUTSIDE = re.compile(r'(?:src|srcset|data)="(?!data:)[^"]*"|<link\b|<script|@import|url\(', re.I)


def kept(client, path: str) -> str:
    """The copy of a page as text."""
    answer = client.get(path, {"luu": "1"})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return answer.content.decode()


@pytest.fixture
def article(home):
    """An article with a picture."""
    return make_article(
        make_section(), "Điện thoại của bà", picture=make_picture(), picture_alt="Bà cầm điện thoại",
        text="Bà gọi cho cháu.",
    )  # fmt: skip


def test_copy_carries_words_style_and_pictures_and_asks_nobody_for_anything(client, article):
    copy = kept(client, article.url)
    for words in ("Điện thoại của bà", "Bà gọi cho cháu.", "data:image/", "--paper", "Lưu từ"):
        assert words in copy
    assert OUTSIDE.findall(copy) == []
    assert "Mục lục" not in copy
    assert f'href="http://localhost:8000{article.url}"' in copy


def test_copy_of_every_kind_of_page_is_whole(client, article):
    make_faq()
    guide = make_guide(make_topic())
    for path in ("/", "/tin-tuc/", guide.url, "/hoi-dap/", "/quyen-rieng-tu/", "/so-do-trang/"):
        copy = kept(client, path)
        assert OUTSIDE.findall(copy) == [], path
        assert "<h1" in copy, path
        assert not re.search(r'<a[^>]*href="/', copy), path


def test_file_is_named_in_vietnamese_and_in_plain_letters(client, article):
    header = client.get(article.url, {"luu": "1"})["Content-Disposition"]
    assert 'filename="dien-thoai-cua-ba' in header
    assert "filename*=UTF-8''%C4%90i%E1%BB%87n%20tho%E1%BA%A1i" in header


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("", "trang"),
        ("🙂", "trang"),
        ('a/b:"c"', "a-b-c"),
        ("x\r\ny", "x-y"),
        ("Đ" * 300, "d" * 80),
    ],
)
def test_any_title_makes_a_file_name(title, plain):
    header = disposition(title)
    assert f'filename="{plain}.html"' in header
    assert "\n" not in header


def test_copy_is_never_kept_and_not_found_by_search_machines(client, article, settings):
    settings.PAGE_CACHE_SECONDS = 600
    for _ in range(2):
        answer = client.get(article.url, {"luu": "1"})
        assert answer.get("X-Page-Cache", "miss") == "miss"
        assert answer["X-Robots-Tag"] == "noindex"
    assert "Content-Disposition" not in client.get(article.url)


def test_copy_shows_nothing_of_who_is_signed_in(sign_in, article):
    copy = kept(sign_in("editor"), article.url)
    assert "Quản trị" not in copy
    assert "Đăng xuất" not in copy


@pytest.mark.parametrize("path", ["/lien-he/", "/dang-nhap/", "/khong-co/", "/tim-kiem/?q=a"])
def test_pages_that_are_not_public_content_give_no_copy(client, home, path):
    answer = client.get(f"{path}{'&' if '?' in path else '?'}luu=1")
    assert "Content-Disposition" not in answer


def test_links_to_keep_a_page_stand_on_public_pages(client, article):
    assert 'href="?luu=1" rel="nofollow">Lưu về máy</a>' in client.get(article.url).content.decode()
    assert "Lưu về máy" in client.get("/").content.decode()
    assert "Lưu về máy" not in client.get("/dang-nhap/").content.decode()


def page(body: str) -> HttpResponse:
    """A page of ours."""
    return HttpResponse(f"<html><head><title>Thử</title></head><body>{body}</body></html>")


def test_missing_and_foreign_pictures_leave_their_words():
    body = '<img src="/media/khong-co.jpg" alt="Lớp học"><img src="https://khac.vn/a.png" alt="">'
    copy = saved_copy(page(body), "https://truong.vn/bai/", NOW).content.decode()
    assert "[Hình: Lớp học]" in copy
    assert "<img" not in copy


@pytest.mark.parametrize("src", ["/media/../secret_key", "/static/../manage.py", "/media/%2e%2e/x"])
def test_no_file_outside_its_folder_comes_along(src):
    copy = saved_copy(page(f'<img src="{src}" alt="x">'), "https://truong.vn/", NOW)
    assert "base64" not in copy.content.decode()


def test_pictures_stop_at_the_limit(article, monkeypatch):
    url = article.picture.get_rendition("width-480").url
    size = article.picture.get_rendition("width-480").file.size
    monkeypatch.setattr(saving, "PICTURE_BYTES", size * 2)
    body = f'<img src="{url}" alt="Hình">' * 5
    copy = saved_copy(page(body), "https://truong.vn/", NOW).content.decode()
    assert copy.count("base64") == 2
    assert copy.count("[Hình: Hình]") == 3


def test_copy_of_every_page_type_is_light_and_leads_back(client, home):
    for name, path in addresses(home).items():
        copy = kept(client, path)
        assert OUTSIDE.findall(copy) == [], name
        assert len(copy) < 150_000, name
        assert f'Lưu từ <a href="http://localhost:8000{path}">' in copy, name
        assert copy.count("<h1") == 1, name
        for gone in ("<form", "<button", "<nav", 'class="banner', "luu=1"):
            assert gone not in copy, (name, gone)


def test_twenty_pictures_stay_within_the_limit(client, home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for number in range(20):
        (tmp_path / f"{number}.webp").write_bytes(b"x" * 300_000)
    body = "".join(f'<img src="/media/{n}.webp" alt="Hình {n}">' for n in range(20))
    copy = saved_copy(page(body), "https://truong.vn/", NOW).content.decode()
    assert copy.count("base64") == saving.PICTURE_BYTES // 300_000 == 10
    assert "[Hình: Hình 9]" not in copy
    assert "[Hình: Hình 10]" in copy
    assert len(copy) < 4.2 * 1024 * 1024


def test_lightest_cut_is_taken_and_nothing_else_asked_for(article):
    picture = article.picture
    small, large = (picture.get_rendition(f"format-webp|width-{width}") for width in (240, 960))
    body = (
        f'<picture><source srcset="{large.url}" type="image/avif">'
        f'<img srcset="{large.url} 960w, {small.url} 240w" src="{large.url}" sizes="100vw" alt="A"></picture>'
    )
    copy = saved_copy(page(body), "https://truong.vn/", NOW).content.decode()
    with small.file.open() as file:
        assert base64.b64encode(file.read()).decode() in copy
    assert copy.count("base64") == 1
    assert OUTSIDE.findall(copy) == []


def test_film_becomes_a_link():
    body = (
        '<video controls poster="/media/a.jpg"><source src="/media/a.mp4" type="video/mp4"></video>'
    )
    copy = saved_copy(page(body + "<audio></audio>"), "https://truong.vn/bai/", NOW)
    assert (
        '<a href="https://truong.vn/media/a.mp4">Xem video trên trang</a>' in copy.content.decode()
    )
    assert OUTSIDE.findall(copy.content.decode()) == []


def test_links_within_the_page_stay_within_and_others_lead_to_the_site():
    body = (
        '<a href="#x">x</a><a href="?trang=2">y</a><a href="mailto:a@b.vn">z</a><a href="/a/">a</a>'
    )
    copy = saved_copy(page(body), "https://truong.vn/tin/?nam=2026", NOW).content.decode()
    for place in ("#x", "https://truong.vn/tin/?trang=2", "mailto:a@b.vn", "https://truong.vn/a/"):
        assert f'href="{place}"' in copy


def test_second_page_of_a_list_is_kept_as_such(client, home):
    section = make_section()
    for number in range(30):
        make_article(section, f"Bài {number}")
    seen = client.get("/tin-tuc/?trang=2").content.decode()
    assert 'href="?trang=2&amp;luu=1"' in seen
    copy = client.get("/tin-tuc/?trang=2&luu=1")
    assert copy["Content-Disposition"].startswith("attachment")
    titles = re.findall(r"Bài \d+", seen)
    assert len(set(titles)) > 5
    assert set(re.findall(r"Bài \d+", copy.content.decode())) == set(titles)
    assert "http://localhost:8000/tin-tuc/?trang=2" in copy.content.decode()


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_closed_page_gives_no_copy(client, article, kind):
    PageViewRestriction.objects.create(page=article, restriction_type=kind, password="mo-ra")
    answer = client.get(article.url, {"luu": "1"})
    assert "Content-Disposition" not in answer
    assert "Bà gọi cho cháu." not in answer.content.decode()


def test_reader_with_the_password_sees_the_page_and_gets_no_copy(client, article):
    kind = PageViewRestriction.PASSWORD
    closed = PageViewRestriction.objects.create(
        page=article, restriction_type=kind, password="mo-ra"
    )
    session = client.session
    session["passed_page_view_restrictions"] = [closed.pk]
    session.save()
    opened = client.get(article.url).content.decode()
    assert "Bà gọi cho cháu." in opened
    assert "luu=1" not in opened
    assert "Content-Disposition" not in client.get(article.url, {"luu": "1"})


@pytest.mark.parametrize("query", ["luu=0", "luu=", "luu=2", "x=1"])
def test_only_the_one_word_saves(client, article, query):
    assert "Content-Disposition" not in client.get(f"{article.url}?{query}")


def test_feed_and_qr_code_are_left_as_they_are(client, article):
    for path in ("/tin-tuc/rss/", f"{article.url}ma-qr/"):
        answer = client.get(path, {"luu": "1"})
        assert answer.status_code == 200
        assert "Content-Disposition" not in answer


def test_copy_carries_no_cookie_and_the_schools_own_colour(client, article):
    school = SiteSettings.load()
    school.primary_colour = "#123456"
    school.save()
    cache.clear()
    answer = client.get(article.url, {"luu": "1"})
    assert not answer.cookies
    assert "--brand:#123456" in answer.content.decode()


def test_article_names_the_copy_once_and_the_missing_page_not_at_all(client, article):
    assert client.get(article.url).content.decode().count("luu=1") == 1
    assert client.get("/gioi-thieu-khong-co/").content.decode().count("luu=1") == 0
