"""A faculty proposes three of its staff, four students and a class; the Youth Union one of the same students.

The third of the staff is warned with the clause, the twin is caught; one nominee comes back, is mended, and the
proposal is ready for the council.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaign.awards.models import Dossier, Nominee
from campaign.units.choices import Role
from campaign.units.models import Unit
from campaign.units.services import record_enrolment
from tests.factories.activities import make_confirmed, picture
from tests.factories.awards import make_award_round, serve
from tests.factories.people import hold, make_holder, make_person, make_user
from tests.factories.units import make_college, make_unit
from tests.journeys.conftest import DESK, PHONE, Server
from tests.journeys.desk import PASSWORD, is_sound, sign_in

STAFF = ("Mẫu Đức Đạt", "Mẫu Thị Ánh", "Mẫu Minh Ước")
STUDENTS = ("Mẫu Văn Bình", "Mẫu Thị Duyên", "Mẫu Ngọc Yến", "Mẫu Thanh Quế")


@pytest.fixture
def college(small_site: Server) -> dict[str, Unit]:
    """A faculty with its head, a class of 42 that did its work, the Youth Union, an office, an open round."""
    made = make_college()
    made["union"] = make_unit(made["school"], "youth_union", name="Đoàn trường", code="DTN")
    record_enrolment(made["farmers"], count=42, as_of=timezone.localdate())
    hold(make_user(username="khoa.nong", password=PASSWORD), made["farming"], Role.UNIT_HEAD)
    hold(make_user(username="bi.thu", password=PASSWORD), made["union"], Role.UNIT_HEAD)
    office = make_user(username="thuong.truc", password=PASSWORD)
    hold(office, made["school"], Role.STANDING_OFFICE)
    for name in STAFF:
        make_person(made["farming"], kind="staff", full_name=name)
    students = [make_person(made["farmers"], full_name=name) for name in STUDENTS]
    member = make_holder(made["farmers"], Role.MEMBER)
    teacher = make_holder(made["farmers"], Role.UNIT_HEAD)
    serve(students[:2], 20, made["farmers"], member, teacher, people_count=31)
    make_confirmed(made["farmers"], member, teacher, place="Nhà văn hóa khác", people_count=12)
    make_award_round(made["school"], office, title="Đợt khen thưởng thử")
    return made


@pytest.fixture
def enter(small_site: Server, new_context: Callable) -> Callable[..., Page]:
    """Somebody's own browser, signed in."""

    def come(username: str, size: dict = DESK, **words: bool) -> Page:
        page: Page = new_context(**size, bypass_csp=True, **words).new_page()
        sign_in(page, small_site, username, PASSWORD)
        return page

    return come


@pytest.fixture
def slip(tmp_path: Path) -> Path:
    """A signed slip, photographed."""
    path = tmp_path / "giay-xac-nhan.jpg"
    path.write_bytes(picture(5))
    return path


def tick(page: Page, query: str, names: tuple[str, ...]) -> None:
    """People of the roster, found without marks and ticked."""
    page.get_by_role("link", name="Thêm cá nhân").click()
    is_sound(page, "Thêm cá nhân")
    page.get_by_label("Tên hoặc mã").fill(query)
    page.get_by_role("button", name="Tìm", exact=True).last.click()
    for name in names:
        page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="Đưa vào hồ sơ").first.click()


def write(
    page: Page, name: str, slip: Path, *, before: str = "Thiếu xác nhận nơi tham gia",
    enough: str = "Đủ điều kiện đề nghị",
) -> None:  # fmt: skip
    """The report, saved as it is typed; the slip; the check beside it says when it is enough."""
    page.get_by_role("link", name=re.compile(f"^Viết báo cáo.*{name}")).click()
    is_sound(page, f"Báo cáo thành tích: {name}")
    page.get_by_label("Quá trình tham gia").fill("Dạy ba buổi tối ở nhà văn hóa.")
    page.get_by_label(re.compile("Tự đánh giá")).fill("Đúng giờ, kiên nhẫn.")
    page.get_by_label(re.compile(r"^Tiêu chí 5\.")).fill("Bộ thẻ học chữ to.")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Đã lưu lúc \d\d:\d\d$"))
    expect(page.locator("[data-checks]")).to_contain_text(before)
    page.get_by_role("button", name="Lưu, sang giấy tờ").click()
    is_sound(page, name)
    page.get_by_text("Đưa giấy xác nhận nơi tham gia lên").first.click()
    page.get_by_label("Ảnh chụp hoặc bản quét giấy xác nhận").set_input_files(slip)
    page.get_by_label("Người ký").fill("Mẫu Trưởng Bản")
    page.get_by_label("Chức vụ, nơi công tác").fill("Trưởng bản Mẫu")
    page.get_by_label("Ngày ký").first.fill(f"{timezone.localdate():%Y-%m-%d}")
    page.get_by_role("button", name="Đưa giấy xác nhận nơi tham gia lên").click()
    expect(page.get_by_text(enough).first).to_be_visible()
    is_sound(page, name)
    page.get_by_role("link", name=re.compile("^‹ Hồ sơ của")).click()


def sign_and_send(page: Page) -> None:
    """Signed off by the head and handed in."""
    page.get_by_role("button", name="Ký duyệt tờ trình").click()
    expect(page.get_by_text("Đã ký duyệt và xác nhận từng người.")).to_be_visible()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_text("Đã nộp cho Thường trực thẩm tra.")).to_be_visible()


def test_a_faculty_and_the_union_propose_and_the_office_settles_it(
    small_site: Server, college: dict[str, Unit], enter: Callable[..., Page], slip: Path
):
    head = enter("khoa.nong")
    head.goto(small_site + "/don-vi/khen-thuong/")
    is_sound(head, "Khen thưởng")
    head.get_by_role("button", name=re.compile("^Lập hồ sơ")).click()
    is_sound(head, "Đợt khen thưởng thử")
    head.get_by_label("Thành tích nổi bật của đơn vị").fill("Khoa mở hai lớp ở nhà văn hóa.")
    head.get_by_role("button", name="Lưu", exact=True).click()
    expect(head.get_by_text("Đã lưu.", exact=True)).to_be_visible()

    # Three of the staff: the third is warned, with the clause, and stays.
    tick(head, "mau", STAFF)
    warned = head.locator(".notice--warning", has_text="vượt chỉ tiêu").first
    expect(warned).to_contain_text("tối đa 2 mỗi phòng, khoa, đang đề nghị 3")
    expect(warned).to_contain_text("KH mục 4.3.1")
    head.get_by_role("link", name="Thêm cá nhân").click()
    head.get_by_label("Lớp, đơn vị").first.select_option("Lớp Nông nghiệp 1")
    head.get_by_role("button", name="Tìm", exact=True).last.click()
    for name in STUDENTS:
        head.get_by_label(name, exact=True).check()
    head.get_by_role("button", name="Đưa vào hồ sơ").first.click()
    head.get_by_role("link", name="Thêm tập thể").click()
    is_sound(head, "Thêm tập thể")
    head.get_by_label("Tập thể", exact=True).select_option("Lớp Nông nghiệp 1")
    head.get_by_role("button", name="Đưa vào hồ sơ").click()
    expect(head.locator(".nominee-row")).to_have_count(8)
    for name in (*STAFF, *STUDENTS):
        write(head, name, slip)
    klass = head.locator(".nominee-row", has_text="Lớp Nông nghiệp 1").last
    expect(klass).to_contain_text("Đạt: 31/30 người trong lớp đông nhất")
    klass.get_by_role("link", name=re.compile("Viết báo cáo")).click()
    expect(head.get_by_label("Số lượng thành viên")).to_have_value("42")
    head.get_by_label("Nội dung hoạt động").fill("Lớp mở hai lớp kỹ năng số.")
    head.get_by_label("Đại diện tập thể").fill("Mẫu Lớp Trưởng")
    expect(head.locator("[data-saved]")).to_have_text(re.compile(r"^Đã lưu lúc"))
    head.get_by_role("link", name="‹ Hồ sơ").click()
    student = head.locator(".nominee-row", has_text=STUDENTS[0])
    expect(student).to_contain_text("Đạt: 20/20 lượt")
    is_sound(head, "Đợt khen thưởng thử")
    sign_and_send(head)

    # The Youth Union, on a phone, proposes one of the same students: caught at once.
    phone = enter("bi.thu", PHONE)
    phone.goto(small_site + "/don-vi/khen-thuong/")
    phone.get_by_role("button", name=re.compile("^Lập hồ sơ")).click()
    phone.get_by_label("Thành tích nổi bật của đơn vị").fill("Đoàn trường điều phối đội hình.")
    phone.get_by_role("button", name="Lưu", exact=True).click()
    tick(phone, "binh", STUDENTS[:1])
    expect(phone.locator(".notice--warning")).to_contain_text(
        f"Khoa Nông Lâm cũng đề nghị {STUDENTS[0]}"
    )
    write(phone, STUDENTS[0], slip, enough="Khoa Nông Lâm cũng đề nghị")
    sign_and_send(phone)
    is_sound(phone, "Đợt khen thưởng thử")

    # The office: the twin stands in the way of both; one nominee's slip can't be read.
    office = enter("thuong.truc")
    office.goto(small_site + "/don-vi/")
    office.locator(".task", has_text="Thẩm tra: Khoa Nông Lâm").get_by_role("link").click()
    expect(office.get_by_text("Còn phải sửa:")).to_be_visible()
    expect(office.locator(".problem").first).to_contain_text("Đoàn trường cũng đề nghị")
    office.get_by_label(re.compile(f"^Cần bổ sung gì: {STUDENTS[1]}")).fill(
        "Giấy xác nhận mờ, chụp lại."
    )
    is_sound(office, "Đợt khen thưởng thử")
    office.get_by_role("button", name="Trả lại để bổ sung").click()
    expect(office.get_by_text("Đã trả lại kèm lý do.")).to_be_visible()
    office.goto(small_site + Dossier.objects.get(unit=college["union"]).get_absolute_url())
    office.get_by_label("Cần bổ sung gì", exact=True).fill(
        "Khoa đã đề nghị em này: rút khỏi hồ sơ của Đoàn."
    )
    office.get_by_role("button", name="Trả lại để bổ sung").click()
    expect(office.get_by_text("Đã trả lại kèm lý do.")).to_be_visible()
    office.goto(small_site + "/don-vi/khen-thuong/")
    office.get_by_role("link", name="Đợt khen thưởng thử").click()
    is_sound(office, "Đợt khen thưởng thử")
    office.get_by_role("link", name="Bảng thẩm tra, xếp hạng").click()
    is_sound(office, "Bảng thẩm tra")
    office.get_by_label("Chỉ xem").select_option("Vượt chỉ tiêu")
    office.get_by_role("button", name="Lọc").click()
    # The twin counts once in his class of 42, which may have four; the three of the staff are one too many.
    expect(office.locator("tbody tr")).to_have_count(3)

    # The Union takes him out; the faculty mends the one that came back, and only that one.
    phone.goto(small_site + Nominee.objects.get(dossier__unit=college["union"]).get_absolute_url())
    expect(phone.get_by_role("link", name="Viết báo cáo thành tích")).to_be_visible()
    phone.get_by_text("Rút khỏi hồ sơ").first.click()
    phone.get_by_role("button", name="Rút khỏi hồ sơ").click()
    expect(phone.get_by_text(f"Đã rút {STUDENTS[0]} khỏi hồ sơ.")).to_be_visible()
    head.goto(small_site + "/don-vi/")
    head.locator(".task", has_text="Đợt khen thưởng thử").get_by_role("link").click()
    expect(head.get_by_role("link", name=re.compile("^Viết báo cáo"))).to_have_count(1)
    write(head, STUDENTS[1], slip, before="Trưởng đơn vị xác nhận khi ký duyệt")
    sign_and_send(head)

    office.goto(small_site + Dossier.objects.get(unit=college["farming"]).get_absolute_url())
    is_sound(office, "Đợt khen thưởng thử")
    office.get_by_role("button", name="Đủ điều kiện trình Hội đồng").click()
    expect(office.get_by_text("Hồ sơ đủ điều kiện trình Hội đồng.")).to_be_visible()
    is_sound(office, "Đợt khen thưởng thử")
    assert Dossier.objects.get(unit=college["farming"]).state == "ready"


def test_a_student_writes_his_own_report_by_the_link_without_a_script(
    small_site: Server,
    college: dict[str, Unit],
    enter: Callable[..., Page],
    new_context: Callable,
    slip: Path,
):
    head = enter("khoa.nong")
    head.goto(small_site + "/don-vi/khen-thuong/")
    head.get_by_role("button", name=re.compile("^Lập hồ sơ")).click()
    tick(head, "duyen", STUDENTS[1:2])
    head.get_by_role("link", name=STUDENTS[1], exact=True).last.click()
    head.get_by_text("Nhờ tự viết báo cáo").first.click()
    head.get_by_role("button", name="Nhờ tự viết báo cáo").click()
    expect(head.get_by_role("heading", name="Đang nhờ tự viết")).to_be_visible()
    is_sound(head, STUDENTS[1])
    link = head.get_by_label("Đường dẫn tự viết").input_value()

    student: Page = new_context(**PHONE, java_script_enabled=False).new_page()
    student.goto(small_site + link[link.index("/khen-thuong/") :])
    expect(student.get_by_text("20 lượt người dân đã hỗ trợ")).to_be_visible()
    boxes = student.get_by_role("checkbox")
    assert [boxes.nth(n).is_checked() for n in range(boxes.count())] == [False, False]
    student.get_by_label("Quá trình tham gia").fill("Dạy ở nhà văn hóa mỗi tối thứ tư.")
    student.get_by_role("button", name="Gửi cho đơn vị").click()
    expect(student.get_by_text("Chưa ghi đủ phần bắt buộc.").first).to_be_visible()
    student.get_by_label(re.compile("Tự đánh giá")).fill("Đúng giờ.")
    boxes.first.check()
    student.get_by_role("button", name="Gửi cho đơn vị").click()
    expect(student.get_by_text("Bạn đã gửi lúc")).to_be_visible()

    head.reload()
    expect(head.get_by_text("Dạy ở nhà văn hóa mỗi tối thứ tư.")).to_be_visible()
    head.get_by_text("Nhận bản tự viết").first.click()
    head.get_by_role("button", name="Nhận bản tự viết").click()
    expect(head.get_by_text("Đã nhận bản tự viết vào báo cáo.")).to_be_visible()
    is_sound(head, STUDENTS[1])
    assert Nominee.objects.get().individual_report.process == "Dạy ở nhà văn hóa mỗi tối thứ tư."
    assert Nominee.objects.get().consents.count() == 1
