"""A reader whose browser runs no script: everything that matters still works."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ARTICLE, PHONE


@pytest.fixture
def plain(site, new_context) -> Page:
    """A phone without scripts."""
    return new_context(**PHONE, java_script_enabled=False).new_page()


def test_menu_search_and_article_work_without_script(site, plain):
    """The menu unfolds, the search answers, an article can be shared and its questions unfold."""
    plain.goto(site + "/")
    menu = plain.get_by_role("navigation", name="Mục lục")
    expect(menu).to_be_hidden()
    plain.get_by_text("Mục lục", exact=True).tap()
    menu.get_by_role("searchbox").fill("ma qr")
    menu.get_by_role("button", name="Tìm").tap()
    expect(plain.locator(".result mark").first).to_be_visible()

    plain.goto(site + ARTICLE)
    share = plain.get_by_role("region", name="Chia sẻ, in, lưu")
    expect(share.get_by_role("button")).to_have_count(0)
    expect(share.get_by_role("link", name="Bản in")).to_be_visible()
    share.get_by_text("Lời nhắn cho nhóm Zalo").tap()
    expect(share.get_by_label("Lời nhắn sẵn cho nhóm Zalo")).to_be_visible()
    assert urlsplit(share.get_by_label("Liên kết", exact=True).input_value()).path == ARTICLE

    question = plain.locator(".questions__item").first
    answer = question.locator(".questions__answer")
    expect(answer).to_be_hidden()
    question.locator("summary").tap()
    expect(answer).to_be_visible()

    plain.goto(site + ARTICLE + "in/")
    expect(plain.get_by_role("button", name="In trang này")).to_have_count(0)


def test_signing_in_and_out_works_without_script(site, plain):
    """A wrong password says what to do and keeps the name; the right one opens the staff area."""
    from accounts.services import demo_password

    plain.goto(site + "/")
    plain.get_by_text("Mục lục", exact=True).tap()
    plain.get_by_role("navigation", name="Mục lục").get_by_role("link", name="Đăng nhập").tap()
    form = plain.get_by_role("main")
    form.get_by_role("button", name="Đăng nhập").tap()
    expect(form).to_contain_text("Hãy nhập tên đăng nhập.")
    expect(form).to_contain_text("Hãy nhập mật khẩu.")
    form.get_by_label("Tên đăng nhập").fill("Demo.Editor")
    form.get_by_label("Mật khẩu").fill("sai")
    form.get_by_role("button", name="Đăng nhập").tap()
    expect(plain.get_by_role("alert")).to_contain_text("chưa đúng")
    expect(form.get_by_label("Tên đăng nhập")).to_have_value("Demo.Editor")
    form.get_by_label("Mật khẩu").fill(demo_password("demo.editor"))
    form.get_by_role("button", name="Đăng nhập").tap()
    expect(plain).to_have_url(site + "/quan-tri/")

    plain.goto(site + "/")
    plain.get_by_text("Mục lục", exact=True).tap()
    menu = plain.get_by_role("navigation", name="Mục lục")
    expect(menu.get_by_role("link", name="Quản trị")).to_be_visible()
    menu.get_by_role("button", name="Đăng xuất").tap()
    plain.get_by_text("Mục lục", exact=True).tap()
    expect(menu.get_by_role("link", name="Đăng nhập")).to_be_visible()
