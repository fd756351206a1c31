"""A unit offers its own material: given back, mended, taken up, published, seen by the unit."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from campaign.units.choices import Role
from core.workflow import PUBLISHING_CHECKS
from resources.models import Contribution, LibraryItemPage
from tests.factories.library import pdf_bytes
from tests.factories.pages import make_topic
from tests.factories.people import hold, make_user
from tests.factories.units import make_college
from tests.journeys.conftest import PHONE, Server
from tests.journeys.desk import PASSWORD, is_sound, sign_in
from tests.journeys.test_publishing import choose

TITLE = "Ủ phân hữu cơ tại nhà"


@pytest.fixture
def faculty(small_site: Server):
    """A faculty with somebody who reports for it, and its head; a topic of the library."""
    made = make_college()
    for name, role in (("nguoi.viet", Role.REPORTER), ("truong.khoa", Role.UNIT_HEAD)):
        hold(make_user(username=name, password=PASSWORD, last_name="Mẫu"), made["farming"], role)
    make_topic("Nông nghiệp số")
    return made["farming"]


def phone(new_context: Callable, site: Server, name: str):
    """Somebody's telephone, signed in."""
    page = new_context(**PHONE, bypass_csp=True).new_page()
    sign_in(page, site, name, PASSWORD)
    return page


def test_from_the_unit_to_the_library_and_back(
    small_site: Server, faculty, sign_in_as: Callable, new_context: Callable, tmp_path: Path
):
    file = tmp_path / "u-phan.pdf"
    file.write_bytes(pdf_bytes())
    writer = phone(new_context, small_site, "nguoi.viet")
    writer.get_by_role("link", name="Góp học liệu").click()
    is_sound(writer, "Góp học liệu")
    writer.get_by_role("link", name="Góp một học liệu").click()
    is_sound(writer, "Góp một học liệu")
    writer.get_by_label("Tên học liệu").fill(TITLE)
    writer.get_by_label("Loại", exact=True).select_option("tai-lieu")
    writer.get_by_label("Tệp", exact=True).set_input_files(str(file))
    writer.get_by_role("button", name="Gửi trưởng đơn vị").click()
    # What is missing is named; what was typed, and the file, are there still.
    expect(
        writer.get_by_role("alert").get_by_text("Hãy chọn: học liệu này của ai?")
    ).to_be_visible()
    is_sound(writer, "Sửa học liệu")
    expect(writer.get_by_label("Tên học liệu")).to_have_value(TITLE)
    expect(writer.get_by_role("link", name="u-phan.pdf")).to_be_visible()
    writer.get_by_label("Tóm tắt").fill("Năm bước ủ phân từ rơm rạ, có hình.")
    writer.get_by_label("Nông dân").check()
    writer.get_by_label("Nông nghiệp số").check()
    writer.get_by_label("Đơn vị tự làm ra").check()
    writer.get_by_label("Người khác được dùng thế nào").select_option(index=1)
    writer.get_by_role("button", name="Gửi trưởng đơn vị").click()
    is_sound(writer, TITLE)
    expect(writer.get_by_text("Đã gửi trưởng đơn vị.")).to_be_visible()

    head = phone(new_context, small_site, "truong.khoa")
    head.get_by_role("link", name=re.compile(f"Chuyển thư viện: {TITLE}")).click()
    is_sound(head, TITLE)
    head.get_by_role("button", name="Chuyển thư viện").click()
    expect(head.get_by_text("Đã chuyển thư viện.")).to_be_visible()

    librarian = sign_in_as("librarian")
    librarian.get_by_role("link", name="học liệu đơn vị góp, chờ bạn xem").click()
    librarian.get_by_role("link", name="Xem chi tiết").click()
    librarian.get_by_text("Trả lại để sửa").first.click()
    librarian.get_by_label("Lý do").first.fill("Tên nên nói rõ cho ai")
    librarian.get_by_role("button", name="Trả lại để sửa").click()
    expect(librarian.get_by_text("Đã trả lại đơn vị.")).to_be_visible()

    writer.goto(small_site + "/don-vi/")
    writer.get_by_role("link", name=re.compile("Sửa học liệu")).click()
    expect(writer.get_by_text("Tên nên nói rõ cho ai").first).to_be_visible()
    writer.get_by_role("link", name="Sửa", exact=True).click()
    writer.get_by_label("Tên học liệu").fill(f"{TITLE} cho nông dân")
    writer.get_by_role("button", name="Gửi trưởng đơn vị").click()
    is_sound(writer, f"{TITLE} cho nông dân")
    head.goto(small_site + Contribution.objects.get().get_absolute_url())
    head.get_by_role("button", name="Chuyển thư viện").click()
    expect(head.get_by_text("Đã chuyển thư viện.")).to_be_visible()

    librarian.get_by_role("link", name="Về danh sách").click()
    librarian.get_by_role("link", name="Xem chi tiết").click()
    librarian.get_by_role("button", name="Nhận vào thư viện").click()
    expect(librarian.get_by_role("textbox", name="Tiêu đề")).to_have_value(f"{TITLE} cho nông dân")
    choose(librarian, "Duyệt và xuất bản")
    dialog = librarian.get_by_role("dialog")
    for check in PUBLISHING_CHECKS:
        dialog.get_by_label(check.label).check()
    dialog.get_by_role("button", name="Duyệt").click()
    expect(librarian.locator(".messages")).to_contain_text(TITLE)

    writer.goto(small_site + "/don-vi/hoc-lieu/")
    writer.get_by_role("link", name="Xem trong thư viện").click()
    is_sound(writer, f"{TITLE} cho nông dân")
    expect(writer.get_by_text("Khoa Nông Lâm").first).to_be_visible()
    assert LibraryItemPage.objects.get().live
