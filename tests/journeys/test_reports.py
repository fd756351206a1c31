"""A quarter is opened; three units fill in, one by Excel; one is late, one comes back per line.

All are accepted.
"""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from campaign.reporting.models import Report, Round
from campaign.units.choices import Role
from campaign.units.models import Unit
from tests.factories.activities import make_confirmed
from tests.factories.people import hold, make_holder, make_user
from tests.factories.units import make_college
from tests.journeys.conftest import DESK, PHONE, Server
from tests.journeys.desk import PASSWORD, is_sound, sign_in

HEADS = {"farming": "khoa.nong", "craft": "khoa.ky", "office": "phong.dao"}


@pytest.fixture
def college(small_site: Server) -> dict[str, Unit]:
    """Two faculties and an office with their heads; a class was held and confirmed."""
    made = make_college()
    for name, username in HEADS.items():
        hold(make_user(username=username, password=PASSWORD), made[name], Role.UNIT_HEAD)
    hold(make_user(username="thuong.truc", password=PASSWORD), made["school"], Role.STANDING_OFFICE)
    member = make_holder(made["farmers"], Role.MEMBER)
    make_confirmed(made["farmers"], member, make_holder(made["farmers"], Role.UNIT_HEAD))
    return made


@pytest.fixture
def enter(small_site: Server, new_context: Callable) -> Callable[..., Page]:
    """Somebody's own browser, signed in."""

    def come(username: str, size: dict = DESK) -> Page:
        page: Page = new_context(**size, bypass_csp=True).new_page()
        sign_in(page, small_site, username, PASSWORD)
        return page

    return come


def open_quarter(office: Page, site: Server) -> Round:
    """The standing office asks for the quarter's report."""
    office.goto(site + "/don-vi/ky-bao-cao/")
    office.get_by_role("link", name="Mở báo cáo quý").click()
    is_sound(office, "Mở kỳ báo cáo")
    today = timezone.localdate()
    office.get_by_label("Tên kỳ").fill("Báo cáo thử")
    office.get_by_label("Mở từ ngày").fill(f"{today - timedelta(days=30):%Y-%m-%d}")
    office.get_by_label("Hạn nộp", exact=True).fill(f"{today + timedelta(days=5):%Y-%m-%d}")
    office.get_by_label("Chậm nhất ngày đó").check()
    office.get_by_label("Còn nhận đến hết ngày").fill(f"{today + timedelta(days=9):%Y-%m-%d}")
    office.get_by_label("Số liệu từ ngày").fill(f"{today - timedelta(days=60):%Y-%m-%d}")
    office.get_by_label("Số liệu đến hết ngày").fill(f"{today + timedelta(days=1):%Y-%m-%d}")
    office.get_by_role("button", name="Lưu kỳ").click()
    expect(office.get_by_text("Kỳ này chưa mở.")).to_be_visible()
    is_sound(office, "Báo cáo thử")
    office.get_by_role("button", name="Mở kỳ cho 3 đơn vị").click()
    expect(office.get_by_text("phải nộp")).to_be_visible()
    return Round.objects.get()


def type_required(page: Page) -> None:
    """What the form wants and no source gives, each saved by itself."""
    for number, label in (
        (14, "hoàn thành ít nhất 02 khóa học"),
        (60, "có tài khoản và tham gia học"),
    ):
        row = page.get_by_role("group", name=re.compile(label))
        row.get_by_label("Số đạt").fill(str(number))
        row.get_by_label("Trên tổng số").fill(str(number + 4))
    page.get_by_label("Tự đánh giá mức độ hoàn thành kỳ này").select_option("Hoàn thành")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Đã lưu lúc \d\d:\d\d$"))


def hand_in(page: Page) -> None:
    """Signed off by the head and handed in."""
    page.get_by_role("button", name="Ký duyệt").click()
    expect(page.get_by_text("Đã ký duyệt. Bấm")).to_be_visible()
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.get_by_text("Đã nộp.", exact=True)).to_be_visible()


def test_a_quarter_from_opening_to_acceptance(
    small_site: Server, college: dict[str, Unit], enter: Callable[..., Page], tmp_path: Path
):
    office = enter("thuong.truc")
    asked = open_quarter(office, small_site)
    assert asked.reports.count() == 3

    # On a phone, from the first screen of the desk: the log has filled in most of it.
    phone = enter("khoa.nong", PHONE)
    phone.locator(".task", has_text="Báo cáo thử").get_by_role("link").click()
    is_sound(phone, "Báo cáo thử")
    lots = phone.get_by_role("group", name="Số lớp kỹ năng số cho người dân")
    expect(lots).to_contain_text("1 lớp theo nhật ký")
    type_required(phone)
    phone.locator(".told-line__name", has_text="Đặt banner liên kết").click()
    phone.get_by_label("Kết quả thực hiện (kèm minh chứng): Đặt banner").fill("=cmd|x đã đặt 🎉")
    expect(phone.locator("[data-saved]")).to_have_text(re.compile(r"^Đã lưu lúc"))
    is_sound(phone, "Báo cáo thử")
    phone.get_by_role("button", name="Lưu, xem lại").click()
    expect(phone.get_by_role("button", name="Ký duyệt")).to_be_visible()
    is_sound(phone, "Báo cáo thử")
    hand_in(phone)

    # By Excel.
    desk = enter("khoa.ky")
    desk.goto(small_site + "/don-vi/bao-cao/")
    desk.get_by_role("link", name="Báo cáo thử").click()
    desk.get_by_role("link", name="Đưa Excel đã sửa lên").click()
    is_sound(desk, "Soạn bằng Excel")
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="Tải tệp Excel của báo cáo").click()
    file = tmp_path / "bao-cao.xlsx"
    fill_workbook(taken.value.path(), file)
    desk.get_by_label("Tệp .xlsx đã sửa").set_input_files(file)
    desk.get_by_role("button", name="Xem thay đổi").click()
    expect(desk.get_by_text("Tệp thay đổi 3 chỗ.")).to_be_visible()
    is_sound(desk, "Soạn bằng Excel")
    desk.get_by_role("button", name="Lưu 3 chỗ này").click()
    expect(desk.get_by_text("Đã lưu 3 chỗ từ tệp.")).to_be_visible()
    desk.get_by_role("button", name="Lưu, xem lại").click()
    hand_in(desk)

    # Late: the last safe day has passed, the lock has not.
    Report.objects.filter(unit=college["office"]).update(
        due_on=timezone.localdate() - timedelta(days=2)
    )
    late = enter("phong.dao")
    expect(late.locator(".task", has_text="Báo cáo thử")).to_contain_text("Quá hạn 2 ngày")
    late.locator(".task", has_text="Báo cáo thử").get_by_role("link").click()
    type_required(late)
    late.get_by_role("button", name="Lưu, xem lại").click()
    hand_in(late)
    expect(late.get_by_text("Nộp muộn 2 ngày")).to_be_visible()

    # One comes back, with a word at its line.
    office.goto(small_site + asked.get_absolute_url())
    expect(office.locator("tr", has_text="Phòng Đào tạo")).to_contain_text("Muộn 2 ngày")
    is_sound(office, "Báo cáo thử")
    office.get_by_role("link", name="Khoa Kỹ thuật").click()
    is_sound(office, "Báo cáo thử")
    office.get_by_label("Cần sửa: Số sản phẩm truyền thông").fill("Thiếu bài đăng tháng 10")
    office.get_by_role("button", name="Trả lại để bổ sung").click()
    expect(office.get_by_text("Đã trả lại kèm lý do.")).to_be_visible()
    desk.goto(small_site + "/don-vi/")
    desk.locator(".task", has_text="Báo cáo thử").get_by_role("link").click()
    made = desk.get_by_role("group", name="Số sản phẩm truyền thông")
    expect(made).to_contain_text("Thiếu bài đăng tháng 10")
    made.get_by_text("Số thực tế khác").click()
    made.get_by_label("Số đúng").fill("2")
    made.get_by_label("Vì sao khác nhật ký").fill("Hai bài đăng ở trang của Đoàn")
    expect(desk.locator("[data-saved]")).to_have_text(re.compile(r"^Đã lưu lúc"))
    desk.get_by_role("button", name="Lưu, xem lại").click()
    hand_in(desk)

    for name in ("Khoa Nông Lâm", "Khoa Kỹ thuật", "Phòng Đào tạo"):
        office.goto(small_site + asked.get_absolute_url())
        office.get_by_role("link", name=name).click()
        office.get_by_role("button", name="Nhận báo cáo").click()
        expect(office.get_by_text("Đã nhận báo cáo.")).to_be_visible()
    assert set(asked.reports.values_list("state", flat=True)) == {"accepted"}
    office.goto(small_site + "/don-vi/ky-bao-cao/bang/")
    is_sound(office, "Các đơn vị qua các kỳ")
    expect(office.get_by_text("Đã nhận")).to_have_count(3)

    # The paper says what the page says.
    desk.goto(small_site + asked.reports.get(unit=college["craft"]).get_absolute_url())
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="Tải Word để in, ký").click()
    document = Document(str(taken.value.path()))
    words = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Hai bài đăng ở trang của Đoàn" in words
    desk.get_by_role("button", name="Xem chỗ khác nhau").click()
    is_sound(desk, "So hai bản")


def fill_workbook(path: Path, out: Path) -> None:
    """What somebody types into the workbook, offline."""
    book = load_workbook(io.BytesIO(path.read_bytes()))
    typed = {
        "gv-khoa-hoc": (5, 9, 10),
        "hs-tai-khoan": (5, 50, 55),
        "tu-danh-gia": (7, "Hoàn thành tốt"),
    }
    for row in book["Số liệu"].iter_rows(min_row=2):
        start, *values = typed.get(row[0].value, (0,))
        for place, value in enumerate(values, start=start):
            row[place].value = value
    book.save(out)


def test_two_people_at_one_row_lose_nothing(
    small_site: Server, college: dict[str, Unit], enter: Callable[..., Page]
):
    office = enter("thuong.truc")
    asked = open_quarter(office, small_site)
    hold(make_user(username="nguoi.viet", password=PASSWORD), college["farming"], Role.REPORTER)
    address = f"/don-vi/bao-cao/{asked.reports.get(unit=college['farming']).pk}/soan/"
    head, writer = enter("khoa.nong"), enter("nguoi.viet")
    for page in (head, writer):
        page.goto(small_site + address)
    label = "Mô hình, sáng kiến tiêu biểu"
    head.get_by_label(label).fill("Chợ số")
    expect(head.locator("[data-saved]")).to_have_text(re.compile(r"^Đã lưu lúc"))
    writer.get_by_label(label).fill("Gia đình số")
    row = writer.get_by_role("group", name=label)
    expect(row).to_contain_text("Bản của họ: “Chợ số”")
    expect(writer.get_by_label(label)).to_have_value("Gia đình số")
    row.get_by_role("button", name="Giữ bản của tôi").click()
    expect(writer.locator("[data-saved]")).to_have_text(re.compile(r"^Đã lưu lúc"))
    head.get_by_label(label).fill("Chợ số ở phiên chợ")
    mine = head.get_by_role("group", name=label)
    expect(mine).to_contain_text("Bản của họ: “Gia đình số”")
    mine.get_by_role("button", name="Lấy bản của họ").click()
    expect(head.get_by_label(label)).to_have_value("Gia đình số")
    head.reload()
    expect(head.get_by_label(label)).to_have_value("Gia đình số")


def test_without_a_network_typed_words_wait_on_the_device(
    small_site: Server, college: dict[str, Unit], enter: Callable[..., Page]
):
    asked = open_quarter(enter("thuong.truc"), small_site)
    page = enter("khoa.nong", PHONE)
    page.goto(small_site + f"/don-vi/bao-cao/{asked.reports.get(unit=college['farming']).pk}/soan/")
    page.route("**/luu/", lambda route: route.abort())
    page.get_by_label("Đánh giá chung").fill("Viết khi mất mạng")
    expect(page.locator("[data-saved]")).to_contain_text("Mất mạng")
    # The tab is closed; another day it opens where there is a network.
    page.unroute("**/luu/")
    page.reload()
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Đã lưu lúc"))
    page.reload()
    expect(page.get_by_label("Đánh giá chung")).to_have_value("Viết khi mất mạng")
