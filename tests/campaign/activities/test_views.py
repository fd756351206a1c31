"""The log through its pages: what is typed badly is explained, the rest is kept, nothing is doubled."""

import io
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from campaign.activities.choices import ActivityState
from campaign.activities.models import Activity, Evidence
from campaign.activities.services import ShareRow
from campaign.plan.models import CampaignPeriod
from campaign.units.choices import Role
from resources.models import Audience
from tests.concurrency import at_once
from tests.factories.activities import (
    day,
    kind_named,
    make_activity,
    make_commune,
    make_confirmed,
    make_sent,
    picture,
    upload,
)
from tests.factories.people import make_holder, make_person
from tests.factories.units import make_college
from tests.test_query_counts import queries

pytestmark = pytest.mark.django_db
LOG = "/don-vi/hoat-dong/"
NEW = f"{LOG}moi/"


@pytest.fixture
def college(home):
    """A class with a member and a head."""
    made = make_college()
    made["member"] = make_holder(made["farmers"], Role.MEMBER)
    made["head"] = make_holder(made["farmers"], Role.UNIT_HEAD)
    made["office_user"] = make_holder(made["school"], Role.STANDING_OFFICE)
    return made


def signed_in(user) -> Client:
    """A browser of its own."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form(college, **fields):
    """What the screen sends when it was filled in soundly; `fields` change it."""
    return {
        "key": str(uuid4()), "kind": kind_named().pk, "unit": college["farmers"].pk,
        "title": "Lớp cài VNeID", "starts_on": day(3).isoformat(), "place": "Nhà văn hóa",
        "people_count": "30", "content": "Cài VNeID", "viec": "gui",
        "p-TOTAL_FORMS": "0", "p-INITIAL_FORMS": "0",
        "l-TOTAL_FORMS": "0", "l-INITIAL_FORMS": "0", **fields,
    }  # fmt: skip


def test_sound_form_is_sent_in_one_go(college):
    answer = signed_in(college["member"]).post(NEW, form(college), follow=True)
    activity = Activity.objects.get()
    assert activity.state == ActivityState.SENT
    assert "Chờ trưởng Lớp Nông nghiệp 1 xác nhận" in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "said", "kept"),
    [
        ({"ends_on": day(5).isoformat()}, "Ngày kết thúc trước ngày bắt đầu", {}),
        ({"starts_on": day(-1).isoformat()}, "Ngày này chưa tới", {}),
        ({"starts_on": "hôm qua"}, "Ngày viết dạng 25/12/2026", {"starts_on": None}),
        ({"people_count": "10.000"}, "10.000 người trong một hoạt động là rất nhiều", {"people_count": 10_000}),
        ({"people_count": "-5"}, "Số không được âm", {"people_count": None}),
        ({"people_count": "ba mươi"}, "Hãy ghi một số, ví dụ 30", {"people_count": None}),
        ({"people_count": "99999999999999999999"}, "Số này quá lớn", {"people_count": None}),
        ({"people_count": ""}, "Hãy ghi số người", {"people_count": None}),
        ({"served_count": "12"}, "số lượt không ít hơn số người", {"served_count": 12}),
        ({"title": ""}, "Hãy ghi tên hoạt động", {"title": ""}),
        ({"title": "a" * 300}, "nhiều nhất 200 ký tự", {"title": ""}),
        ({"commune": "Không Đâu Cả"}, "hãy ghi vào ô Địa điểm", {"commune": None}),
        ({"place": ""}, "Hãy chọn xã, phường hoặc ghi địa điểm", {"place": ""}),
        ({"starts_at": "25:99"}, "Giờ viết dạng 14:30", {"starts_at": None}),
        (
            {"p-TOTAL_FORMS": "1", "p-0-who": "", "p-0-served": "5"},
            "Hãy ghi họ tên",
            {},
        ),
    ],
)  # fmt: skip
def test_bad_word_is_explained_and_the_rest_is_saved(college, change, said, kept):
    client = signed_in(college["member"])
    answer = client.post(NEW, form(college, **change))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    activity = Activity.objects.get()
    assert activity.state == ActivityState.DRAFT
    assert activity.content == "Cài VNeID"
    for name, value in kept.items():
        assert getattr(activity, name) == value
    # What was typed stays in its field, right or wrong.
    for name in ("starts_on", "people_count", "commune"):
        if change.get(name):
            assert f'value="{change[name]}"' in page


def test_thirty_people_in_words_is_thirty(college):
    signed_in(college["member"]).post(
        NEW, form(college, people_count="30 người", served_count="1.200 lượt")
    )
    activity = Activity.objects.get()
    assert (activity.people_count, activity.served_count) == (30, 1200)
    assert activity.state == ActivityState.SENT


def test_outside_the_campaign_is_warned_of_and_taken(college):
    period = CampaignPeriod.load()
    period.starts, period.ends = day(2), day(0)
    period.save()
    client = signed_in(college["member"])
    answer = client.post(NEW, form(college), follow=True)
    assert Activity.objects.get().state == ActivityState.SENT
    assert "nằm ngoài thời gian của phong trào" in answer.content.decode()


def test_own_counts_above_the_whole_are_refused_with_both_numbers(college):
    first = make_person(college["farmers"], code="NN1-01", full_name="Mẫu Thị Một")
    answer = signed_in(college["member"]).post(
        NEW,
        form(college, served_count="40", **{
            "p-TOTAL_FORMS": "1", "p-0-who": "NN1-01", "p-0-served": "41",
        }),
    )  # fmt: skip
    assert "Từng người cộng lại là 41 lượt, nhiều hơn 40 lượt" in answer.content.decode()
    share = Activity.objects.get().participants.get()
    assert (share.person, share.served_count) == (first, 41)


def test_forty_photos_at_once_twenty_are_kept_and_the_others_named(college):
    photos = [upload(picture(number), f"anh-{number}.jpg") for number in range(40)]
    answer = signed_in(college["member"]).post(NEW, form(college, photos=photos), follow=True)
    assert Evidence.objects.filter(kind="photo").count() == 20
    page = answer.content.decode()
    assert "anh-20.jpg" in page
    assert "anh-39.jpg" in page
    # Sending waits: what was refused may matter.
    assert Activity.objects.get().state == ActivityState.DRAFT


@pytest.mark.parametrize(
    ("data", "name"), [(b"", "rong.jpg"), (b"%PDF-1.4 chang phai anh", "giay.jpg")]
)
def test_bad_file_is_named_and_stops_no_other(college, data, name):
    good = upload(picture(1), "tot.jpg")
    answer = signed_in(college["member"]).post(
        NEW, form(college, photos=[upload(data, name), good]), follow=True
    )
    assert name in answer.content.decode()
    assert Evidence.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_posted_twenty_times_at_once_is_one_record(college):
    words = form(college)
    cookie = signed_in(college["member"]).cookies

    def press():
        client = Client()
        client.cookies = cookie.copy()
        return client.post(NEW, words).status_code

    answers = at_once(20, press)
    assert Activity.objects.count() == 1
    assert all(status in (302, 422) for status in answers)
    activity = Activity.objects.get()
    assert activity.state == ActivityState.SENT
    assert activity.events.count() == 1


def test_autosave_answers_with_what_it_understood(college):
    client = signed_in(college["member"])
    words = form(college, people_count="nhiều", title="Đang gõ")
    first = client.post(f"{LOG}luu/", words)
    told = json.loads(first.content)
    assert "people_count" in told["problems"]
    again = client.post(
        f"{LOG}luu/",
        words | {"pk": told["pk"], "version": told["version"], "people_count": "31"},
    )
    assert json.loads(again.content)["problems"] == {}
    assert Activity.objects.get().people_count == 31


def test_autosave_over_what_another_has_saved_is_told(college):
    reporter = make_holder(college["farmers"], Role.REPORTER)
    activity = make_activity(college["farmers"], college["member"])
    words = form(college, pk=activity.pk, version=activity.version)
    assert signed_in(reporter).post(f"{LOG}luu/", words).status_code == 200
    late = signed_in(college["member"]).post(f"{LOG}luu/", words | {"title": "Của tôi"})
    assert late.status_code == 409
    assert Activity.objects.get().title == "Lớp cài VNeID"


def test_stale_screen_shows_both_and_loses_neither(college):
    reporter = make_holder(college["farmers"], Role.REPORTER)
    activity = make_activity(college["farmers"], college["member"])
    address = f"{activity.get_absolute_url()}sua/"
    words = form(college, version=activity.version, viec="luu")
    signed_in(reporter).post(address, words | {"title": "Tên của người kia"})
    answer = signed_in(college["member"]).post(address, words | {"title": "Tên của tôi"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Tên của tôi" in page
    assert "Tên của người kia" in page


def test_words_typed_after_the_session_ended_come_back_after_signing_in(college):
    client = Client()
    answer = client.post(NEW, form(college, title="Gõ lúc hết phiên"))
    assert answer.status_code == 302
    client.force_login(college["member"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(NEW).content.decode()
    assert "Gõ lúc hết phiên" in page
    assert Activity.objects.count() == 0
    # Once: the next empty screen is empty.
    assert "Gõ lúc hết phiên" not in client.get(NEW).content.decode()


def test_group_without_a_number_is_told_but_not_counted(college):
    group = Audience.objects.order_by("order").first()
    signed_in(college["member"]).post(NEW, form(college, **{f"g{group.pk}": "on"}))
    served = Activity.objects.get().served.get()
    assert (served.audience, served.count) == (group, None)


def test_head_who_enters_for_others_sees_return_and_not_withdrawal(college):
    activity = make_sent(college["farmers"], college["member"])
    page = signed_in(college["head"]).get(activity.get_absolute_url()).content.decode()
    assert "Trả lại" in page
    assert "Rút về sửa" not in page
    own = signed_in(college["member"]).get(activity.get_absolute_url()).content.decode()
    assert "Rút về sửa" in own


def test_confirming_twice_is_said_and_counts_once(college):
    activity = make_sent(college["farmers"], college["member"])
    head = signed_in(college["head"])
    head.post(activity.get_absolute_url(), {"viec": "confirm"})
    again = head.post(activity.get_absolute_url(), {"viec": "confirm"})
    assert again.status_code == 403
    assert activity.events.filter(move="confirm").count() == 1


def test_return_wants_a_reason_at_its_place(college):
    activity = make_sent(college["farmers"], college["member"])
    answer = signed_in(college["head"]).post(
        activity.get_absolute_url(), {"viec": "return", "return-reason": " "}
    )
    assert "Hãy ghi lý do" in answer.content.decode()
    activity.refresh_from_db()
    assert activity.state == ActivityState.SENT


@pytest.mark.parametrize(
    "query",
    ["?q=%00", "?thang=2026-13", "?thang=0000-01", "?don-vi=x", "?xa=-1", "?xa=99999999999999999999",
     "?tu-thang=2026-08&den-thang=2020-01", "?trang=zz", "?loai=khong-co", "?tinh-trang=%27"],
)  # fmt: skip
def test_nonsense_in_the_address_of_the_list_is_borne(college, query):
    assert signed_in(college["member"]).get(f"{LOG}{query}").status_code == 200


def test_list_is_narrowed_by_place_and_months(college):
    commune = make_commune("Hoa Mẫu")
    make_activity(college["farmers"], college["member"], commune=commune, title="Ở Hoa Mẫu")
    old = timezone.localdate() - timedelta(days=400)
    make_activity(college["farmers"], college["member"], title="Năm ngoái", starts_on=old)
    client = signed_in(college["member"])
    assert "Năm ngoái" not in client.get(f"{LOG}?xa={commune.pk}").content.decode()
    assert "Ở Hoa Mẫu" not in client.get(f"{LOG}?xa=0").content.decode()
    span = f"?tu-thang={old:%Y-%m}&den-thang={old:%Y-%m}"
    page = client.get(LOG + span).content.decode()
    assert "Năm ngoái" in page
    assert "Ở Hoa Mẫu" not in page


def test_participation_list_has_a_row_for_each_member_and_only_what_counts(college):
    person = make_person(college["farmers"], code="NN1-01", full_name="Mẫu Thị Một")
    shares = [ShareRow(person, task="Dạy", served=12), ShareRow(name="Mẫu Ngoài Danh Sách")]
    make_confirmed(
        college["farmers"], college["member"], college["head"], shares=shares, served_count=40
    )
    make_sent(college["farmers"], college["member"], shares=[ShareRow(person, served=3)])
    answer = signed_in(college["head"]).get(f"{LOG}tham-gia.xlsx")
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    named = [row for row in rows if "Mẫu Thị Một" in row or "Mẫu Ngoài Danh Sách" in row]
    assert len(named) == 2
    assert any(12 in row for row in named)


def test_lists_cost_the_same_with_one_row_and_with_thirty(college):
    group = Audience.objects.order_by("order").first()

    def add(number: int) -> Activity:
        person = make_person(college["farmers"], code=f"NN1-{number:02}")
        return make_confirmed(
            college["farmers"], college["member"], college["head"], starts_on=day(number % 20),
            commune=make_commune(f"Mẫu {number}"), groups={group.pk: 9},
            shares=[ShareRow(person, served=2)], served_count=30,
        )  # fmt: skip

    first = add(0)
    pages = [LOG, "/don-vi/so-lieu/", "/don-vi/", first.get_absolute_url(), f"{LOG}nghi-trung/"]
    office = signed_in(college["office_user"])
    few = {page: queries(office, page) for page in pages}
    for number in range(1, 30):
        add(number)
    assert {page: queries(office, page) for page in pages} == few
    assert max(few.values()) <= 40
