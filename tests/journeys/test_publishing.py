"""From a draft to the reader's eyes: the editor writes, the publisher checks, the page cache gives way."""

import re

import pytest
from playwright.sync_api import Page, expect

from home.services import WORKFLOW_NAME
from tests.journeys.conftest import PHONE, open_editor

TITLE = "Đường dây hỗ trợ kỹ năng số"
SLUG = "duong-day-ho-tro-ky-nang-so"
TEXT = "Số máy trực từ bảy giờ sáng, ai gọi cũng có người chỉ."
CHECKS = (
    "Nội dung không thu phí",
    "Không lộ dữ liệu cá nhân",
    "Số liệu, văn bản",
    "Câu chữ dễ hiểu",
)
UNTICKED = "Hãy kiểm tra và đánh dấu điều này trước khi đăng."


def choose(page: Page, action: str) -> None:
    """Press a button of the editor's menu of actions."""
    page.get_by_role("button", name="Thao tác khác").click()
    page.get_by_role("button", name=action, exact=True).click()


def write_article(page: Page) -> None:
    """Title, summary and one paragraph, as a person types them; the address follows the title."""
    page.get_by_role("textbox", name="Tiêu đề").press_sequentially(TITLE)
    expect(page.locator("#id_slug")).to_have_value(SLUG)
    page.get_by_role("textbox", name="Tóm tắt").fill("Gọi một số, có người chỉ.")
    page.get_by_role("button", name="Chèn khối").click()
    page.get_by_role("option", name="Đoạn văn").click()
    page.locator("[contenteditable=true][role=textbox]").press_sequentially(TEXT)
    # The editor hands the text to the form a moment after the last key.
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile(re.escape(TEXT)))


@pytest.fixture
def reader(small_site, new_context) -> Page:
    """Somebody who has already read the front page and the news: both are in the page cache."""
    page = new_context(**PHONE).new_page()
    for path in ("/", "/tin-tuc/"):
        page.goto(small_site + path)
        assert page.reload().header_value("X-Page-Cache") == "hit"
    return page


def test_draft_is_reviewed_published_and_seen_at_once(small_site, section, sign_in_as, reader):
    """Draft, review, check list with something unticked, check list complete: then readers see it at once."""
    address = f"/tin-tuc/{section.slug}/{SLUG}/"
    editor = sign_in_as("editor")
    open_editor(editor, small_site, section)
    write_article(editor)
    expect(editor.get_by_role("button", name="Xuất bản", exact=True)).to_have_count(0)
    choose(editor, f"Gửi đến {WORKFLOW_NAME}")
    expect(editor.locator(".messages")).to_contain_text("gửi kiểm duyệt trang")
    assert reader.goto(small_site + address).status == 404

    publisher = sign_in_as("publisher")
    publisher.get_by_role("link", name=TITLE).first.click()
    expect(publisher.get_by_role("textbox", name="Tiêu đề")).to_have_value(TITLE)
    choose(publisher, "Duyệt và xuất bản")
    dialog = publisher.get_by_role("dialog")
    for check in CHECKS[:-1]:
        dialog.get_by_label(check).check()
    dialog.get_by_role("button", name="Duyệt").click()
    expect(dialog).to_contain_text(UNTICKED)
    expect(dialog.get_by_label(CHECKS[0])).to_be_checked()
    assert reader.goto(small_site + address).status == 404
    dialog.get_by_label(CHECKS[-1]).check()
    dialog.get_by_role("button", name="Duyệt").click()
    expect(publisher.locator(".messages")).to_contain_text(TITLE)

    assert reader.goto(small_site + address).status == 200
    expect(reader.get_by_role("main")).to_contain_text(TEXT)
    for path in ("/", "/tin-tuc/", f"/tin-tuc/{section.slug}/"):
        assert reader.goto(small_site + path).header_value("X-Page-Cache") == "miss"
        expect(reader.get_by_role("main").get_by_role("link", name=TITLE)).to_be_visible()
    reader.goto(small_site + "/tim-kiem/?q=duong+day+ho+tro")
    expect(reader.locator(".result mark").first).to_be_visible()


def test_publishing_past_the_review_leads_through_the_check_list(small_site, section, sign_in_as):
    """A publisher who writes and publishes alone meets the same check list, and may not skip a line."""
    publisher = sign_in_as("publisher")
    open_editor(publisher, small_site, section)
    write_article(publisher)
    choose(publisher, "Xuất bản")
    expect(publisher.get_by_role("heading", level=1)).to_contain_text("Kiểm tra trước khi đăng")
    publisher.get_by_role("button", name="Đăng trang").click()
    expect(publisher.get_by_text(UNTICKED)).to_have_count(len(CHECKS))
    for check in CHECKS:
        publisher.get_by_label(check).check()
    publisher.get_by_role("button", name="Đăng trang").click()
    expect(publisher.locator(".messages")).to_contain_text(f"Đã đăng trang “{TITLE}”")
    answer = publisher.goto(small_site + f"/tin-tuc/{section.slug}/{SLUG}/")
    assert answer.status == 200
    expect(publisher.get_by_role("main")).to_contain_text(TEXT)
