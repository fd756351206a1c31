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
from outbox.models import Letter
from privacy import requests
from privacy.choices import RequestState
from privacy.models import DataRequest, DataRequestEvent, PrivacySettings
from privacy.requests import MoveRefused
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
def test_nobody_else_decides(home, role):
    asked = make_request()
    with pytest.raises(PermissionDenied):
        requests.complete(asked, outcome="Xong rồi nhé.", by=make_user(role), now=timezone.now())
    asked.refresh_from_db()
    assert asked.state == RequestState.RECEIVED


def test_database_keeps_state_and_time_together(home):
    asked = make_request()
    for wrong in ({"state": "done"}, {"closed_at": timezone.now()}, {"state": "acknowledged"}):
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
    old = timezone.now() - timedelta(days=requests.KEEP_MONTHS * 30 + 1)
    asked = make_request(now=old)
    requests.complete(asked, outcome="Đã xóa.", by=officer, now=old)
    waiting = make_request(now=old)
    call_command("purge_expired")
    assert f"yeu-cau-du-lieu: {1}" in capsys.readouterr().out
    asked.refresh_from_db()
    assert (asked.full_name, asked.phone, asked.message, asked.outcome) == ("", "", "", "")
    assert (asked.kind, asked.state, asked.closed_at) == ("delete", RequestState.DONE, old)
    assert not asked.events.exclude(note="").exists()
    waiting.refresh_from_db()
    assert waiting.full_name == "Người dân mẫu"
    call_command("purge_expired")
    assert "yeu-cau-du-lieu: 0" in capsys.readouterr().out
