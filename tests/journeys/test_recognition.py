"""A faculty's writer imports a list with one wrong row, mends it; the head sends, the leader gives back.

It is mended, sent again, and recognised.
"""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from campaign.awards.models import RecognitionList
from campaign.units.choices import Role
from campaign.units.models import Unit
from tests.factories.people import hold, make_person, make_user
from tests.factories.units import make_college
from tests.journeys.conftest import DESK, PHONE, Server
from tests.journeys.desk import PASSWORD, is_sound, sign_in

TITLE = "Hè về bản 2026"
LISTS = "/don-vi/khen-thuong/bieu-duong/"


@pytest.fixture
def college(small_site: Server) -> dict[str, Unit]:
    """A faculty with a writer and a head; the school's leader; three students, two of one name."""
    made = make_college()
    for username, unit, role in (
        ("nguoi.soan", "farming", Role.REPORTER),
        ("khoa.nong", "farming", Role.UNIT_HEAD),
        ("hieu.truong", "school", Role.LEADER),
    ):
        hold(make_user(username=username, password=PASSWORD, first_name=username), made[unit], role)
    for code, name, unit in (
        ("SV-01", "Mẫu Thị Đức", "farmers"),
        ("SV-02", "Mẫu Văn Bảo", "farmers"),
        ("SV-03", "Mẫu Văn Bảo", "smiths"),
    ):
        make_person(made[unit], code=code, full_name=name)
    return made


@pytest.fixture
def enter(small_site: Server, new_context: Callable) -> Callable[..., Page]:
    """Somebody's own browser, signed in."""

    def come(username: str, size: dict = DESK) -> Page:
        page: Page = new_context(**size, bypass_csp=True).new_page()
        sign_in(page, small_site, username, PASSWORD)
        return page

    return come


def fill_in(template: Path, out: Path, *rows: tuple[str, ...]) -> None:
    """What somebody types into the template, offline."""
    book = load_workbook(io.BytesIO(template.read_bytes()))
    for number, row in enumerate(rows, start=2):
        for place, words in enumerate(row, start=1):
            book["Cá nhân"].cell(number, place).value = words
    book.save(out)


def test_a_list_from_a_workbook_to_the_leaders_decision(
    small_site: Server, college: dict[str, Unit], enter: Callable[..., Page], tmp_path: Path
):
    writer = enter("nguoi.soan")
    writer.goto(small_site + LISTS)
    is_sound(writer, "Công nhận, biểu dương")
    writer.get_by_role("link", name="Lập danh sách").click()
    is_sound(writer, "Lập danh sách biểu dương")
    writer.get_by_label("Tên danh sách").fill(TITLE)
    writer.get_by_label("Căn cứ").fill("Kế hoạch số 12/KH-CĐT")
    writer.get_by_role("button", name="Lưu, rồi thêm người").click()
    is_sound(writer, TITLE)

    # One row wrong: nothing is written, the row is named by its place.
    writer.get_by_role("link", name="Nhập Excel").click()
    is_sound(writer, "Nhập từ Excel")
    with writer.expect_download() as taken:
        writer.get_by_role("link", name="Tải mẫu trống").click()
    template, file = taken.value.path(), tmp_path / "bieu-duong.xlsx"
    first = ("SV-01", "Mẫu Thị Đức", "", "Dạy VNeID ở ba bản")
    rows = [("", "mau van bao", "", ""), ("", "Mẫu Khách", "Lớp liên kết", "Cho mượn máy")]
    fill_in(template, file, ("SV-01", "Mẫu Thị Đưc Sai", "", ""), *rows)
    writer.get_by_label("Tệp .xlsx, đến 10 MB").set_input_files(file)
    writer.get_by_role("button", name="Tải lên và xem trước").click()
    wrong = writer.get_by_role("listitem").filter(has_text="Mã SV-01 là của Mẫu Thị Đức")
    expect(wrong).to_contain_text("Cá nhân, dòng 2")
    expect(writer.get_by_role("button", name="Ghi vào danh sách")).to_have_count(0)
    is_sound(writer, "Nhập từ Excel")

    # Mended: the doubtful name is picked, the unknown one taken as typed.
    fill_in(template, file, first, *rows)
    writer.get_by_role("link", name="Tải tệp đã sửa lên").click()
    writer.get_by_label("Tệp .xlsx, đến 10 MB").set_input_files(file)
    writer.get_by_role("button", name="Tải lên và xem trước").click()
    writer.get_by_role("button", name="Ghi vào danh sách").click()
    expect(writer.get_by_text("Còn 2 dòng chưa trả lời.")).to_be_visible()
    is_sound(writer, "Nhập từ Excel")
    writer.get_by_role("radio", name="Lớp Nông nghiệp 1").check()
    writer.get_by_label("Lấy 1 tên không có trong danh sách trường").check()
    writer.get_by_role("button", name="Ghi vào danh sách").click()
    expect(writer.get_by_text("Đã ghi 3 dòng từ tệp.")).to_be_visible()
    expect(writer.get_by_text("chờ trưởng đơn vị hoặc người được ủy quyền")).to_be_visible()
    is_sound(writer, TITLE)

    # On the head's phone: looked through and sent.
    head = enter("khoa.nong", PHONE)
    head.goto(small_site + LISTS)
    head.get_by_role("link", name=TITLE).click()
    is_sound(head, TITLE)
    head.get_by_role("button", name="Trình lãnh đạo").click()
    expect(head.get_by_text("Đã trình lãnh đạo.")).to_be_visible()

    leader = enter("hieu.truong", PHONE)
    leader.locator(".task", has_text=TITLE).get_by_role("link").click()
    is_sound(leader, TITLE)
    leader.locator("summary", has_text="Trả lại để bổ sung").click()
    leader.get_by_label("Cần bổ sung, sửa gì").fill("Ghi thành tích của em Bảo")
    leader.get_by_role("button", name="Trả lại để bổ sung").click()
    expect(leader.get_by_text("Đã trả lại kèm lý do.")).to_be_visible()

    # Given back: it waits on the writer's first screen; the merit is written.
    writer.goto(small_site + "/don-vi/")
    writer.locator(".task", has_text=TITLE).get_by_role("link").click()
    expect(writer.locator(".notice--warning")).to_contain_text("Ghi thành tích của em Bảo")
    is_sound(writer, TITLE)
    writer.locator(".praise", has_text="Mẫu Văn Bảo").get_by_role("link").click()
    is_sound(writer, "Mẫu Văn Bảo")
    writer.get_by_label("Thành tích").fill("Hướng dẫn nộp hồ sơ ở chợ phiên")
    writer.get_by_role("button", name="Lưu", exact=True).click()
    expect(writer.get_by_text("Đã lưu Mẫu Văn Bảo.")).to_be_visible()
    head.reload()
    head.get_by_role("button", name="Trình lãnh đạo").click()
    expect(head.get_by_text("Đã trình lãnh đạo.")).to_be_visible()

    leader.goto(small_site + "/don-vi/")
    leader.locator(".task", has_text=TITLE).get_by_role("link").click()
    leader.get_by_label("Số quyết định").fill("45/QĐ-CĐT")
    leader.get_by_role("button", name="Công nhận, biểu dương").click()
    expect(leader.get_by_text("Đã công nhận, biểu dương.", exact=True)).to_be_visible()
    is_sound(leader, TITLE)

    made = RecognitionList.objects.get()
    assert (made.state, made.decision_on) == ("recognised", timezone.localdate())
    assert [event.move for event in made.events.all()] == [
        "begin", "send", "return", "send", "recognise",
    ]  # fmt: skip
    people = {row.full_name: row.person.code if row.person else "" for row in made.entries.all()}
    assert people == {"Mẫu Thị Đức": "SV-01", "Mẫu Văn Bảo": "SV-02", "Mẫu Khách": ""}

    # The paper says what the page says.
    writer.goto(small_site + made.get_absolute_url())
    with writer.expect_download() as taken:
        writer.get_by_role("link", name="Tải Word để in, ký").click()
    document = Document(str(taken.value.path()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Hướng dẫn nộp hồ sơ ở chợ phiên" in cells


def test_ways_of_adding_are_sound_on_a_phone(
    small_site: Server, college: dict[str, Unit], enter: Callable[..., Page]
):
    page = enter("nguoi.soan", PHONE)
    page.goto(small_site + LISTS + "moi/")
    page.get_by_label("Tên danh sách").fill(TITLE)
    page.get_by_role("button", name="Lưu, rồi thêm người").click()
    page.get_by_role("link", name="Chọn người").click()
    is_sound(page, "Chọn người")
    page.get_by_label("Mẫu Thị Đức").check()
    page.get_by_label("Thành tích").fill("Dạy VNeID")
    page.get_by_role("button", name="Thêm vào danh sách").click()
    expect(page.get_by_text("Đã thêm 1 người.")).to_be_visible()
    page.get_by_role("link", name="Cả trường").click()
    page.get_by_label("Tên hoặc mã").fill("van bao")
    page.get_by_role("button", name="Tìm", exact=True).last.click()
    expect(page.get_by_text("Lớp Cơ khí 1")).to_be_visible()
    is_sound(page, "Chọn người")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Ghi tên").click()
    page.get_by_label("Họ và tên").fill("mau thi duc")
    page.get_by_label("Lớp, đơn vị").fill("Lớp khác")
    page.get_by_role("button", name="Thêm vào danh sách").click()
    expect(page.get_by_text("Đã có người tên như vậy.")).to_be_visible()
    is_sound(page, "Ghi tên")
    page.get_by_label("Là người khác").check()
    page.get_by_role("button", name="Thêm vào danh sách").click()
    expect(page.get_by_text("Đã thêm mau thi duc, Lớp khác.")).to_be_visible()
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator(".praise__hint")).to_have_count(2)
    page.get_by_role("link", name="Chọn tập thể").click()
    is_sound(page, "Chọn tập thể")
    page.get_by_label("Lớp Nông nghiệp 1").check()
    page.get_by_role("button", name="Thêm vào danh sách").click()
    expect(page.get_by_text("Đã thêm 1 tập thể.")).to_be_visible()
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Từ nhật ký").click()
    is_sound(page, "Từ nhật ký")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", name="2 cá nhân, 1 tập thể")).to_be_visible()
    is_sound(page, TITLE)
