"""A confirmed class becomes an article in two clicks; its photo goes out with consent, never without."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from campaign.activities import services
from campaign.activities.models import Activity, StoryPhoto
from campaign.units.choices import Role
from core.workflow import PUBLISHING_CHECKS
from tests.factories.activities import make_activity, picture, upload
from tests.factories.people import hold, make_user
from tests.factories.units import make_college
from tests.journeys.conftest import DESK, PHONE, Server
from tests.journeys.desk import PASSWORD, is_sound, sign_in
from tests.journeys.test_publishing import choose

TITLE = "Lớp cài VNeID ở bản Mẫu"


@pytest.fixture
def activity(small_site: Server) -> Activity:
    """A confirmed class with a photo; its member and its head."""
    made = make_college()
    member, head = (
        make_user(username=name, password=PASSWORD) for name in ("thanh.vien", "chu.nhiem")
    )
    hold(member, made["farmers"], Role.MEMBER)
    hold(head, made["farmers"], Role.UNIT_HEAD)
    now = timezone.now()
    activity = make_activity(
        made["farmers"], member, title=TITLE, content="Ba mươi bà con cài VNeID ngay tại lớp."
    )
    services.add_evidence(
        activity, upload=upload(picture(4)), kind="photo", key=uuid4(), by=member, now=now
    )
    services.send_activity(activity, by=member, now=now)
    return services.confirm_activity(activity, by=head, now=now)


def test_story_in_two_clicks_and_a_photo_out_again(
    small_site: Server, section, activity: Activity, sign_in_as: Callable, new_context: Callable
):
    member = new_context(**PHONE, bypass_csp=True).new_page()
    sign_in(member, small_site, "thanh.vien", PASSWORD)
    member.goto(small_site + activity.get_absolute_url())
    member.get_by_role("link", name="Kể thành bài").click()
    is_sound(member, "Kể thành bài")
    expect(member.get_by_label("Tên bài")).to_have_value(TITLE)
    member.get_by_label("Đưa ảnh này vào bài").check()
    member.get_by_label("Tả ảnh bằng một câu").fill("Bà con ngồi quanh bàn tập cài máy")
    member.get_by_label("Trong ảnh nhận ra được ai").select_option("adults")
    member.get_by_label("Bài không nêu tên ai").check()
    member.get_by_role("button", name="Gửi ban biên tập").click()
    # Nobody was asked yet: said at the photo, everything typed stands there still.
    expect(member.get_by_text("Chưa có sự đồng ý của người trong ảnh")).to_be_visible()
    expect(member.get_by_label("Tả ảnh bằng một câu")).to_have_value(
        "Bà con ngồi quanh bàn tập cài máy"
    )
    is_sound(member, "Kể thành bài")
    member.get_by_label("Đã hỏi và người trong ảnh").check()
    member.get_by_role("button", name="Gửi ban biên tập").click()
    expect(member.get_by_text("Đã gửi bài. Ban biên tập đọc lại rồi đăng.")).to_be_visible()
    expect(member.get_by_text("Chờ biên tập")).to_be_visible()

    publisher = sign_in_as("publisher")
    publisher.get_by_role("link", name=TITLE).first.click()
    expect(publisher.get_by_role("textbox", name="Tiêu đề")).to_have_value(TITLE)
    choose(publisher, "Duyệt và xuất bản")
    dialog = publisher.get_by_role("dialog")
    for check in PUBLISHING_CHECKS:
        dialog.get_by_label(check.label).check()
    dialog.get_by_role("button", name="Duyệt").click()
    expect(publisher.locator(".messages")).to_contain_text(TITLE)

    reader = new_context(**PHONE).new_page()
    reader.goto(small_site + "/tin-tuc/")
    reader.get_by_role("main").get_by_role("link", name=TITLE).click()
    expect(reader.get_by_text("Ba mươi bà con cài VNeID ngay tại lớp.")).to_be_visible()
    shown = reader.get_by_role("img", name="Bà con ngồi quanh bàn tập cài máy")
    expect(shown).to_be_visible()

    head = new_context(**DESK, bypass_csp=True).new_page()
    sign_in(head, small_site, "chu.nhiem", PASSWORD)
    head.goto(small_site + activity.get_absolute_url())
    expect(head.get_by_text("Đã đăng", exact=True)).to_be_visible()
    head.get_by_role("button", name="Gỡ ảnh").click()
    expect(head.get_by_text("Đã gỡ ảnh khỏi bài.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text("Ba mươi bà con cài VNeID ngay tại lớp.")).to_be_visible()
    expect(shown).to_have_count(0)
    assert StoryPhoto.objects.get().image is None
