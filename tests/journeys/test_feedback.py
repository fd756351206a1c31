"""A citizen without script sends a difficulty, the office answers, he reads the answer by his link."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from campaign.feedback.models import FaqEntry, Feedback
from core.spam import FEWEST_SECONDS
from core.workflow import PUBLISHING_CHECKS
from tests.journeys.conftest import PHONE, Server, too_wide

WORDS = (
    "Ở bản tôi không có sóng, nhiều người già chưa có tài khoản định danh. Gọi tôi số 0912345678."
)

ANSWER = "Đội tình nguyện sẽ về bản sáng thứ Bảy, mời bà con ra nhà văn hóa."


@pytest.fixture
def citizen(small_site: Server, new_context: Callable) -> Page:
    """A cheap phone that runs no script."""
    return new_context(**PHONE, java_script_enabled=False).new_page()


def write(page: Page, site: Server) -> None:
    """Open the form and take the time to write."""
    page.goto(site + "/")
    page.get_by_role("contentinfo").get_by_role("link", name="Liên hệ").click()
    page.get_by_label("Nói về khó khăn đang gặp").check()
    page.get_by_label("Nội dung").fill(WORDS)
    page.get_by_label("Họ và tên").fill("Người dân mẫu")
    page.wait_for_timeout((FEWEST_SECONDS + 1) * 1000)
    page.get_by_role("main").get_by_role("button", name="Gửi").click()


def test_difficulty_is_sent_answered_read_and_published(
    small_site: Server, citizen: Page, sign_in_as: Callable[[str], Page]
):
    write(citizen, small_site)
    # A name without consent: told where, nothing lost.
    expect(citizen.get_by_role("alert")).to_contain_text("hãy đánh dấu đồng ý")
    expect(citizen.get_by_label("Nội dung")).to_have_value(WORDS)
    assert too_wide(citizen) == []
    citizen.get_by_label(re.compile("Tôi đồng ý để nhà trường dùng tên")).check()
    citizen.get_by_label(re.compile("Nếu câu hỏi có ích")).check()
    citizen.get_by_role("main").get_by_role("button", name="Gửi").click()
    expect(citizen.get_by_role("status")).to_contain_text("Nhà trường đã nhận được.")
    private = citizen.get_by_label("Địa chỉ riêng của phản hồi").input_value()
    feedback = Feedback.objects.get()
    assert private.endswith(feedback.get_absolute_url())
    assert too_wide(citizen) == []

    clerk = sign_in_as("editor")
    clerk.goto(small_site + "/quan-tri/feedback/feedback/")
    clerk.get_by_role("link", name=feedback.reference).first.click()
    clerk.get_by_label("Lời gửi tới người gửi").first.fill(
        "Đội tình nguyện sẽ về bản sáng thứ Bảy, mời bà con ra nhà văn hóa."
    )
    clerk.get_by_role("button", name="Gửi câu trả lời").click()
    expect(clerk.get_by_text("Đã gửi câu trả lời.")).to_be_visible()

    citizen.goto(small_site + feedback.get_absolute_url())
    expect(citizen.get_by_text("sáng thứ Bảy")).to_be_visible()
    expect(citizen.get_by_text("Đã có câu trả lời")).to_be_visible()
    citizen.get_by_role("button", name="Tôi đã rõ, cảm ơn").click()
    expect(citizen.get_by_text("Đã xong")).to_be_visible()

    publisher = sign_in_as("publisher")
    publisher.goto(small_site + f"/quan-tri/phan-hoi/{feedback.pk}/dua-vao-hoi-dap/")
    expect(publisher.get_by_text("0912345678")).to_have_count(1)
    publisher.get_by_label("Câu hỏi").fill("Bản không có sóng thì làm tài khoản định danh ở đâu?")
    for check in PUBLISHING_CHECKS:
        publisher.get_by_label(check.label).check()
    publisher.get_by_role("button", name="Đăng lên trang Hỏi đáp").click()
    expect(publisher.get_by_text("Đã đăng lên trang Hỏi đáp.")).to_be_visible()
    assert FaqEntry.objects.live().count() == 1

    citizen.goto(small_site + "/hoi-dap/")
    citizen.get_by_text("Bản không có sóng").click()
    expect(citizen.get_by_text("sáng thứ Bảy")).to_be_visible()
    assert "0912345678" not in citizen.content()
    assert too_wide(citizen) == []
