"""What each verb of the log changes, keeps and refuses."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.activities import services
from campaign.activities.choices import ActivityState
from campaign.activities.models import Activity, GroupMonth, KindMonth, UnitMonth
from campaign.activities.services import MoveRefused, Stale
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
)
from tests.factories.people import hold, make_holder, make_person, make_user
from tests.factories.units import make_college, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(home):
    """A school with a member of a class, its head, the faculty's head and the standing office."""
    made = make_college()
    made["member"] = make_holder(made["farmers"], Role.MEMBER)
    made["head"] = make_holder(made["farmers"], Role.UNIT_HEAD)
    made["dean"] = make_holder(made["farming"], Role.UNIT_HEAD)
    made["office_user"] = make_holder(made["school"], Role.STANDING_OFFICE)
    return made


def moves(activity: Activity) -> list[str]:
    """The history of an activity."""
    return list(activity.events.values_list("move", flat=True))


def test_activity_goes_from_draft_to_counted(college):
    activity = make_activity(college["farmers"], college["member"])
    assert activity.institution == college["school"]
    sent = services.send_activity(activity, by=college["member"], now=timezone.now())
    assert (sent.state, sent.confirming_unit) == (ActivityState.SENT, college["farmers"])
    confirmed = services.confirm_activity(sent, by=college["head"], now=timezone.now())
    assert confirmed.state == ActivityState.CONFIRMED
    assert confirmed.confirmed_by == college["head"]
    assert moves(activity) == ["send", "confirm"]


def test_the_same_form_sent_twice_is_one_activity(college):
    key = uuid4()
    first = make_activity(college["farmers"], college["member"], key=key, title="Một")
    again = make_activity(college["farmers"], college["member"], key=key, title="Hai")
    assert again == first
    assert Activity.objects.get().title == "Một"
    # Another's key is another's: nothing of the first is told.
    other = make_activity(college["farmers"], college["head"], key=key)
    assert other != first


@pytest.mark.django_db(transaction=True)
def test_the_same_form_posted_twenty_times_at_once_is_one_activity(college):
    key = uuid4()
    made = at_once(20, lambda: make_activity(college["farmers"], college["member"], key=key).pk)
    assert len(set(made)) == 1
    assert Activity.objects.count() == 1


def test_nobody_enters_for_a_unit_that_is_not_his(college):
    with pytest.raises(PermissionDenied):
        make_activity(college["smiths"], college["member"])
    stranger = make_user()
    with pytest.raises(PermissionDenied):
        make_activity(college["farmers"], stranger)


def test_member_of_a_team_enters_for_it(college):
    team = make_unit(college["school"], "volunteer_team", name="Đội Mẫu")
    person = make_person(college["farmers"], account=True)
    with pytest.raises(PermissionDenied):
        make_activity(team, person.user)
    from campaign.units.services import add_team_member

    now = timezone.localtime()
    add_team_member(team, person, task="", starts=now.date(), by=None, now=now)
    assert make_activity(team, person.user).unit == team


def test_unsound_activity_is_not_sent(college):
    activity = make_activity(college["farmers"], college["member"], people_count=None, title="")
    with pytest.raises(ValidationError) as refused:
        services.send_activity(activity, by=college["member"], now=timezone.now())
    assert set(refused.value.message_dict) == {"title", "people"}
    assert moves(activity) == []


def test_nobody_confirms_his_own_entry(college):
    mine = make_sent(college["farmers"], college["head"])
    # What a head enters goes to the unit above.
    assert mine.confirming_unit == college["farming"]
    with pytest.raises(MoveRefused, match="chính mình"):
        services.confirm_activity(mine, by=college["head"], now=timezone.now())
    assert services.confirm_activity(mine, by=college["dean"], now=timezone.now()).confirmed_by


def test_the_sender_does_not_confirm_what_another_began(college):
    begun = make_activity(college["farmers"], college["member"])
    sent = services.send_activity(begun, by=college["head"], now=timezone.now())
    assert sent.confirming_unit == college["farming"]
    with pytest.raises(MoveRefused):
        services.confirm_activity(sent, by=college["head"], now=timezone.now())


def test_the_database_itself_refuses_confirmation_by_the_author(college):
    sent = make_sent(college["farmers"], college["member"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=sent.pk).update(
            state="confirmed", confirmed_at=timezone.now(), confirmed_by=college["member"]
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=sent.pk).update(state="confirmed")


def test_where_nobody_can_confirm_sending_says_so(college):
    alone = make_holder(college["office"], Role.REPORTER)
    activity = make_activity(college["office"], alone)
    with pytest.raises(ValidationError, match="Chưa có ai xác nhận được"):
        services.send_activity(activity, by=alone, now=timezone.now())
    leader = make_holder(college["school"], Role.LEADER)
    sent = services.send_activity(activity, by=alone, now=timezone.now())
    assert sent.confirming_unit == college["school"]
    services.confirm_activity(sent, by=leader, now=timezone.now())


def test_shared_account_drafts_with_a_name_and_never_confirms(college):
    shared = make_user(is_shared=True)
    hold(shared, college["farmers"], Role.REPORTER)
    activity = make_activity(college["farmers"], shared)
    with pytest.raises(ValidationError) as refused:
        services.send_activity(activity, by=shared, now=timezone.now())
    assert list(refused.value.message_dict) == ["prepared_by"]
    sent = services.send_activity(activity, by=shared, now=timezone.now(), prepared_by="Mẫu Thị A")
    assert sent.events.get().prepared_by == "Mẫu Thị A"
    other = make_sent(college["farmers"], college["member"])
    with pytest.raises(MoveRefused, match="dùng chung"):
        services.confirm_activity(other, by=shared, now=timezone.now())


def test_returned_activity_is_mended_and_sent_again(college):
    sent = make_sent(college["farmers"], college["member"])
    now = timezone.now()
    back = services.return_activity(sent, reason="Thiếu ảnh", by=college["head"], now=now)
    assert back.state == ActivityState.RETURNED
    assert back.events.last().note == "Thiếu ảnh"
    entry = services.Entry(columns={"result": "20 người cài được"})
    mended = services.save_activity(
        back, entry, version=back.version, by=college["member"], now=now
    )
    assert services.send_activity(mended, by=college["member"], now=now).state == ActivityState.SENT


def test_sent_activity_is_not_changed_until_withdrawn(college):
    sent = make_sent(college["farmers"], college["member"])
    entry = services.Entry(columns={"title": "Khác"})
    with pytest.raises(PermissionDenied):
        services.save_activity(
            sent, entry, version=sent.version, by=college["member"], now=timezone.now()
        )
    back = services.withdraw_activity(sent, by=college["member"], now=timezone.now())
    assert back.state == ActivityState.DRAFT
    with pytest.raises(MoveRefused, match="không “rút về sửa” được nữa"):
        services.withdraw_activity(back, by=college["member"], now=timezone.now())


def test_second_hand_at_one_draft_is_told_and_loses_nothing(college):
    draft = make_activity(college["farmers"], college["member"])
    seen = draft.version
    mine = services.Entry(columns={"title": "Của tôi"})
    services.save_activity(draft, mine, version=seen, by=college["member"], now=timezone.now())
    theirs = services.Entry(columns={"title": "Của người khác"})
    with pytest.raises(Stale) as stale:
        services.save_activity(draft, theirs, version=seen, by=college["head"], now=timezone.now())
    assert stale.value.now.title == "Của tôi"


def test_no_form_writes_a_state(college):
    draft = make_activity(college["farmers"], college["member"])
    entry = services.Entry(columns={"state": "confirmed"})
    with pytest.raises(PermissionDenied):
        services.save_activity(draft, entry, version=1, by=college["member"], now=timezone.now())


def test_standing_office_takes_a_confirmation_back(college):
    activity = make_confirmed(college["farmers"], college["member"], college["head"])
    for who in ("member", "head", "dean"):
        with pytest.raises(PermissionDenied):
            services.unconfirm_activity(activity, reason="x", by=college[who], now=timezone.now())
    back = services.unconfirm_activity(
        activity, reason="Sai ngày", by=college["office_user"], now=timezone.now()
    )
    assert (back.state, back.confirmed_by) == (ActivityState.RETURNED, None)


def test_inspection_has_findings_and_a_day_to_look_again(college):
    activity = make_confirmed(college["farmers"], college["member"], college["head"])
    now = timezone.now()
    words = {"findings": "Đã gặp trưởng bản", "follow_up_on": day(-7)}
    with pytest.raises(PermissionDenied):
        services.inspect_activity(activity, by=college["head"], now=now, **words)
    with pytest.raises(ValidationError):
        services.inspect_activity(
            activity, findings="x", follow_up_on=day(1), by=college["office_user"], now=now
        )
    inspection = services.inspect_activity(activity, by=college["office_user"], now=now, **words)
    services.settle_inspection(inspection, by=college["office_user"], now=now)
    inspection.refresh_from_db()
    assert inspection.settled_at == now


def test_draft_is_thrown_away_only_by_its_author_and_before_it_was_sent(college):
    draft = make_activity(college["farmers"], college["member"])
    with pytest.raises(PermissionDenied):
        services.discard_activity(draft, by=college["head"], now=timezone.now())
    services.discard_activity(draft, by=college["member"], now=timezone.now())
    assert not Activity.objects.exists()
    sent = make_sent(college["farmers"], college["member"])
    back = services.withdraw_activity(sent, by=college["member"], now=timezone.now())
    with pytest.raises(ValidationError):
        services.discard_activity(back, by=college["member"], now=timezone.now())


def test_own_counts_belong_to_each_member(college):
    one, two = (make_person(college["farmers"]) for _ in range(2))
    rows = [services.ShareRow(person=one, served=5), services.ShareRow(person=two, served=None),
            services.ShareRow(name="Trưởng bản Mẫu", served=0)]  # fmt: skip
    activity = make_activity(college["farmers"], college["member"], served_count=40, shares=rows)
    assert list(activity.participants.values_list("served_count", flat=True)) == [5, None, 0]
    stranger = make_person(make_unit(None, "institution", code="KHAC"))
    entry = services.Entry(shares=[services.ShareRow(person=stranger)])
    with pytest.raises(ValidationError, match="danh sách của trường"):
        services.save_activity(activity, entry, version=1, by=college["member"], now=timezone.now())
    twice = services.Entry(shares=[services.ShareRow(person=one), services.ShareRow(person=one)])
    with pytest.raises(ValidationError, match="hai lần"):
        services.save_activity(activity, twice, version=1, by=college["member"], now=timezone.now())
    assert activity.participants.count() == 3


def figures(model, **where) -> list[tuple[int, int, int]]:
    """Activities, people, times served."""
    names = ("activities", "people", "served") if model is not GroupMonth else (
        "activities", "people")  # fmt: skip
    return list(model.objects.filter(**where).values_list(*names))


def test_figures_follow_each_confirmation_and_go_with_it(college):
    old, women = Audience.objects.all()[:2]
    commune = make_commune()
    groups = {old.pk: 20, women.pk: None}
    words = {"served_count": 45, "commune": commune, "groups": groups}
    activity = make_confirmed(college["farmers"], college["member"], college["head"], **words)
    month = activity.month
    assert figures(UnitMonth, unit=college["farmers"], month=month) == [(1, 30, 45)]
    assert figures(KindMonth, commune=commune) == [(1, 30, 45)]
    assert figures(GroupMonth, audience=old) == [(1, 20)]
    assert figures(GroupMonth, audience=women) == [(1, 0)]
    assert UnitMonth.objects.get().classes == 1
    make_confirmed(
        college["farmers"], college["member"], college["head"], kind=kind_named("su-kien")
    )
    assert figures(UnitMonth) == [(2, 60, 45)]
    assert UnitMonth.objects.get().classes == 1
    assert services.find_drift() == []
    services.unconfirm_activity(activity, reason="x", by=college["office_user"], now=timezone.now())
    assert figures(UnitMonth) == [(1, 30, 0)]
    assert figures(KindMonth, commune=commune) == [(0, 0, 0)]
    assert services.find_drift() == []


def test_recount_finds_and_mends_what_differs(college):
    make_confirmed(college["farmers"], college["member"], college["head"])
    UnitMonth.objects.update(people=7)
    UnitMonth.objects.create(unit=college["craft"], month=day(0).replace(day=1), activities=3)
    assert {drift.table for drift in services.find_drift()} == {"UnitMonth"}
    assert len(services.repair_totals()) == 2
    assert services.find_drift() == []
    assert UnitMonth.objects.get(unit=college["farmers"]).people == 30


@pytest.mark.django_db(transaction=True)
def test_heads_who_confirm_at_once_lose_no_figure(college):
    waiting = [make_sent(college["farmers"], college["member"]) for _ in range(8)]
    left = list(waiting)

    def confirm():
        return services.confirm_activity(left.pop(), by=college["head"], now=timezone.now()).pk

    assert len(set(at_once(8, confirm))) == 8
    assert figures(UnitMonth, unit=college["farmers"]) == [(8, 240, 0)]
    assert services.find_drift() == []


@pytest.mark.django_db(transaction=True)
def test_one_activity_confirmed_at_once_by_two_counts_once(college):
    sent = make_sent(college["farmers"], college["member"])

    def confirm():
        try:
            services.confirm_activity(sent, by=college["head"], now=timezone.now())
        except MoveRefused:
            return "refused"
        return "confirmed"

    assert sorted(at_once(4, confirm)) == ["confirmed", "refused", "refused", "refused"]
    assert figures(UnitMonth, unit=college["farmers"]) == [(1, 30, 0)]


def test_same_class_entered_twice_is_flagged_once(college):
    commune = make_commune()
    words = {"commune": commune, "place": "Nhà văn hóa bản Mẫu"}
    first = make_sent(college["farmers"], college["member"], **words)
    second = make_sent(college["farmers"], college["member"], **words)
    (doubt,) = services.doubts_about(second)
    assert (doubt.one, doubt.other) == (first, second)
    third = make_sent(college["farmers"], college["member"], **words, starts_on=day(9))
    assert services.doubts_about(third) == []


def test_office_says_same_and_only_one_counts(college):
    words = {"commune": make_commune(), "place": "Nhà văn hóa bản Mẫu"}
    first = make_confirmed(college["farmers"], college["member"], college["head"], **words)
    second = make_confirmed(college["farmers"], college["member"], college["head"], **words)
    (doubt,) = services.doubts_about(first)
    decided = {"note": "Một buổi", "now": timezone.now()}
    with pytest.raises(PermissionDenied):
        services.say_same(doubt, keep=first, by=college["head"], **decided)
    services.say_same(doubt, keep=first, by=college["office_user"], **decided)
    second.refresh_from_db()
    assert second.state == ActivityState.RETURNED
    assert figures(UnitMonth) == [(1, 30, 0)]
    again = services.send_activity(second, by=college["member"], now=timezone.now())
    with pytest.raises(MoveRefused, match="ghi trùng"):
        services.confirm_activity(again, by=college["head"], now=timezone.now())
    with pytest.raises(ValidationError, match="đã có kết luận"):
        services.say_different(doubt, by=college["office_user"], **decided)
    assert services.find_drift() == []


def test_visible_rows_are_exactly_those_one_answers_for(college):
    mine = make_activity(college["farmers"], college["member"])
    counted = make_confirmed(college["farmers"], college["member"], college["head"])
    elsewhere = make_activity(college["office"], make_holder(college["office"], Role.MEMBER))
    helper = make_person(college["smiths"], account=True)
    shown = make_activity(
        college["farmers"], college["head"], shares=[services.ShareRow(person=helper)]
    )

    def seen(user) -> set[int]:
        """The rows one sees, which a list finds by other ways."""
        rows = set(Activity.objects.visible_to(user).values_list("pk", flat=True))
        assert set(Activity.objects.listed_for(user).values_list("pk", flat=True)) == rows
        return rows

    assert seen(college["member"]) == {mine.pk, counted.pk}
    assert seen(college["head"]) == {mine.pk, counted.pk, shown.pk}
    assert seen(college["dean"]) == {mine.pk, counted.pk, shown.pk}
    assert seen(college["office_user"]) == {mine.pk, counted.pk, shown.pk, elsewhere.pk}
    assert seen(helper.user) == {shown.pk}
    assert seen(make_holder(college["craft"], Role.UNIT_HEAD)) == set()


def test_department_sees_what_schools_have_confirmed_and_nothing_before(home):
    department = make_unit(None, "department", code="SO")
    school = make_unit(department, "institution", code="TRUONG")
    author, head = make_holder(school, Role.REPORTER), make_holder(school, Role.UNIT_HEAD)
    officer = make_holder(department, Role.DEPARTMENT_OFFICER)
    make_sent(school, author)
    counted = make_confirmed(school, author, head)
    assert list(Activity.objects.visible_to(officer)) == [counted]
    assert list(Activity.objects.listed_for(officer)) == [counted]


def test_line_sends_a_class_to_the_youth_union_whose_head_sees_what_was_sent(college):
    from campaign.units.models import ReportingLine

    union = make_unit(college["school"], "youth_union", code="DTN")
    secretary = make_holder(union, Role.UNIT_HEAD)
    ReportingLine.objects.create(
        unit=college["farmers"], to=union, purpose="confirm", starts=day(30)
    )
    draft = make_activity(college["farmers"], college["member"])
    assert list(Activity.objects.visible_to(secretary)) == []
    sent = services.send_activity(draft, by=college["member"], now=timezone.now())
    assert sent.confirming_unit == union
    assert list(Activity.objects.visible_to(secretary)) == [sent]
    assert list(Activity.objects.listed_for(secretary)) == [sent]
    services.confirm_activity(sent, by=secretary, now=timezone.now() + timedelta(minutes=1))
