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
from campaign.events.models import Event
from campaign.events.rules import proposed_day
from campaign.units.choices import Role
from campaign.units.models import Unit
from tests.factories.events import make_edition
from tests.factories.people import hold, make_user
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
