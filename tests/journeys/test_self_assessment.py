"""A unit asks before and after a class: on telephones without script, on paper; few answers tell nothing."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from campaign.units.choices import Role
from campaign.units.models import Unit
from core.spam import FEWEST_SECONDS
from resources.models import CountedSheet, SheetPile, Survey
from tests.factories.people import hold, make_user
from tests.factories.units import make_college
from tests.journeys.conftest import DESK, PHONE, Diary, Server, too_wide
from tests.journeys.desk import PASSWORD, is_sound, sign_in

STEPS = ("Chưa làm được", "Làm được khi có người giúp", "Tự làm được", "Hướng dẫn được người khác")
CANNOT, HELPED, ALONE, TEACHES = STEPS


@pytest.fixture
def college(small_site: Server) -> dict[str, Unit]:
    """A faculty with its head."""
    made = make_college()
    hold(make_user(username="khoa.ky", password=PASSWORD), made["craft"], Role.UNIT_HEAD)
    return made


@pytest.fixture
def head(small_site: Server, college, new_context: Callable) -> Page:
    """The head at the desk."""
    page: Page = new_context(**DESK, bypass_csp=True).new_page()
    sign_in(page, small_site, "khoa.ky", PASSWORD)
    return page


def make_survey(page: Page, site: Server) -> Survey:
    """Two groups, four statements that stand there already or are ticked."""
    page.goto(site + "/don-vi/")
    page.get_by_role("link", name="Tự đánh giá kỹ năng", exact=True).first.click()
    is_sound(page, "Tự đánh giá kỹ năng")
    page.get_by_role("link", name="Tạo phiếu").click()
    is_sound(page, "Tạo phiếu tự đánh giá")
    page.get_by_role("button", name="Tạo phiếu").click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy ghi tên phiếu.")
    page.get_by_label("Tên phiếu").fill("Lớp VNeID của khoa")
    page.get_by_label("Nông dân").check()
    page.get_by_label("Người cao tuổi").check()
    # From the end: the list is counted anew after each.
    for box in reversed(page.locator("input[name=competences]:checked").all()[4:]):
        box.uncheck()
    page.get_by_role("button", name="Tạo phiếu").click()
    is_sound(page, "Lớp VNeID của khoa")
    return Survey.objects.get()


def learner(new_context: Callable, site: Server, path: str) -> Page:
    """A grandmother's telephone, without script, with the sheet open."""
    context: BrowserContext = new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    diary = Diary(site.url)
    diary.follow(page)
    page.goto(site + path)
    page.diary = diary  # type: ignore[attr-defined]
    return page


def answer(page: Page, step: str) -> None:
    """The same step everywhere, and thanks."""
    page.get_by_label("Nông dân").check()
    for field in page.get_by_label(step, exact=True).all():
        field.check()
    assert too_wide(page) == []
    page.get_by_role("button", name="Gửi câu trả lời").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cảm ơn bạn")
    assert too_wide(page) == []
    # Pressed again, or read again: one sheet. And nothing stays on a telephone that others use too.
    page.reload()
    assert page.context.cookies() == []
    assert page.diary.problems == []  # type: ignore[attr-defined]
    assert page.diary.foreign == []  # type: ignore[attr-defined]


def enter_paper(
    page: Page, site: Server, survey: Survey, *, wave: str, sheets: int, numbers: tuple[int, ...]
) -> None:
    """What was counted of one group."""
    page.goto(site + survey.get_absolute_url())
    page.get_by_label("Đợt", exact=True).select_option(label=wave)
    page.get_by_label("Nhóm", exact=True).select_option(label="Nông dân")
    page.get_by_role("button", name="Nhập số đếm").click()
    is_sound(page, "Nhập số đếm")
    page.get_by_label("Số phiếu thu được").fill(str(sheets))
    for step, number in zip(STEPS, numbers, strict=True):
        for field in page.get_by_label(step, exact=True).all():
            field.fill(str(number))
    page.get_by_role("button", name="Lưu số đếm").click()


def end(page: Page, wave: str) -> None:
    """A round ended, then settled."""
    for act, button, said in (
        ("Kết thúc đợt ngay", "Kết thúc đợt", "Đã kết thúc đợt."),
        ("Chốt số liệu", "Chốt đợt", "Đã chốt số liệu."),
    ):
        page.get_by_text(act, exact=True).click()
        page.get_by_role("button", name=f"{button} {wave}").click()
        expect(page.get_by_text(said)).to_be_visible()
        is_sound(page, "Lớp VNeID của khoa")


def results(page: Page) -> Page:
    """The page of results."""
    page.get_by_role("link", name="Xem kết quả", exact=True).click()
    is_sound(page, "Kỹ năng có đổi không?")
    return page


def shares(page: Page) -> set[str]:
    """All percentages of the page."""
    return set(re.findall(r"\d+%", page.get_by_role("main").inner_text()))


def test_before_and_after_a_class(small_site: Server, head: Page, new_context: Callable):
    survey = make_survey(head, small_site)
    path = head.get_by_label("Đường dẫn").input_value().split("/thu-vien/")[1]
    phones = [learner(new_context, small_site, f"/thu-vien/{path}") for _ in range(4)]
    # Nobody ticks so fast; the guard would ask for a sum.
    phones[-1].wait_for_timeout((FEWEST_SECONDS + 1) * 1000)
    for phone, step in zip(phones, (CANNOT, HELPED, CANNOT, ALONE), strict=True):
        answer(phone, step)
    assert list(SheetPile.objects.values_list("source", "sheets")) == [("web", 4)]
    assert CountedSheet.objects.count() == 4
    assert "Đã nhận" not in results(head).content()
    assert shares(head) == set()

    head.goto(small_site + survey.get_absolute_url())
    head.get_by_role("link", name="In phiếu giấy").click()
    expect(head.get_by_text("Không ghi tên.")).to_be_visible()
    enter_paper(head, small_site, survey, wave="Trước khi học", sheets=10, numbers=(3, 4, 3, 1))
    expect(head.get_by_role("alert")).to_contain_text("Cộng lại là 11, nhiều hơn 10 phiếu.")
    head.get_by_label("Số phiếu thu được").fill("11")
    head.get_by_role("button", name="Lưu số đếm").click()
    is_sound(head, "Lớp VNeID của khoa")
    expect(head.get_by_text("Đã nhận 15 phiếu")).to_be_visible()
    end(head, "trước khi học")
    # Five of fifteen can.
    assert shares(results(head)) == {"33%"}

    head.goto(small_site + survey.get_absolute_url())
    survey.refresh_from_db()
    Survey.objects.update(after_from=survey.before_to)
    enter_paper(head, small_site, survey, wave="Sau khi học", sheets=20, numbers=(2, 3, 9, 6))
    is_sound(head, "Lớp VNeID của khoa")
    end(head, "sau khi học")
    told = results(head)
    assert shares(told) == {"33%", "75%"}
    expect(told.get_by_text("+42").first).to_be_visible()
    # Of the elderly nobody has answered: they are in no list.
    expect(told.get_by_role("main").get_by_text("Người cao tuổi")).to_have_count(0)
    with told.expect_download() as taken:
        told.get_by_role("link", name="Tải bảng Excel").click()
    assert taken.value.suggested_filename == f"tu-danh-gia-{survey.code}.xlsx"
    phone: Page = new_context(**PHONE).new_page()
    sign_in(phone, small_site, "khoa.ky", PASSWORD)
    phone.goto(small_site + f"{survey.get_absolute_url()}so-sanh/")
    assert too_wide(phone) == []
