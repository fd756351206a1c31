"""The yearly day: next year's edition made and postponed; classes told on phones, confirmed, and counted."""

import re
from collections.abc import Callable
from datetime import timedelta

import icalendar
import pytest
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import expect

from campaign.activities.models import Activity
from campaign.events.models import Admission, Event
from campaign.events.rules import proposed_day
from campaign.units.choices import Role
from campaign.units.models import Unit
from core.spam import WORDS
from tests.factories.events import make_edition, make_event
from tests.factories.people import hold, make_user
from tests.factories.reports import make_open_round
from tests.factories.units import make_college, make_unit
from tests.journeys.conftest import DESK, PHONE, Server
from tests.journeys.desk import PASSWORD, is_sound, sign_in

CLASSES = ("farmers", "smiths", "cooks")


@pytest.fixture
def college(small_site: Server) -> dict[str, Unit]:
    """Three classes with their teachers, a standing office, a leader; the day is today."""
    made = make_college()
    made["cooks"] = make_unit(made["craft"], "student_class", name="Lớp Nấu ăn 1", code="NA1")
    for name in CLASSES:
        hold(make_user(username=name, password=PASSWORD), made[name], Role.UNIT_HEAD)
    hold(make_user(username="thuong.truc", password=PASSWORD), made["school"], Role.STANDING_OFFICE)
    hold(make_user(username="hieu.truong", password=PASSWORD), made["school"], Role.LEADER)
    return made


@pytest.fixture
def today_edition(college: dict[str, Unit]) -> Event:
    """This year's day, held today."""
    today = timezone.localdate()
    return make_edition(today.year, unit=college["school"], starts_on=today, takes_classes=True)


def test_next_edition_is_made_postponed_and_said_so_everywhere(
    small_site: Server, today_edition: Event, sign_in_as: Callable, new_context: Callable
):
    year = timezone.localdate().year + 1
    desk = sign_in_as("editor")
    desk.goto(small_site + f"/quan-tri/su-kien/{today_edition.pk}/")
    desk.locator("summary", has_text=f"Tạo kỳ {year}").click()
    desk.get_by_role("button", name=f"Tạo kỳ {year}").click()
    expect(desk.get_by_text(f"Đã có kỳ {year}")).to_be_visible()
    edition = Event.objects.get(year=year)
    first, second = proposed_day(year, 10, 10), proposed_day(year, 10, 10) + timedelta(days=9)
    assert edition.starts_on == first
    reader = new_context(**PHONE, bypass_csp=True).new_page()
    reader.goto(small_site + "/ngay-hoi/")
    card = reader.locator(".event", has_text=str(year))
    expect(card).to_contain_text(date_format(first, "d/m/Y"))

    desk.locator("summary", has_text="Hoãn, đổi ngày").click()
    desk.get_by_label("Lý do").locator("visible=true").fill("Mưa bão")
    desk.get_by_label("Ngày mới").fill(second.isoformat())
    desk.get_by_role("button", name="Hoãn, đổi ngày").click()
    expect(desk.get_by_text("Đã ghi hoãn.")).to_be_visible()

    reader.reload()
    is_sound(reader, "Ngày hội, sự kiện")
    expect(card).to_contain_text(f"Hoãn từ {date_format(first, 'd/m/Y')}")
    expect(card).to_contain_text("Mưa bão")
    expect(card).to_contain_text(date_format(second, "d/m/Y"))
    card.get_by_role("link", name=edition.title).click()
    is_sound(reader, edition.title)
    expect(reader.get_by_role("note")).to_contain_text("Mưa bão")
    expect(reader.get_by_label("Lời nhắn để chép")).to_have_value(re.compile("^HOÃN: Mưa bão"))
    reader.goto(small_site + "/")
    expect(reader.locator(".event", has_text=str(year))).to_contain_text("Mưa bão")
    for feed in ("/ngay-hoi/lich.ics", f"/ngay-hoi/{edition.pk}/lich.ics"):
        text = reader.request.get(small_site + feed).body()
        entries = {str(e["uid"]): e for e in icalendar.Calendar.from_ical(text).walk("VEVENT")}
        (entry,) = [e for uid, e in entries.items() if uid.startswith(f"su-kien-{edition.pk}@")]
        assert str(entry["summary"]).startswith("HOÃN:")
        assert entry.decoded("dtstart") == second


def test_three_teachers_tell_their_classes_and_the_day_counts(
    small_site: Server, college: dict[str, Unit], today_edition: Event, new_context: Callable
):
    office = new_context(**DESK, bypass_csp=True).new_page()
    office.clock.install()
    sign_in(office, small_site, "thuong.truc", PASSWORD)
    office.goto(small_site + f"/don-vi/su-kien/{today_edition.pk}/")
    is_sound(office, today_edition.title)
    total = office.locator(".sums__one", has_text=re.compile("^Lớp đã báo"))
    expect(total).to_contain_text("0/3")

    for number, name in enumerate(CLASSES, start=1):
        phone = new_context(**PHONE, bypass_csp=True).new_page()
        sign_in(phone, small_site, name, PASSWORD)
        phone.locator(".task", has_text="Báo sĩ số").get_by_role("link").click()
        is_sound(phone, "Điểm danh")
        phone.get_by_label(re.compile("^Có mặt")).fill("45" if number == 1 else str(30 + number))
        phone.get_by_label(re.compile("^Sĩ số")).fill("40")
        phone.get_by_role("button", name="Gửi").click()
        if number == 1:
            expect(phone.get_by_text("Có mặt 45 mà sĩ số chỉ 40")).to_be_visible()
            is_sound(phone, "Điểm danh")
            phone.get_by_label(re.compile("^Có mặt")).fill("31")
            phone.get_by_role("button", name="Gửi").click()
        expect(phone.get_by_text("Đã báo 1 lớp.")).to_be_visible()
        is_sound(phone, today_edition.title)
        # The board sees it without pressing anything.
        office.clock.fast_forward(10_500)
        expect(total).to_contain_text(f"{number}/3")
    expect(office.locator(".sums__one", has_text="Có mặt").first).to_contain_text("96")

    office.get_by_role("button", name="Ghi vào nhật ký").click()
    expect(office.get_by_text("Đã ghi vào nhật ký")).to_be_visible()
    office.get_by_role("button", name="Gửi xác nhận").click()
    expect(office.get_by_text("Đã gửi.")).to_be_visible()
    assert Activity.objects.get().people_count == 96

    head = new_context(**DESK, bypass_csp=True).new_page()
    sign_in(head, small_site, "hieu.truong", PASSWORD)
    head.locator(".task", has_text="Xác nhận:").get_by_role("link").click()
    head.get_by_role("button", name="Xác nhận", exact=True).click()
    expect(head.get_by_text("Đã xác nhận.")).to_be_visible()
    head.goto(small_site + "/don-vi/so-lieu/")
    is_sound(head, "Số liệu hoạt động")
    expect(head.locator(".sums__one", has_text="Lượt người dự")).to_contain_text("96")

    # The quarter's report of the school has it already, unsent and untyped.
    asked = make_open_round(college["school"], steps={"institution": None})
    head.goto(small_site + asked.reports.get().get_absolute_url())
    for figure, number in (
        ("Số lượt học sinh, sinh viên dự Ngày hội", 96),
        ("Số hoạt động đã tổ chức", 1),
    ):
        expect(head.get_by_role("row", name=re.compile(figure))).to_contain_text(str(number))


def test_registered_on_a_phone_without_script_changed_cancelled_and_full(
    small_site: Server, college: dict[str, Unit], new_context: Callable
):
    event = make_event(
        unit=college["school"], kind="tap-huan", title="Tập huấn đội tình nguyện",
        starts_on=timezone.localdate() + timedelta(days=5),
    )  # fmt: skip
    Admission.objects.create(event=event, who="units", capacity=10, most=8)
    phone = new_context(**PHONE, java_script_enabled=False).new_page()
    phone.goto(small_site + event.get_absolute_url())
    expect(phone.get_by_text("Còn 10 trong 10 chỗ.")).to_be_visible()
    phone.get_by_role("link", name="Đăng ký dự").click()
    phone.get_by_label("Lớp, đơn vị").fill("Đội Nông Lâm")
    phone.get_by_label("Người đăng ký").fill("Mẫu Thị An")
    phone.get_by_label("Điện thoại").fill("0900 000 000")
    phone.get_by_label("Số người").fill("6")
    phone.get_by_label(re.compile("^Tôi đồng ý")).check()
    phone.get_by_role("button", name="Đăng ký").click()
    # Typed faster than people do: one small sum, and nothing typed is lost.
    asked = phone.get_by_label(re.compile("cộng"))
    words = re.search(r"gửi: (.+) cộng (.+) bằng", phone.get_by_text("cộng").last.inner_text())
    assert words
    asked.fill(str(WORDS.index(words[1]) + WORDS.index(words[2])))
    phone.get_by_role("button", name="Đăng ký").click()
    expect(phone.get_by_text("Bạn đã có chỗ.")).to_be_visible()
    mine = phone.url
    assert Admission.objects.get().taken == 6

    look = new_context(**PHONE, bypass_csp=True).new_page()
    look.goto(mine)
    is_sound(look, "Phiếu đăng ký")
    look.locator("summary", has_text="Đổi số người").click()
    look.get_by_label("Số người").fill("8")
    look.get_by_role("button", name="Lưu thay đổi").click()
    expect(look.get_by_text("Đã đổi.")).to_be_visible()
    office = new_context(**DESK, bypass_csp=True).new_page()
    sign_in(office, small_site, "thuong.truc", PASSWORD)
    office.goto(small_site + f"/don-vi/su-kien/{event.pk}/dang-ky/")
    is_sound(office, "Đăng ký dự")
    expect(office.get_by_text("Mẫu Thị An, Đội Nông Lâm")).to_be_visible()
    office.locator("summary", has_text="Ghi giúp một người").click()
    office.get_by_label("Lớp, đơn vị").fill("Lớp Cơ khí 1")
    office.get_by_label("Người đăng ký").fill("Mẫu Văn Bình")
    office.get_by_label("Thư điện tử").fill("binh@example.vn")
    office.locator("#id_khach-heads").fill("2")
    office.get_by_role("button", name="Ghi", exact=True).click()
    expect(office.get_by_text("Đã ghi thêm một phiếu.")).to_be_visible()

    late = new_context(**PHONE, bypass_csp=True).new_page()
    late.goto(small_site + f"/ngay-hoi/{event.pk}/dang-ky/")
    is_sound(late, "Đăng ký dự")
    expect(late.get_by_text("Đã hết 10 chỗ.")).to_be_visible()
    # The same page, opened before it is cancelled elsewhere.
    other = new_context(**PHONE).new_page()
    other.goto(mine)
    look.get_by_role("button", name="Hủy chỗ").click()
    expect(look.get_by_text("Đã hủy chỗ.")).to_be_visible()
    other.get_by_role("button", name="Hủy chỗ").click()
    expect(other.get_by_text("Phiếu này đã hủy từ trước.")).to_be_visible()
    late.reload()
    expect(late.get_by_text("Còn 8 trong 10 chỗ.")).to_be_visible()
