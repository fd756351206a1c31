"""The field log: a class in a village entered by phone, given back, mended, confirmed; a photo seen before."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from campaign.activities.models import Activity, Evidence, Suspicion, UnitMonth
from campaign.units.choices import Role
from campaign.units.models import Unit
from tests.factories.activities import make_commune, picture
from tests.factories.people import hold, make_holder, make_person, make_user
from tests.factories.units import make_college
from tests.journeys.conftest import DESK, PHONE, Server
from tests.journeys.desk import PASSWORD, is_sound, sign_in


@pytest.fixture
def college(small_site: Server) -> dict[str, Unit]:
    """A class with five students, its head, its neighbours, the office."""
    made = make_college()
    for number in range(1, 6):
        make_person(made["farmers"], code=f"NN1-0{number}", full_name=f"Mẫu Thị Số {number}")
    hold(
        make_user(username="thanh.vien", password=PASSWORD, first_name="Ánh"),
        made["farmers"],
        Role.MEMBER,
    )
    hold(
        make_user(username="chu.nhiem", password=PASSWORD, first_name="Bền"),
        made["farmers"],
        Role.UNIT_HEAD,
    )
    hold(make_user(username="lop.khac", password=PASSWORD), made["smiths"], Role.MEMBER)
    hold(make_user(username="thuong.truc", password=PASSWORD), made["school"], Role.STANDING_OFFICE)
    make_commune("Hoa Mẫu", old_names="xã Bản Cũ, huyện Mẫu")
    return made


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Two photos, and a copy of the first at half its size."""
    paths = []
    for name, data in (
        ("anh-1.jpg", picture(1)),
        ("anh-2.jpg", picture(2)),
        ("anh-1-nho.jpg", picture(1, (400, 300), quality=50)),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        paths.append(path)
    return paths


def test_class_from_the_phone_to_the_figures(
    small_site: Server, college: dict[str, Unit], photos: list[Path], new_context: Callable
):
    reader = new_context(**PHONE).new_page()
    reader.goto(small_site + "/ket-qua/")
    expect(reader.get_by_text("chưa có hoạt động nào được xác nhận")).to_be_visible()
    phone = new_context(**PHONE, bypass_csp=True).new_page()
    sign_in(phone, small_site, "thanh.vien", PASSWORD)
    phone.get_by_role("link", name="Nhật ký hoạt động").click()
    is_sound(phone, "Nhật ký hoạt động")
    phone.get_by_role("link", name="Ghi hoạt động").click()
    is_sound(phone, "Ghi hoạt động")
    phone.get_by_label("Tên hoạt động").fill("Lớp cài VNeID ở bản Cũ")
    day = timezone.localdate() - timedelta(days=2)
    phone.get_by_label("Ngày", exact=True).fill(day.isoformat())
    phone.get_by_label("Xã, phường").fill("ban cu")
    phone.get_by_label("Số người", exact=True).fill("30 người")
    phone.get_by_label("Số lượt hỗ trợ").fill("45")
    expect(phone.get_by_text("Đã lưu lúc")).to_be_visible()
    # Photos go one by one, each a piece from then on.
    phone.get_by_label("Chọn ảnh có sẵn").set_input_files(photos[:2])
    expect(phone.locator(".shot")).to_have_count(2)
    people = phone.get_by_label("Họ tên hoặc mã")
    for number in range(5):
        if number >= people.count():
            phone.get_by_role("button", name="Thêm dòng").click()
        people.nth(number).fill(f"NN1-0{number + 1} Mẫu Thị Số {number + 1}")
        phone.get_by_label("Lượt riêng").nth(number).fill(str(number + 5))
    phone.get_by_label("Nội dung đã làm").fill("Cài VNeID, tra cứu bảo hiểm y tế.")
    phone.get_by_role("button", name="Gửi xác nhận").click()
    expect(phone.get_by_text("Đã gửi. Chờ trưởng Lớp Nông nghiệp 1 xác nhận.")).to_be_visible()
    is_sound(phone, "Lớp cài VNeID ở bản Cũ")
    activity = Activity.objects.get()
    assert str(activity.commune) == "Xã Hoa Mẫu"
    assert (activity.people_count, activity.served_count) == (30, 45)
    own = activity.participants.order_by("order").values_list("person__code", "served_count")
    assert list(own) == [(f"NN1-0{n}", n + 4) for n in range(1, 6)]

    head = new_context(**DESK, bypass_csp=True).new_page()
    sign_in(head, small_site, "chu.nhiem", PASSWORD)
    waiting = head.locator(".task", has_text="Xác nhận: Lớp cài VNeID ở bản Cũ")
    waiting.get_by_role("link").click()
    is_sound(head, "Lớp cài VNeID ở bản Cũ")
    expect(head.locator(".shot")).to_have_count(2)
    head.locator("summary", has_text="Trả lại").click()
    head.get_by_label("Lý do").fill("Ghi thêm kết quả nhé.")
    head.get_by_role("button", name="Trả lại").click()
    expect(head.get_by_text("Đã trả lại cho người nhập.")).to_be_visible()

    phone.goto(small_site + "/don-vi/")
    phone.locator(".task", has_text="Sửa và gửi lại").get_by_role("link").click()
    expect(phone.get_by_text("Ghi thêm kết quả nhé.")).to_be_visible()
    phone.get_by_label("Kết quả").fill("28 người cài xong.")
    expect(phone.get_by_text("Đã lưu lúc")).to_be_visible()
    phone.get_by_role("button", name="Gửi xác nhận").click()
    expect(phone.get_by_text("Đã gửi.")).to_be_visible()

    head.goto(small_site + activity.get_absolute_url())
    head.get_by_role("button", name="Xác nhận", exact=True).click()
    expect(head.get_by_text("Đã xác nhận. Hoạt động được tính vào số liệu.")).to_be_visible()
    kept = UnitMonth.objects.get(unit=college["farmers"])
    assert (kept.activities, kept.classes, kept.people, kept.served) == (1, 1, 30, 45)
    head.get_by_role("link", name="Số liệu").click()
    is_sound(head, "Số liệu hoạt động")
    expect(head.locator(".sums")).to_contain_text("45")
    # A passer-by had seen that there was nothing yet; now the figure has moved, on the front page too.
    reader.reload()
    expect(reader.locator(".sums")).to_contain_text("45")
    reader.goto(small_site + "/")
    expect(reader.locator("#da-lam-duoc")).to_be_visible()

    # Another class sends the same photo, made smaller: flagged, and the office decides side by side.
    other = new_context(**PHONE, bypass_csp=True).new_page()
    sign_in(other, small_site, "lop.khac", PASSWORD)
    other.goto(small_site + "/don-vi/hoat-dong/moi/")
    other.get_by_label("Tên hoạt động").fill("Lớp của lớp khác")
    expect(other.get_by_text("Đã lưu lúc")).to_be_visible()
    other.get_by_label("Chọn ảnh có sẵn").set_input_files(photos[2])
    expect(other.locator(".shot")).to_have_count(1)
    assert Suspicion.objects.count() == 1
    double = Activity.objects.get(title="Lớp của lớp khác")
    other.goto(small_site + double.get_absolute_url())
    expect(other.get_by_text("Có thể đã ghi hai lần.")).to_be_visible()
    expect(other.get_by_text("Lớp Nông nghiệp 1")).to_be_visible()
    assert "Cài VNeID, tra cứu" not in other.content()
    is_sound(other, "Lớp của lớp khác")

    office = new_context(**DESK, bypass_csp=True).new_page()
    sign_in(office, small_site, "thuong.truc", PASSWORD)
    office.locator(".task", has_text="1 cặp hoạt động nghi ghi trùng").get_by_role("link").click()
    is_sound(office, "Nghi ghi trùng")
    office.locator(".record__name").click()
    is_sound(office, "So hai bản ghi")
    office.get_by_label("Là hai việc khác nhau, tính cả hai").check()
    office.get_by_label("Lý do").fill("Hai lớp cùng dự một buổi, mỗi lớp một góc.")
    office.get_by_role("button", name="Ghi kết luận").click()
    expect(office.get_by_text("Đã ghi kết luận.")).to_be_visible()


def test_without_script_nothing_typed_is_lost_when_the_session_ends(
    small_site: Server, college: dict[str, Unit], photos: list[Path], new_context: Callable
):
    context = new_context(**PHONE, java_script_enabled=False)
    phone = context.new_page()
    sign_in(phone, small_site, "thanh.vien", PASSWORD)
    phone.goto(small_site + "/don-vi/hoat-dong/moi/")
    phone.get_by_label("Tên hoạt động").fill("Lớp gõ rất lâu")
    phone.get_by_label("Nội dung đã làm").fill("Một đoạn dài.")
    kept = [one for one in context.cookies() if one["name"] != "sessionid"]
    context.clear_cookies()
    context.add_cookies(kept)
    phone.get_by_role("button", name="Lưu", exact=True).click()
    expect(phone.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    assert not Activity.objects.exists()
    phone.get_by_label("Tên đăng nhập").fill("thanh.vien")
    phone.get_by_label("Mật khẩu").fill(PASSWORD)
    phone.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    expect(phone.get_by_label("Tên hoạt động")).to_have_value("Lớp gõ rất lâu")
    expect(phone.get_by_label("Nội dung đã làm")).to_have_value("Một đoạn dài.")
    phone.get_by_label("Chọn ảnh có sẵn").set_input_files(photos[:2])
    phone.get_by_label("Số người", exact=True).fill("ba chục")
    phone.get_by_role("button", name="Lưu", exact=True).click()
    # The half that was understood is kept; the other half stays on the screen with its message.
    expect(phone.get_by_text("Hãy ghi một số, ví dụ 30.").first).to_be_visible()
    expect(phone.get_by_label("Số người", exact=True)).to_have_value("ba chục")
    assert Activity.objects.get().title == "Lớp gõ rất lâu"
    assert Evidence.objects.count() == 2
    phone.get_by_label("Số người", exact=True).fill("30")
    phone.get_by_role("button", name="Lưu", exact=True).click()
    expect(phone.get_by_text(re.compile(r"^Đã lưu lúc [0-9:]+\.$"))).to_be_visible()
    expect(phone.locator(".shot")).to_have_count(2)
    assert Activity.objects.get().people_count == 30


def test_lost_network_keeps_what_was_typed_and_saves_it_later(
    small_site: Server, college: dict[str, Unit], new_context: Callable
):
    make_holder(college["farming"], Role.UNIT_HEAD)
    context = new_context(**PHONE, bypass_csp=True)
    phone = context.new_page()
    sign_in(phone, small_site, "thanh.vien", PASSWORD)
    phone.goto(small_site + "/don-vi/hoat-dong/moi/")
    phone.get_by_label("Tên hoạt động").fill("Lớp mất mạng")
    expect(phone.get_by_text("Đã lưu lúc")).to_be_visible()
    context.set_offline(True)
    phone.get_by_label("Địa điểm").fill("Nhà văn hóa")
    expect(phone.get_by_text("Mất mạng.")).to_be_visible()
    context.set_offline(False)
    expect(phone.get_by_text("Đã lưu lúc")).to_be_visible()
    assert Activity.objects.get().place == "Nhà văn hóa"
    # Closed before it was saved: the device gives it back.
    phone.route("**/luu/", lambda route: route.abort())
    phone.get_by_label("Nội dung đã làm").fill("Chưa kịp lưu")
    expect(phone.get_by_text("Mất mạng.")).to_be_visible()
    phone.unroute("**/luu/")
    phone.reload()
    expect(phone.get_by_label("Nội dung đã làm")).to_have_value("Chưa kịp lưu")
    expect(phone.get_by_text("Đã lưu lúc")).to_be_visible()
    assert Activity.objects.get().content == "Chưa kịp lưu"
