"""Three questions after an event, its pictures, and what everybody may read of the answers."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.signing import dumps
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from campaign.events.answers import (
    Told,
    answer_event,
    answers_of,
    public_words,
    purge_wishes,
    wishes_of,
)
from campaign.events.models import EventAnswer
from core import spam
from tests.concurrency import at_once
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db


def answered(event, useful="very", able="alone", wish="", **words):
    """One sheet."""
    known = {"key": uuid4(), "now": timezone.now()}
    return answer_event(event, useful=useful, able=able, wish=wish, **{**known, **words})


@pytest.fixture
def today(home):
    """An event of today."""
    return make_event(starts_on=timezone.localdate())


def stamp(seconds: int = 60) -> str:
    """A form's stamp, opened so long ago."""
    at = timezone.now().timestamp() - seconds
    return dumps({"key": str(uuid4()), "at": at}, salt=spam.SALT)


def page_of(event) -> str:
    return f"/ngay-hoi/{event.pk}/y-kien/"


def test_sheet_without_script_is_kept_of_nobody(client, today):
    said = {
        "useful": "some",
        "able": "helped",
        "wish": "Thêm thời gian thực hành",
        "stamp": stamp(),
    }
    answer = client.post(page_of(today), said, follow=True)
    assert "Cảm ơn bạn đã góp ý" in answer.content.decode()
    (row,) = EventAnswer.objects.values()
    assert set(row) == {"id", "event_id", "key", "useful", "able", "wish", "day"}
    client.post(page_of(today), said)
    assert EventAnswer.objects.count() == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(client, today):
    answer = client.post(page_of(today), {"wish": "Thêm buổi tối", "stamp": stamp()})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Xin chọn một câu trả lời" in page
    assert "Thêm buổi tối" in page
    answer = client.post(
        page_of(today), {"useful": "x", "able": "alone", "wish": "ă" * 301, "stamp": "x"}
    )
    assert answer.status_code == 422
    assert not EventAnswer.objects.exists()


def test_before_its_day_and_long_after_nothing_is_asked(client, today):
    for days, words in ((1, "chưa diễn ra"), (-31, "hết thời gian")):
        event = make_event(starts_on=timezone.localdate() + timedelta(days=days))
        assert words in client.get(page_of(event)).content.decode()
        with pytest.raises(ValidationError):
            answered(event)
        assert "Góp ý ba câu" not in client.get(event.get_absolute_url()).content.decode()
    assert "Góp ý ba câu" in client.get(today.get_absolute_url()).content.decode()


def test_public_page_tells_no_small_number(client, today, django_capture_on_commit_callbacks):
    for _ in range(4):
        answered(today)
    assert "góp ý:" not in client.get(today.get_absolute_url()).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answered(today)
    page = client.get(today.get_absolute_url()).content.decode()
    assert "5 người góp ý: 5 người thấy có ích, 5 người đã tự làm được việc vừa học." in page


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_no_group_under_five_can_be_worked_out(others, liked, can):
    count = others + max(liked, can)
    said = public_words(Told(count, liked=liked, can=can))
    for number, words in ((liked, "người thấy có ích"), (can, "người đã tự làm được")):
        if words in said:
            assert f"{number} {words}" in said
            assert all(part == 0 or part >= 5 for part in (number, count - number))


def test_sums_and_wishes(today):
    answered(today, wish="  Thêm   buổi tối ")
    answered(today, "not", "notyet")
    told = answers_of(today)
    assert (told.count, told.liked, told.can) == (2, 1, 1)
    assert list(wishes_of(today)) == [(timezone.localdate(), "Thêm buổi tối")]


def test_wishes_are_forgotten_after_two_years_and_the_numbers_stay(today):
    answered(today, wish="Thêm buổi tối")
    EventAnswer.objects.update(day=date(2020, 1, 1))
    assert purge_wishes(timezone.now()) == 1
    assert EventAnswer.objects.get().wish == ""
    assert answers_of(today).count == 1


@pytest.mark.django_db(transaction=True)
def test_one_sheet_sent_many_times_at_once_is_one(home):
    event = make_event(starts_on=timezone.localdate())
    key = uuid4()
    at_once(8, lambda: answered(event, key=key).pk)
    assert EventAnswer.objects.count() == 1
