"""What each verb on a request changes, keeps and refuses."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.choices import SiteRole
from core.models import Holiday
from core.workdays import months_before
from outbox.models import Letter
from privacy import requests
from privacy.choices import RequestState
from privacy.models import DataRequest, DataRequestEvent, PrivacySettings
from privacy.requests import MoveRefused
from privacy.rules import decision_due, reply_due
from privacy.signals import request_moved
from tests.concurrency import at_once
from tests.factories.people import make_user
from tests.factories.privacy import ASKED, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(home):
    """Who answers for personal data."""
    return make_user(SiteRole.PUBLISHER)


def moves(asked: DataRequest) -> list[str]:
    """The history of a request."""
    return list(asked.events.values_list("move", flat=True))


def test_request_is_taken_in_with_both_due_days(home):
    asked = make_request()
    today = timezone.localdate()
    assert (asked.state, asked.message) == (RequestState.RECEIVED, ASKED)
    assert asked.due_on == today + timedelta(days=20)
    assert today < asked.reply_due <= today + timedelta(days=6)
    assert asked.reference.startswith("DL-")
    assert moves(asked) == ["receive"]


def test_processor_and_holidays_count_in(home):
    words = PrivacySettings.load()
    words.uses_processor = True
    words.save()
    first = make_request()
    assert first.due_on == timezone.localdate() + timedelta(days=30)
    Holiday.objects.create(day=first.reply_due, name="Nghỉ bù")
    assert make_request().reply_due > first.reply_due


def test_late_is_what_is_not_acknowledged_or_not_acted_on_in_time(officer):
    asked, other, now = make_request(), make_request(), timezone.now()
    requests.discard(other, by=officer, now=now)

    def late(day):
        return list(DataRequest.objects.overdue(day))

    day = timedelta(days=1)
    assert late(asked.reply_due) == []
    assert late(asked.reply_due + day) == [asked]
    requests.acknowledge(asked, by=officer, now=now)
    assert late(asked.reply_due + day) == late(asked.due_on) == []
    assert late(asked.due_on + day) == [asked]
    requests.complete(asked, outcome="Đã xóa.", by=officer, now=now)
    assert late(asked.due_on + day) == []


def test_same_key_again_gives_the_first_request(home):
    key = uuid4()
    assert make_request(key=key) == make_request(key=key, message="Chữ khác hẳn lần đầu.")
    assert DataRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_form_sent_many_times_at_once_makes_one_request(home):
    key = uuid4()
    assert len(set(at_once(8, lambda: make_request(key=key).pk))) == 1
    assert DataRequestEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_deciding_at_once_decide_once(home):
    one, two = make_user(SiteRole.PUBLISHER), make_user(SiteRole.ADMINISTRATOR)
    asked = make_request()
    acts = iter([
        lambda: requests.complete(asked, outcome="Đã xóa số điện thoại.", by=one, now=timezone.now()),
        lambda: requests.refuse(asked, reason="Không có dữ liệu này.", by=two, now=timezone.now()),
    ])  # fmt: skip

    def decide() -> str:
        try:
            return next(acts)().state
        except MoveRefused:
            return "late"

    states = at_once(2, decide)
    assert states.count("late") == 1
    assert DataRequest.objects.get().state in states


def test_request_goes_its_way_and_every_step_is_kept(officer):
    asked, now = make_request(), timezone.now()
    asked = requests.acknowledge(asked, by=officer, now=now)
    assert (asked.state, asked.acknowledged_at) == (RequestState.ACKNOWLEDGED, now)
    due = asked.due_on
    asked = requests.extend(asked, reason="Phải tìm trong hồ sơ giấy.", by=officer, now=now)
    assert asked.due_on == due + timedelta(days=20)
    with pytest.raises(MoveRefused):
        requests.extend(asked, reason="Thêm lần nữa.", by=officer, now=now)
    asked = requests.complete(asked, outcome="Đã xóa.", by=officer, now=now)
    assert (asked.state, asked.outcome, asked.closed_at) == (RequestState.DONE, "Đã xóa.", now)
    assert moves(asked) == ["receive", "acknowledge", "extend", "complete"]
    with pytest.raises(MoveRefused):
        requests.refuse(asked, reason="Nghĩ lại.", by=officer, now=now)


def test_deciding_at_once_is_also_an_acknowledgement(officer):
    asked = requests.refuse(
        make_request(), reason="Không có dữ liệu nào.", by=officer, now=timezone.now()
    )
    assert asked.acknowledged_at is not None
    assert asked.state == RequestState.REFUSED


def test_person_takes_the_request_back_once(officer):
    asked = requests.withdraw_request(make_request(), now=timezone.now())
    assert asked.state == RequestState.WITHDRAWN
    with pytest.raises(MoveRefused):
        requests.withdraw_request(asked, now=timezone.now())


@pytest.mark.parametrize("role", ["", SiteRole.EDITOR, SiteRole.LIBRARIAN])
def test_nobody_else_moves_anything(officer, role):
    asked, other, now = make_request(), make_user(role), timezone.now()
    for act in (
        lambda: requests.acknowledge(asked, by=other, now=now),
        lambda: requests.assign(asked, to=officer, by=other, now=now),
        lambda: requests.extend(asked, reason="Cần thêm ngày.", by=other, now=now),
        lambda: requests.complete(asked, outcome="Xong rồi nhé.", by=other, now=now),
        lambda: requests.refuse(asked, reason="Không được.", by=other, now=now),
        lambda: requests.discard(asked, by=other, now=now),
    ):
        with pytest.raises(PermissionDenied):
            act()
    asked.refresh_from_db()
    assert (asked.state, moves(asked)) == (RequestState.RECEIVED, ["receive"])


def test_request_is_given_to_somebody_who_may_decide(officer):
    asked, now = make_request(), timezone.now()
    asked = requests.assign(asked, to=officer, by=officer, now=now)
    assert (asked.assigned_to, asked.state) == (officer, RequestState.RECEIVED)
    with pytest.raises(MoveRefused):
        requests.assign(asked, to=make_user(SiteRole.EDITOR), by=officer, now=now)
    asked.refresh_from_db()
    assert (asked.assigned_to, moves(asked)) == (officer, ["receive", "assign"])


def test_spam_is_closed_and_nobody_is_written_to(officer, django_capture_on_commit_callbacks):
    asked = make_request(email="ai@example.vn")
    with django_capture_on_commit_callbacks(execute=True):
        asked = requests.discard(asked, by=officer, now=timezone.now())
    assert (asked.state, asked.closed_at is None) == (RequestState.SPAM, False)
    assert Letter.objects.count() == 0
    with pytest.raises(MoveRefused):
        requests.complete(asked, outcome="Thật ra là yêu cầu.", by=officer, now=timezone.now())


def test_what_was_acknowledged_is_decided_and_not_thrown_away(officer):
    asked = requests.acknowledge(make_request(), by=officer, now=timezone.now())
    with pytest.raises(MoveRefused):
        requests.discard(asked, by=officer, now=timezone.now())


def test_letter_counts_from_the_day_it_came(officer):
    day = timezone.localdate() - timedelta(days=5)
    asked = make_request(entered_by=officer, received_on=day)
    assert timezone.localtime(asked.received_at).date() == day
    assert (asked.reply_due, asked.due_on) == (reply_due(day), decision_due("delete", day))


def test_every_move_is_told_after_the_commit_and_none_that_is_rolled_back(
    officer, django_capture_on_commit_callbacks
):
    told = []

    def listen(sender, *, request, event, **kwargs):
        told.append((request.reference, event.move))

    request_moved.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            asked = make_request()
            assert told == []
        with django_capture_on_commit_callbacks(execute=True), pytest.raises(MoveRefused):
            requests.acknowledge(
                requests.withdraw_request(asked, now=timezone.now()),
                by=officer,
                now=timezone.now(),
            )
    finally:
        request_moved.disconnect(listen)
    assert told == [(asked.reference, "receive"), (asked.reference, "withdraw")]


def test_database_keeps_state_and_time_together(home):
    asked = make_request()
    now = timezone.now()
    for wrong in (
        {"state": "done"},
        {"state": "spam"},
        {"closed_at": now},
        {"state": "acknowledged"},
        {"state": "refused", "closed_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            DataRequest.objects.filter(pk=asked.pk).update(**wrong)


def test_person_is_written_to_without_the_matter(officer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        asked = make_request(email="ai@example.vn")
        requests.complete(asked, outcome="Đã xóa số của bạn.", by=officer, now=timezone.now())
    letters = list(Letter.objects.order_by("pk"))
    assert [letter.subject.partition(": ")[2] for letter in letters] == ["đã nhận", "đã thực hiện"]
    for letter in letters:
        assert asked.token in letter.body
        assert ASKED not in letter.body
        assert "Đã xóa số" not in letter.body


def test_old_requests_lose_the_person_and_keep_kind_and_days(officer, capsys):
    old = months_before(timezone.now(), requests.KEEP_MONTHS) - timedelta(seconds=1)
    asked = make_request(now=old)
    requests.complete(asked, outcome="Đã xóa.", by=officer, now=old)
    waiting = make_request(now=old)
    young = make_request(now=old)
    requests.refuse(young, reason="Không có.", by=officer, now=old + timedelta(minutes=5))
    call_command("purge_expired")
    assert f"yeu-cau-du-lieu: {1}" in capsys.readouterr().out
    asked.refresh_from_db()
    assert (asked.full_name, asked.phone, asked.message, asked.outcome) == ("", "", "", "")
    assert (asked.kind, asked.state, asked.closed_at) == ("delete", RequestState.DONE, old)
    assert not asked.events.exclude(note="").exists()
    for kept in (waiting, young):
        kept.refresh_from_db()
        assert kept.full_name == "Người dân mẫu"
    call_command("purge_expired")
    assert "yeu-cau-du-lieu: 0" in capsys.readouterr().out
