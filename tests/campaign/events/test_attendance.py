"""Attendance: told by class, seen live, closed by rule; and the event's way into the log."""

import io
from datetime import timedelta
from itertools import count

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from openpyxl import load_workbook

from campaign.activities import services as log
from campaign.activities.figures import roll_up
from campaign.activities.models import Activity
from campaign.events import services
from campaign.events.models import Attendance
from campaign.events.numbers import enrolments_of, numbers_of
from campaign.events.permissions import events_for
from campaign.events.services import Changed, Row
from campaign.reporting.queries import offers_for
from campaign.units.choices import Role
from campaign.units.services import end_unit, record_enrolment
from tests.concurrency import at_once
from tests.factories.events import make_edition, make_event
from tests.factories.people import make_holder, make_person, make_user
from tests.factories.reports import make_open_round, report_of
from tests.factories.units import make_college, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(home):
    """A school on its day: two classes with their teachers, a standing office, a leader, an editor."""
    made = make_college()
    for name in ("farmers", "smiths"):
        made[f"{name}_teacher"] = make_holder(made[name], Role.UNIT_HEAD)
    made["standing"] = make_holder(made["school"], Role.STANDING_OFFICE)
    made["leader"] = make_holder(made["school"], Role.LEADER)
    made["member"] = make_holder(made["farmers"], Role.MEMBER)
    made["editor"] = make_user("editor")
    made["day"] = make_edition(
        timezone.localdate().year, unit=made["school"], starts_on=timezone.localdate(),
        takes_classes=True, summary="Chào cờ, học mười lăm phút",
    )  # fmt: skip
    return made


@pytest.fixture
def as_user(client):
    """A function that signs a user in and gives the client."""

    def signed_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def told(college, name: str, present: int, enrolled: int, seen: int = 0, by=None) -> int:
    """A teacher tells of his class."""
    row = Row(college[name].pk, present, enrolled, seen)
    by = by or college[f"{name}_teacher"]
    return services.note_attendance(college["day"], [row], by=by, now=timezone.now())


def board(event) -> str:
    return f"/don-vi/su-kien/{event.pk}/"


def note(event) -> str:
    return f"{board(event)}diem-danh/"


def typed(unit, present, enrolled, seen=0) -> dict:
    """A class's fields as a form sends them."""
    name = f"lop-{unit.pk}"
    return {f"{name}-present": present, f"{name}-enrolled": enrolled, f"{name}-seen": seen}


def test_teachers_tell_and_the_board_adds_up(college):
    assert told(college, "farmers", 38, 40) == 1
    numbers = numbers_of(college["day"])
    assert (numbers.present, numbers.enrolled, numbers.classes_told, numbers.classes) == (
        38,
        40,
        1,
        2,
    )
    assert numbers.missing == [college["smiths"]]
    told(college, "smiths", 0, 25)
    numbers = numbers_of(college["day"])
    assert (numbers.present, numbers.enrolled, numbers.share) == (38, 65, "58,5%")
    assert numbers.missing == []


def test_nobody_tells_of_another_class_and_a_member_of_none(college):
    for by in ("smiths_teacher", "member", "leader", "editor"):
        with pytest.raises(PermissionDenied):
            told(college, "farmers", 1, 2, by=college[by])
    assert told(college, "farmers", 1, 2, by=college["standing"]) == 1


def test_more_present_than_enrolled_is_refused_at_the_class_and_in_the_table(college):
    with pytest.raises(ValidationError) as refused:
        told(college, "farmers", 41, 40)
    assert str(college["farmers"].pk) in refused.value.message_dict
    row = Attendance(event=college["day"], unit=college["farmers"], present=41, enrolled=40,
                     noted_at=timezone.now(), noted_by=college["standing"])  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_what_another_told_meanwhile_is_shown_and_kept_until_said_again(college):
    told(college, "farmers", 38, 40)
    with pytest.raises(Changed) as changed:
        told(college, "farmers", 30, 40, by=college["standing"])
    (there,) = changed.value.rows.values()
    assert (there.present, there.version) == (38, 1)
    assert told(college, "farmers", 38, 40, by=college["standing"]) == 0
    assert told(college, "farmers", 30, 40, seen=1, by=college["standing"]) == 1
    assert Attendance.objects.get().version == 2


@pytest.mark.django_db(transaction=True)
def test_one_class_told_by_many_at_once_is_told_once(college):
    numbers = count(10)

    def tell() -> str:
        try:
            return "kept" if told(college, "farmers", next(numbers), 40) else "same"
        except Changed:
            return "changed"

    answers = at_once(6, tell)
    assert sorted(answers) == ["changed"] * 5 + ["kept"]
    assert Attendance.objects.count() == 1


def test_closed_before_its_day_a_week_after_and_when_cancelled(college):
    today = timezone.localdate()
    for days, words in ((1, "mở vào ngày"), (-8, "hết hạn")):
        event = make_event(
            unit=college["school"], takes_classes=True, starts_on=today + timedelta(days)
        )
        assert words in (services.attendance_closed(event, timezone.now()) or "")
    event = make_event(unit=college["school"], takes_classes=True, starts_on=today - timedelta(7))
    assert services.attendance_closed(event, timezone.now()) is None
    services.cancel(event, reason="Mưa", by=college["editor"], now=timezone.now())
    event.refresh_from_db()
    assert "hủy" in (services.attendance_closed(event, timezone.now()) or "")


def test_enrolment_is_what_was_told_last_else_recorded_else_the_roster(college):
    farmers, today = college["farmers"], timezone.localdate()
    make_person(farmers)
    make_person(farmers)
    assert enrolments_of([farmers], today) == {farmers.pk: 2}
    record_enrolment(farmers, count=35, as_of=today)
    assert enrolments_of([farmers], today) == {farmers.pk: 35}
    told(college, "farmers", 30, 36)
    assert enrolments_of([farmers], today) == {farmers.pk: 36}


def test_phone_screen_keeps_what_was_typed_and_names_what_is_wrong(college, as_user):
    client = as_user(college["standing"])
    farmers, smiths = college["farmers"], college["smiths"]
    wrong = typed(farmers, "41", "40") | typed(smiths, "20", "")
    answer = client.post(note(college["day"]), wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Có mặt 41 mà sĩ số chỉ 40" in page
    assert "Hãy ghi sĩ số." in page
    assert 'value="41"' in page
    assert not Attendance.objects.exists()
    right = typed(farmers, "39", "40") | typed(smiths, "", "25")
    answer = client.post(note(college["day"]), right, follow=True)
    assert "Đã báo 1 lớp." in answer.content.decode()
    assert Attendance.objects.get().unit == farmers


def test_phone_screen_shows_what_another_told_and_takes_it_when_sent_again(college, as_user):
    told(college, "farmers", 38, 40)
    client = as_user(college["standing"])
    answer = client.post(note(college["day"]), typed(college["farmers"], "30", "40"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "vừa báo 38/40" in page
    assert 'value="30"' in page
    seen = Attendance.objects.get().version
    assert f'-seen" value="{seen}"' in page
    client.post(note(college["day"]), typed(college["farmers"], "30", "40", seen))
    assert Attendance.objects.get().present == 30


def test_nothing_typed_and_nonsense_are_said(college, as_user):
    client = as_user(college["farmers_teacher"])
    answer = client.post(note(college["day"]), typed(college["farmers"], "", "40"))
    assert "điền ít nhất một lớp" in answer.content.decode()
    answer = client.post(note(college["day"]), typed(college["farmers"], "ba mươi", "-4", "x"))
    assert answer.status_code == 422
    assert "Hãy ghi bằng chữ số." in answer.content.decode()


def test_late_answer_keeps_what_was_typed(college, as_user):
    event = college["day"]
    services.cancel(event, reason="Mưa bão", by=college["editor"], now=timezone.now())
    answer = as_user(college["farmers_teacher"]).post(
        note(event), typed(college["farmers"], "30", "40")
    )
    assert answer.status_code == 409
    assert "Sự kiện đã hủy" in answer.content.decode()
    assert 'value="30"' in answer.content.decode()


def test_board_shows_each_his_part_and_names_the_missing(college, as_user):
    told(college, "farmers", 38, 40)
    page = as_user(college["leader"]).get(board(college["day"])).content.decode()
    assert "38" in page
    assert f"còn 1 lớp chưa báo sĩ số: {college['smiths']}" in page
    part = as_user(college["leader"]).get(f"{board(college['day'])}?phan=so").content.decode()
    assert "<html" not in part
    assert "95%" in part
    page = as_user(college["smiths_teacher"]).get(board(college["day"])).content.decode()
    assert str(college["farmers"]) not in page


def test_workbook_has_a_row_for_each_class_and_no_nought_for_silence(college, as_user):
    told(college, "farmers", 38, 40)
    answer = as_user(college["leader"]).get(f"{board(college['day'])}diem-danh.xlsx")
    page = load_workbook(io.BytesIO(answer.content)).active
    rows = {row[2]: row[3:6] for row in page.iter_rows(min_row=2, values_only=True)}
    assert rows[str(college["farmers"])] == (38, 40, "95%")
    assert rows[str(college["smiths"])][:2] == (None, None)


def test_desk_asks_teachers_on_the_day_and_no_longer_once_told(college, as_user):
    client = as_user(college["farmers_teacher"])
    assert "Báo sĩ số" in client.get("/don-vi/").content.decode()
    told(college, "farmers", 38, 40)
    assert "Báo sĩ số" not in client.get("/don-vi/").content.decode()


def test_desk_tells_those_concerned_of_a_change(college, as_user):
    event = make_edition(
        2030, unit=college["school"], starts_on=timezone.localdate() + timedelta(5)
    )
    services.postpone(event, day=None, reason="Mưa bão", by=college["editor"], now=timezone.now())
    page = as_user(college["member"]).get("/don-vi/").content.decode()
    assert "Hoãn: " in page
    assert "Mưa bão" in page


def test_what_is_not_public_stays_in_its_unit(college):
    department_event = make_event(unit=college["school"], is_public=False)
    other = make_holder(make_unit(None, "institution", name="Trường Khác"), Role.STANDING_OFFICE)
    assert department_event in events_for(college["member"])
    assert department_event not in events_for(other)


def held(college):
    """The day, told to be held."""
    services.hold(
        college["day"], outcome="Cả trường cùng học.", by=college["editor"], now=timezone.now()
    )
    college["day"].refresh_from_db()
    return college["day"]


def test_held_day_becomes_one_activity_of_the_school_that_counts_once_confirmed(college, as_user):
    told(college, "farmers", 38, 40)
    told(college, "smiths", 20, 25)
    event = held(college)
    client = as_user(college["standing"])
    assert "Ghi vào nhật ký" in client.get("/don-vi/").content.decode()
    for _ in range(2):
        client.post(f"{board(event)}nhat-ky/")
    activity = Activity.objects.get()
    assert (activity.people_count, activity.unit, activity.kind.slug) == (
        58,
        college["school"],
        "su-kien",
    )
    assert "2/2 lớp báo, có mặt 58/65 (89,2%)" in activity.content
    activity = log.send_activity(activity, by=college["standing"], now=timezone.now())
    log.confirm_activity(activity, by=college["leader"], now=timezone.now())
    today = timezone.localdate()
    assert roll_up(college["school"], today, today).people == 58
    with pytest.raises(ValidationError):
        told(college, "smiths", 25, 25, seen=1)


def test_late_class_moves_the_draft_unless_somebody_wrote_another_figure(college):
    told(college, "farmers", 38, 40)
    event = held(college)
    activity = services.into_log(event, by=college["standing"], now=timezone.now())
    told(college, "smiths", 20, 25)
    activity.refresh_from_db()
    assert activity.people_count == 58
    Activity.objects.filter(pk=activity.pk).update(people_count=60)
    told(college, "smiths", 21, 25, seen=1)
    activity.refresh_from_db()
    assert activity.people_count == 60


def test_only_what_was_held_goes_into_the_log_and_only_by_its_unit(college):
    later = make_event(unit=college["school"])
    with pytest.raises(ValidationError):
        services.into_log(later, by=college["standing"], now=timezone.now())
    services.cancel(later, reason="Mưa", by=college["editor"], now=timezone.now())
    with pytest.raises(ValidationError):
        services.into_log(later, by=college["standing"], now=timezone.now())
    event = held(college)
    with pytest.raises(PermissionDenied):
        services.into_log(event, by=college["farmers_teacher"], now=timezone.now())


def test_entering_it_says_that_it_was_held(college):
    services.into_log(college["day"], by=college["standing"], now=timezone.now())
    college["day"].refresh_from_db()
    assert college["day"].state == "held"
    assert college["day"].changes.get(move="hold").by == college["standing"]
    with pytest.raises(PermissionDenied):
        services.hold(make_event(unit=college["school"], starts_on=timezone.localdate()),
                      by=college["farmers_teacher"], now=timezone.now())  # fmt: skip


def test_nobody_counted_leaves_the_figure_open(college):
    activity = services.into_log(held(college), by=college["standing"], now=timezone.now())
    assert activity.people_count is None


def test_class_that_ended_since_stays_in_the_sum(college):
    today = timezone.localdate()
    told(college, "farmers", 38, 40)
    make = numbers_of(college["day"])
    end_unit(college["smiths"], last_day=today - timedelta(days=1), today=today)
    assert numbers_of(college["day"]).present == make.present
    assert numbers_of(college["day"]).classes == 1


def test_board_costs_the_same_with_two_classes_and_with_thirty(college, as_user):
    from tests.test_query_counts import queries

    client = as_user(college["standing"])
    paths = [board(college["day"]), note(college["day"]), "/don-vi/su-kien/"]
    told(college, "farmers", 38, 40)
    few = [queries(client, path) for path in paths]
    for number in range(28):
        unit = make_unit(college["farming"], "student_class", name=f"Lớp thêm {number}")
        services.note_attendance(
            college["day"], [Row(unit.pk, 20, 25)], by=college["standing"], now=timezone.now()
        )
        make_event(unit=college["school"])
    assert [queries(client, path) for path in paths] == few


def test_attendance_reaches_the_units_report(home):
    college = make_college()
    office = make_holder(college["school"], Role.STANDING_OFFICE)
    event = make_edition(
        2026, unit=college["school"], takes_classes=True, starts_on=timezone.localdate()
    )
    rows = [Row(college[name].pk, n, 40, 0) for name, n in (("farmers", 30), ("smiths", 25))]
    services.note_attendance(event, rows, by=office, now=timezone.now())
    asked = make_open_round(college["school"], office)
    told = offers_for(report_of(asked, college["farming"]))
    assert (told["du-ngay-hoi"].number, told["du-ngay-hoi"].records) == (30, 1)
