"""A learner checks himself on a small telephone without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from resources.models import QuestionTally
from tests.factories.questions import make_bank, matching, multiple, short, single
from tests.journeys.conftest import PHONE, Diary, Server, too_wide

READER = (
    "Mozilla/5.0 (Linux; Android 10; SM-A107F) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_self_check_without_script(scheme, small_site: Server, new_context: Callable):
    bank = make_bank(
        single("Một?"), multiple("Hai?"), matching("Ba?"), short("Hà Nội", text="Bốn?")
    )
    context = new_context(
        **PHONE, java_script_enabled=False, color_scheme=scheme, user_agent=READER
    )
    page = context.new_page()
    diary = Diary(small_site.url)
    diary.follow(page)
    page.goto(small_site + bank.url)
    page.get_by_role("link", name="Tự kiểm tra", exact=True).click()
    page.get_by_label("Hà Nội").check()
    page.get_by_label("a", exact=True).check()
    page.get_by_label("VNeID").select_option(label="định danh")
    page.get_by_label("VssID").select_option(label="bảo hiểm")
    page.get_by_label("Gõ câu trả lời").fill("ha noi")
    assert too_wide(page) == []
    page.get_by_role("button", name="Xem kết quả").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn đúng 3 trên 4 câu")
    assert too_wide(page) == []
    page.reload()
    assert list(QuestionTally.objects.values_list("shown", flat=True)) == [1] * 4
    page.get_by_role("link", name="Làm lại các câu chưa đúng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Làm lại 1 câu")
    assert diary.problems == []
    assert diary.foreign == []
