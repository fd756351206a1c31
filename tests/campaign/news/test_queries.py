"""Reads of news: what is related, what is new, what is said when sharing."""

from datetime import date

import pytest

from campaign.news.models import ArticlePage
from campaign.news.queries import newest_articles, related_articles, section_links, share_text
from tests.factories.pages import make_article, make_section

pytestmark = pytest.mark.django_db


def tagged(section, title: str, *keywords: str, day: int = 1) -> ArticlePage:
    """An article with keywords."""
    article = make_article(section, title, published_on=date(2026, 5, day))
    article.tags.add(*keywords)
    article.save()
    return ArticlePage.objects.get(pk=article.pk)


def titles(articles) -> list[str]:
    """The titles of `articles`."""
    return [article.title for article in articles]


def test_related_articles_share_most_keywords_first(home):
    here, there = make_section("Hoạt động"), make_section("Gương sáng")
    article = tagged(here, "Bài này", "một", "hai")
    tagged(there, "Chung một", "một", day=9)
    tagged(there, "Chung hai", "một", "hai", day=2)
    tagged(there, "Chẳng chung", "ba", day=20)
    tagged(here, "Cùng mục", day=15)
    assert titles(related_articles(article, list(article.tags.all()), count=9)) == [
        "Chung hai",
        "Chung một",
        "Cùng mục",
    ]


def test_related_articles_of_one_section_come_newest_first(home):
    section = make_section()
    article = tagged(section, "Bài này")
    for day in (3, 9, 6, 1):
        tagged(section, f"Ngày {day}", day=day)
    assert titles(related_articles(article, list(article.tags.all()))) == [
        "Ngày 9",
        "Ngày 6",
        "Ngày 3",
    ]


def test_related_articles_leave_out_drafts_and_the_article_itself(home):
    section = make_section()
    article = tagged(section, "Bài này", "một")
    make_article(section, "Nháp", live=False)
    assert related_articles(article, list(article.tags.all())) == []


def test_newest_articles_put_pinned_ones_first(home):
    section = make_section()
    make_article(section, "Ghim", published_on=date(2026, 1, 1), is_pinned=True)
    make_article(section, "Mới", published_on=date(2026, 9, 1))
    make_article(section, "Cũ", published_on=date(2026, 2, 1))
    assert titles(newest_articles(2)) == ["Ghim", "Mới"]


def test_section_links_follow_the_editors_order(home):
    first, second = make_section("Hoạt động"), make_section("Gương sáng")
    second.move(first, pos="left")
    make_section("Còn nháp").unpublish()
    assert [link["slug"] for link in section_links()] == ["guong-sang", "hoat-dong"]


def test_share_text_has_title_summary_and_address(home):
    article = make_article(make_section(), "Bài hay", summary="Nên đọc.")
    assert share_text(article) == (
        "Bài hay\nNên đọc.\nĐọc bài: http://localhost:8000/tin-tuc/hoat-dong/bai-hay/"
    )


def test_share_text_without_a_summary_has_no_empty_line(home):
    article = make_article(make_section(), "Bài hay", summary="")
    assert share_text(article).splitlines() == [
        "Bài hay",
        "Đọc bài: http://localhost:8000/tin-tuc/hoat-dong/bai-hay/",
    ]
