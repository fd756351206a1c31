"""News as readers meet them: lists, filters, feed, print view, QR code, dates, drafts."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from campaign.news.models import ArticlePage, NewsIndexPage
from core.models import Keyword
from tests.factories.pages import make_article, make_picture, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(home):
    """A section to write in."""
    return make_section("Hoạt động")


def listed(client, path: str = "/tin-tuc/", **params) -> list[str]:
    """The titles of a list of news."""
    return [article.title for article in client.get(path, params).context["articles"]]


def test_listing_shows_the_newest_first(client, section):
    make_article(section, "Cũ", published_on=date(2026, 1, 5))
    make_article(section, "Mới", published_on=date(2026, 9, 5))
    make_article(section, "Giữa", published_on=date(2026, 5, 5))
    assert listed(client) == ["Mới", "Giữa", "Cũ"]


def test_listing_of_one_day_shows_the_later_made_first(client, section):
    for title in ("Một", "Hai", "Ba"):
        make_article(section, title, published_on=date(2026, 5, 5))
    assert listed(client) == ["Ba", "Hai", "Một"]


def test_listing_names_each_articles_section(client, section):
    make_article(section, "Bài một")
    make_article(make_section("Gương sáng"), "Bài hai")
    articles = client.get("/tin-tuc/").context["articles"]
    assert [(a.title, a.section_title, a.section_slug) for a in articles] == [
        ("Bài hai", "Gương sáng", "guong-sang"),
        ("Bài một", "Hoạt động", "hoat-dong"),
    ]


def test_listing_of_a_section_keeps_others_out(client, section):
    make_article(section, "Bài một")
    make_article(make_section("Gương sáng"), "Bài hai")
    assert listed(client, "/tin-tuc/hoat-dong/") == ["Bài một"]
    assert listed(client, "/tin-tuc/guong-sang/") == ["Bài hai"]


def test_listing_is_cut_into_pages(client, section):
    for place in range(14):
        make_article(section, f"Bài {place:02}", published_on=date(2026, 1, 1 + place))
    assert listed(client) == [f"Bài {place:02}" for place in range(13, 1, -1)]
    assert listed(client, trang="2") == ["Bài 01", "Bài 00"]


def test_listing_gives_a_page_for_any_page_number(client, section):
    for _ in range(13):
        make_article(section)
    asked = ["1", "2", "3", "999999", "0", "-1", "abc", "1.5", "9" * 50, "²", "", "\x00", "1 OR 1"]
    answers = [client.get("/tin-tuc/", {"trang": number}) for number in asked]
    assert {answer.status_code for answer in answers} == {200}
    given = [answer.context["articles"].number for answer in answers]
    assert given == [1, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1]


def test_listing_without_articles_says_so(client, section):
    content = client.get("/tin-tuc/").content.decode()
    assert "Chưa có bài nào ở mục này." in content


def test_keyword_filter_keeps_its_articles(client, section):
    article = make_article(section, "Có từ khóa")
    article.tags.add("Đoàn viên")
    article.save()
    make_article(section, "Không có")
    assert Keyword.objects.get().slug == "doan-vien"
    assert listed(client, **{"tu-khoa": "doan-vien"}) == ["Có từ khóa"]
    assert listed(client, "/tin-tuc/hoat-dong/", **{"tu-khoa": "doan-vien"}) == ["Có từ khóa"]


@pytest.mark.parametrize("slug", ["khong-co", "", "x" * 3000, "\x00", "' OR 1=1 --", "đoàn"])
def test_keyword_filter_shows_all_for_an_unknown_keyword(client, section, slug):
    make_article(section, "Bài một")
    response = client.get("/tin-tuc/", {"tu-khoa": slug})
    assert response.status_code == 200
    assert [article.title for article in response.context["articles"]] == ["Bài một"]


def test_keyword_is_one_in_any_case(section):
    for name in ("Đoàn viên", "Đoàn Viên"):
        article = make_article(section)
        article.tags.add(name)
        article.save()
    assert list(Keyword.objects.values_list("name", "slug")) == [("Đoàn viên", "doan-vien")]


@pytest.mark.parametrize("path", ["/tin-tuc/rss/", "/tin-tuc/hoat-dong/rss/"])
def test_feed_is_xml_that_tells_each_article(client, section, path):
    make_article(
        section, "Bò & <bơ>", summary="Tóm tắt “bố”", author="Ban biên tập",
        published_on=date(2026, 3, 4),
    )  # fmt: skip
    response = client.get(path)
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = ElementTree.fromstring(response.content).find("channel")
    assert channel.findtext("language") == "vi"
    [item] = channel.findall("item")
    assert item.findtext("title") == "Bò & <bơ>"
    assert item.findtext("description") == "Tóm tắt “bố”"
    assert item.findtext("link") == "http://localhost:8000/tin-tuc/hoat-dong/bo-bo/"
    assert item.findtext("pubDate") == "Wed, 04 Mar 2026 07:00:00 +0700"


def test_feed_tells_at_most_twenty(client, section):
    for place in range(22):
        make_article(section, f"Bài {place:02}", published_on=date(2026, 1, 1 + place))
    channel = ElementTree.fromstring(client.get("/tin-tuc/rss/").content).find("channel")
    titles = [item.findtext("title") for item in channel.findall("item")]
    assert titles == [f"Bài {place:02}" for place in range(21, 1, -1)]


def test_feed_of_an_empty_section_is_valid(client, section):
    channel = ElementTree.fromstring(client.get("/tin-tuc/rss/").content).find("channel")
    assert channel.findall("item") == []


def test_print_view_shows_the_article_with_its_address(client, section):
    article = make_article(section, "Bài để in", text="Chữ trên giấy.")
    response = client.get(f"{article.url}in/")
    assert response.status_code == 200
    assert response.templates[0].name == "news/article_print.html"
    content = response.content.decode()
    assert "Chữ trên giấy." in content
    assert f"http://localhost:8000{article.url}" in content
    assert f'src="{article.url}ma-qr/"' in content
    assert '<meta name="robots" content="noindex">' in content


def test_qr_code_is_svg_without_script(client, section):
    article = make_article(section, "Bài có mã")
    response = client.get(f"{article.url}ma-qr/")
    assert response["Content-Type"] == "image/svg+xml"
    root = ElementTree.fromstring(response.content)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {"svg", "g", "path"}


def test_article_shows_text_author_source_and_date(client, section):
    article = make_article(
        section, "Bài đủ", text="Thân bài.", author="Đoàn trường", source="Báo Bản",
        source_url="https://bao.example/1", published_on=date(2026, 3, 4),
    )  # fmt: skip
    content = client.get(article.url).content.decode()
    for piece in ("Thân bài.", "Đoàn trường", 'href="https://bao.example/1"', "04/03/2026"):
        assert piece in content


def test_article_data_for_machines_cannot_close_its_tag(client, section):
    article = make_article(section, "</script><script>alert(1)</script>")
    assert "<script>alert" not in client.get(article.url).content.decode()


def test_article_with_a_picture_describes_it(client, section):
    article = make_article(section, "Bài có hình", picture=make_picture(), picture_alt="Lớp học")
    content = client.get(article.url).content.decode()
    assert 'alt="Lớp học"' in content
    assert "image/avif" in content
    assert ".webp" in content


def test_picture_without_words_is_refused_at_its_field(section):
    article = ArticlePage(title="Bài có hình", slug="bai", picture=make_picture(), picture_alt="  ")
    with pytest.raises(ValidationError) as refused:
        article.clean()
    assert list(refused.value.message_dict) == ["picture_alt"]


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2019, 12, 31), date(2199, 1, 1)])
def test_article_date_is_refused_at_its_field(section, day):
    with pytest.raises(ValidationError) as refused:
        make_article(section, "Bài ngày lạ", published_on=day)
    assert list(refused.value.message_dict) == ["published_on"]


def test_article_date_is_today_unless_told(section):
    assert ArticlePage(title="Bài").published_on == timezone.localdate()


def test_article_without_a_date_is_refused_at_its_field(section):
    with pytest.raises(ValidationError) as refused:
        make_article(section, "Bài không ngày", published_on=None)
    assert list(refused.value.message_dict) == ["published_on"]


def test_updated_on_is_told_only_for_a_later_day(section):
    article = make_article(section, published_on=date(2026, 3, 4))
    article.last_published_at = datetime(2026, 3, 4, 16, 59, tzinfo=UTC)
    assert article.updated_on is None
    article.last_published_at = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)
    assert article.updated_on == date(2026, 3, 5)
    article.last_published_at = None
    assert article.updated_on is None


def hidden_draft(section):
    """An article that was never published."""
    return make_article(section, "Bài ẩn", live=False)


def taken_down(section):
    """An article that was published and withdrawn."""
    article = make_article(section, "Bài ẩn")
    article.unpublish()
    return article


def not_yet_due(section):
    """An article to be published later."""
    article = make_article(section, "Bài ẩn", live=False)
    article.go_live_at = timezone.now() + timezone.timedelta(days=1)
    article.save_revision().publish()
    return article


def expired(section):
    """An article whose time was over when it was published."""
    article = make_article(section, "Bài ẩn", live=False)
    article.expire_at = timezone.now() - timezone.timedelta(days=1)
    article.expired = True
    article.save()
    return article


@pytest.mark.parametrize("make_hidden", [hidden_draft, taken_down, not_yet_due, expired])
def test_article_that_is_not_live_is_shown_nowhere(client, section, make_hidden):
    article = make_hidden(section)
    assert listed(client) == []
    assert client.get(f"/tin-tuc/hoat-dong/{article.slug}/").status_code == 404
    assert client.get(f"/tin-tuc/hoat-dong/{article.slug}/in/").status_code == 404
    for path in ("/", "/tin-tuc/rss/", "/so-do-trang/", "/sitemap.xml", "/tim-kiem/?q=bài+ẩn"):
        assert "Bài ẩn" not in client.get(path).content.decode()
        assert article.slug not in client.get(path).content.decode()


def test_draft_of_a_live_article_leaves_the_live_text(client, section):
    article = make_article(section, "Bài sống", text="Chữ cũ.")
    article.body = [{"type": "paragraph", "value": "<p>Chữ mới.</p>"}]
    article.save_revision()
    content = client.get(article.url).content.decode()
    assert "Chữ cũ." in content
    assert "Chữ mới." not in content


@pytest.mark.parametrize("rest", ["khong-co/", "rss/x/", "hoat-dong/khong-co/", "hoat-dong/x/y/z/"])
def test_unknown_address_below_the_news_is_not_found(client, section, rest):
    assert client.get(f"/tin-tuc/{rest}").status_code == 404


def test_news_index_takes_only_sections_and_sections_only_articles(section):
    assert [model.__name__ for model in NewsIndexPage.allowed_subpage_models()] == ["SectionPage"]
    assert [model.__name__ for model in type(section).allowed_subpage_models()] == ["ArticlePage"]
    assert ArticlePage.allowed_subpage_models() == []
