"""Editors reword the national banner and hang others beside it; they can't lose it."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.factories.pages import make_article
from tests.journeys.conftest import NATIONAL_PORTAL, PHONE

WORDS = "Học miễn phí, ai cũng vào được."


def banner_texts(page: Page) -> list[str]:
    """The titles of the page's banners, from top to bottom."""
    return page.locator(".banner__title").all_inner_texts()


def test_banner_changes_are_seen_at_once_and_the_national_one_stays(
    small_site, section, sign_in_as, new_context
):
    """New words on home and in articles at once; no banner of the past; the national one without any row."""
    from core.models import Banner

    article = make_article(section, "Bài để xem banner")
    paths = ("/", article.url)
    reader = new_context(**PHONE).new_page()
    for path in paths:
        reader.goto(small_site + path)
        assert banner_texts(reader) == ["Nền tảng quốc gia Bình dân học vụ số"]

    editor = sign_in_as("editor")
    editor.goto(small_site + "/quan-tri/snippets/core/banner/")
    editor.get_by_role("link", name="Nền tảng quốc gia Bình dân học vụ số", exact=True).click()
    editor.get_by_label("Câu giới thiệu").fill(WORDS)
    editor.get_by_role("button", name="Lưu").click()
    expect(editor.locator(".messages")).to_contain_text("Nền tảng quốc gia")
    for path in paths:
        reader.goto(small_site + path)
        expect(reader.locator(".banner")).to_contain_text(WORDS)

    editor.goto(small_site + "/quan-tri/snippets/core/banner/add/")
    past = timezone.localdate() - timedelta(days=3)
    editor.get_by_role("textbox", name="Tên").fill("Ngày hội đã qua")
    editor.get_by_role("textbox", name="Địa chỉ").fill("https://example.edu.vn/ngay-hoi")
    for name in ("starts", "ends"):
        editor.locator(f"#id_{name}").fill(f"{past:%d/%m/%Y}")
        editor.locator(f"#id_{name}").press("Tab")
    editor.get_by_role("button", name="Lưu").click()
    expect(editor.locator(".messages")).to_contain_text("Ngày hội đã qua")
    for path in paths:
        reader.goto(small_site + path)
        assert banner_texts(reader) == ["Nền tảng quốc gia Bình dân học vụ số"]

    for banner in Banner.objects.all():
        editor.goto(small_site + f"/quan-tri/snippets/core/banner/delete/{banner.pk}/")
        editor.get_by_role("button", name="xóa").click()
        expect(editor.locator(".messages")).to_contain_text(banner.title)
    assert not Banner.objects.exists()
    for path in paths:
        reader.goto(small_site + path)
        assert banner_texts(reader) == ["Nền tảng quốc gia Bình dân học vụ số"]
        expect(reader.locator(".banner__link")).to_have_attribute("href", NATIONAL_PORTAL)
        expect(reader.locator(".banner")).not_to_contain_text(WORDS)
