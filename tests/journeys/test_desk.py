"""The desk: slips from the printer to the telephone, a head who hands over, a class without a network."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from accounts.models import User
from campaign.units.choices import Role
from campaign.units.models import Membership, Unit
from tests.factories.people import hold, make_person, make_user
from tests.factories.units import make_college
from tests.journeys.conftest import DESK, PHONE, Server
from tests.journeys.desk import PASSWORD, is_sound, sign_in


@pytest.fixture
def college(small_site: Server) -> dict[str, Unit]:
    """A school with three people in a class and an office to keep them."""
    made = make_college()
    for number, name in enumerate(("Mẫu Thị Ánh", "Mẫu Văn Bền", "Mẫu Đức Ước"), start=1):
        make_person(made["farmers"], code=f"NN1-0{number}", full_name=name)
    hold(make_user(username="thuong.truc", password=PASSWORD), made["school"], Role.STANDING_OFFICE)
    return made


def test_slip_from_the_office_to_a_students_phone(
    small_site: Server, college: dict[str, Unit], new_context: Callable
):
    office = new_context(**DESK, bypass_csp=True).new_page()
    sign_in(office, small_site, "thuong.truc", PASSWORD)
    office.wait_for_url("**/don-vi/")
    is_sound(office, "Việc phải làm")
    office.get_by_role("navigation", name="Mục của đơn vị").get_by_role(
        "link", name="Phiếu tài khoản"
    ).click()
    office.get_by_role("link", name="Lớp Nông nghiệp 1").click()
    is_sound(office, "Phiếu: Lớp Nông nghiệp 1")
    office.get_by_label("Mẫu Văn Bền").uncheck()
    office.get_by_role("button", name="Tạo phiếu để in").click()
    slips = office.locator(".slip")
    expect(slips).to_have_count(2)
    is_sound(office, "Phiếu tài khoản: Lớp Nông nghiệp 1")
    slip = slips.filter(has_text="Mẫu Đức Ước")
    code = slip.locator(".slip__code").inner_text()
    expect(slip.get_by_text("nn1-03")).to_be_visible()

    phone = new_context(**PHONE, java_script_enabled=False).new_page()
    # As a telephone's keyboard writes it.
    sign_in(phone, small_site, "NN1-03 ", code.replace("-", " ").capitalize())
    expect(phone.get_by_role("heading", name="Chọn mật khẩu của bạn")).to_be_visible()
    phone.goto(small_site + "/don-vi/")
    expect(phone.get_by_role("heading", name="Chọn mật khẩu của bạn")).to_be_visible()
    phone.get_by_label("Mật khẩu mới", exact=True).fill("12345678")
    phone.get_by_label("Gõ lại mật khẩu mới").fill("12345678")
    phone.get_by_role("button", name="Lưu mật khẩu và đi tiếp").click()
    expect(phone.get_by_role("alert")).to_contain_text("toàn chữ số")
    phone.get_by_label("Mật khẩu mới", exact=True).fill("ruộng bậc thang")
    phone.get_by_label("Gõ lại mật khẩu mới").fill("ruộng bậc thang")
    phone.get_by_role("button", name="Lưu mật khẩu và đi tiếp").click()
    expect(phone.get_by_text("Lớp Nông nghiệp 1")).to_be_visible()
    expect(phone.get_by_text("Bạn là: Thành viên")).to_be_visible()

    again = new_context(**PHONE, bypass_csp=True).new_page()
    sign_in(again, small_site, "nn1-03", code)
    expect(again.get_by_role("alert")).to_contain_text("xin phiếu mới")
    sign_in(again, small_site, "nn1-03", "ruộng bậc thang")
    again.wait_for_url("**/don-vi/")
    is_sound(again, "Việc phải làm")


def test_office_imports_a_class_and_finds_it_on_the_slips(
    small_site: Server, college: dict[str, Unit], new_context: Callable, tmp_path: Path
):
    office = new_context(**DESK, bypass_csp=True, accept_downloads=True).new_page()
    sign_in(office, small_site, "thuong.truc", PASSWORD)
    office.get_by_role("link", name="Nhập từ bảng tính").click()
    is_sound(office, "Nhập từ bảng tính")
    with office.expect_download() as downloading:
        office.get_by_role("link", name="Tải mẫu trống").click()
    path = tmp_path / "mau.xlsx"
    downloading.value.save_as(path)
    book = load_workbook(path)
    book["Đơn vị"].append(["TY1", "Lớp Thú y 1", None, "Lớp", "NL", None, 25, "15/09/2026"])
    book["Người"].append(["TY1-01", "Mẫu Thị Quế", "Sinh viên", "TY1", None, None, "Có"])
    book["Người"].append(["TY1-02", "Mẫu Văn Sơn", "Sinh viên", "TY9", None, None, "Có"])
    book.save(path)
    office.get_by_label("Tệp .xlsx").set_input_files(path)
    office.get_by_role("button", name="Tải lên và xem trước").click()
    expect(office.get_by_text("Không có đơn vị “TY9” trong trường và trong tệp.")).to_be_visible()
    expect(office.get_by_role("button", name="Áp dụng")).to_have_count(0)
    is_sound(office, "mau.xlsx")
    book["Người"]["D3"] = "TY1"
    book.save(path)
    office.get_by_role("link", name="‹ Nhập từ bảng tính").click()
    office.get_by_label("Tệp .xlsx").set_input_files(path)
    office.get_by_role("button", name="Tải lên và xem trước").click()
    expect(office.get_by_text("Không có dòng nào bị từ chối.")).to_be_visible()
    office.get_by_role("button", name="Áp dụng").click()
    expect(office.get_by_text("Đã ghi xong")).to_be_visible()
    is_sound(office, "mau.xlsx")
    office.get_by_role("link", name="in phiếu tài khoản").click()
    office.get_by_role("link", name="Lớp Thú y 1").click()
    office.get_by_role("button", name="Tạo phiếu để in").click()
    expect(office.locator(".slip")).to_have_count(2)
    expect(office.locator(".slip").first).to_contain_text("Mẫu Thị Quế")


def test_head_hands_over_to_a_deputy(
    small_site: Server, college: dict[str, Unit], new_context: Callable
):
    head = make_person(college["farming"], kind="staff", full_name="Mẫu Văn Trưởng", account=True)
    clerk = make_person(college["farming"], kind="staff", full_name="Mẫu Thị Thay", account=True)
    for person in (head, clerk):
        user = User.objects.get(pk=person.user.pk)
        user.set_password(PASSWORD)
        user.must_choose_password = False
        user.save()
    hold(head.user, college["farming"], Role.UNIT_HEAD)
    page = new_context(**PHONE, bypass_csp=True).new_page()
    sign_in(page, small_site, head.user.username, PASSWORD)
    page.get_by_role("link", name="Ủy quyền").click()
    is_sound(page, "Ủy quyền")
    page.get_by_label("Ủy quyền cho").select_option(str(clerk.pk))
    last = timezone.localdate() + timedelta(days=6)
    page.get_by_label("Đến hết ngày").fill(f"{last:%d/%m/%Y}")
    page.get_by_role("button", name="Ủy quyền").click()
    expect(page.get_by_text("Đã ủy quyền cho Mẫu Thị Thay.")).to_be_visible()
    expect(page.get_by_text("Đang có hiệu lực")).to_be_visible()
    assert Membership.objects.get(role=Role.DEPUTY).ends == last

    deputy = new_context(**DESK, bypass_csp=True).new_page()
    sign_in(deputy, small_site, clerk.user.username, PASSWORD)
    expect(deputy.get_by_text("Bạn là: Người được ủy quyền")).to_be_visible()
    menu = deputy.get_by_role("navigation", name="Mục của đơn vị")
    expect(menu.get_by_role("link", name="Ủy quyền")).to_have_count(0)
    menu.get_by_role("link", name="Danh sách người").click()
    expect(deputy.get_by_role("link", name="Mẫu Thị Ánh")).to_be_visible()
    is_sound(deputy, "Danh sách người")
    deputy.get_by_role("link", name="Mẫu Thị Ánh").click()
    expect(deputy.get_by_role("heading", level=1)).to_have_text("Mẫu Thị Ánh")
    for act in deputy.locator("details.act summary").all():
        act.click()
    is_sound(deputy, "Mẫu Thị Ánh")

    page.get_by_role("link", name="Mẫu Thị Thay").click()
    page.locator("summary", has_text="Kết thúc vai trò").click()
    page.get_by_role("button", name="Kết thúc vai trò").click()
    expect(page.get_by_text("Đã ghi ngày kết thúc.")).to_be_visible()
    deputy.goto(small_site + "/don-vi/")
    expect(deputy.get_by_text("Bạn là: Thành viên")).to_be_visible()


def test_office_gives_a_role_and_a_person_changes_seats(
    small_site: Server, college: dict[str, Unit], new_context: Callable
):
    office = new_context(**PHONE, bypass_csp=True).new_page()
    sign_in(office, small_site, "thuong.truc", PASSWORD)
    office.get_by_role("link", name="Vai trò").click()
    is_sound(office, "Vai trò")
    office.get_by_role("link", name="Giao vai trò").click()
    office.get_by_label("Tên hoặc mã").fill("anh mau")
    office.get_by_role("main").get_by_role("button", name="Tìm").click()
    office.get_by_role("link", name="Mẫu Thị Ánh").click()
    is_sound(office, "Giao vai trò cho Mẫu Thị Ánh")
    office.get_by_label("Vai trò", exact=True).select_option(Role.REPORTER)
    office.get_by_label("Ở đơn vị").select_option(str(college["farming"].pk))
    office.get_by_role("button", name="Giao vai trò").click()
    expect(office.get_by_text("Đã giao vai trò cho Mẫu Thị Ánh.")).to_be_visible()

    user = User.objects.get(username="nn1-01")
    user.set_password(PASSWORD)
    user.must_choose_password = False
    user.save()
    student = new_context(**PHONE, java_script_enabled=False).new_page()
    sign_in(student, small_site, "nn1-01", PASSWORD)
    expect(student.locator(".desk__unit")).to_have_text("Khoa Nông Lâm")
    student.get_by_text("Đổi đơn vị (2)").click()
    student.get_by_role("button", name="Lớp Nông nghiệp 1").click()
    expect(student.locator(".desk__unit")).to_have_text("Lớp Nông nghiệp 1")
