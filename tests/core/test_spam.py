"""The guard of public forms: who is believed at once, who is asked, who has to wait."""

from datetime import timedelta
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils import timezone

from core.spam import (
    FEWEST_SECONDS,
    MINUTES,
    MOST_LINKS,
    OPEN_HOURS,
    SALT,
    SAME_FORM_AT_MOST,
    SENT_AT_MOST,
    SENT_BEFORE_SUM,
    WORDS,
    GuardedForm,
    new_stamp,
    sum_of,
)
from tests.concurrency import at_once

pytestmark = pytest.mark.django_db
TEXT = "Cho tôi hỏi lớp học buổi tối."


class Letter(GuardedForm):
    """A form as any app would write it."""

    links_in: ClassVar[tuple[str, ...]] = ("text",)
    throttle: ClassVar[str] = "letter"
    text = forms.CharField(required=True)


@pytest.fixture
def clock(time_machine):
    """The time, at the beginning of a stretch: no test straddles two."""
    time_machine.move_to(timezone.now().replace(minute=1, second=0))
    return time_machine


@pytest.fixture
def opened(clock):
    """A stamp that was opened half a minute ago."""
    stamp = new_stamp()
    clock.shift(timedelta(seconds=30))
    return stamp


def send(rf, stamp: str, address: str = "10.0.0.1", **fields: str) -> Letter:
    """The form as it stands after it was posted."""
    data = QueryDict(mutable=True)
    data.update({"stamp": stamp, "text": TEXT, **fields})
    form = Letter(data, request=rf.post("/", REMOTE_ADDR=address))
    form.is_valid()
    return form


def answer(form: Letter) -> str:
    """What the sum asked by `form` makes."""
    return str(sum(sum_of(form.key)))


def test_person_who_takes_his_time_notices_nothing(rf, opened):
    form = send(rf, opened)
    assert form.errors == {}
    assert (form.asks_sum, form.must_wait) == (False, False)
    assert form.key == UUID(signing.loads(opened, salt=SALT)["key"])


@pytest.mark.parametrize(
    "stamp",
    ["", "gia-mao", "a:b:c", "x" * 5_000_000, "é:\x00:", signing.dumps({"key": str(uuid4()), "at": 0})],
    ids=["none", "word", "shape", "huge", "odd", "other salt"],
)  # fmt: skip
def test_forged_stamp_is_renewed_and_nothing_typed_is_lost(rf, clock, stamp):
    form = send(rf, stamp)
    assert form.non_field_errors() == [
        "Trang đã mở quá lâu. Chữ bạn gõ vẫn còn nguyên: hãy bấm gửi lại."
    ]
    assert form["text"].value() == TEXT
    clock.shift(timedelta(seconds=30))
    assert send(rf, str(form["stamp"].value())).errors == {}


def test_stamp_lives_a_day(rf, clock):
    stamp = new_stamp()
    clock.shift(timedelta(hours=OPEN_HOURS) - timedelta(seconds=1))
    assert send(rf, stamp).errors == {}
    clock.shift(timedelta(seconds=2))
    assert "mở quá lâu" in str(send(rf, stamp).non_field_errors())


@pytest.mark.parametrize(
    ("seconds", "asked"), [(0, True), (FEWEST_SECONDS - 1, True), (FEWEST_SECONDS, False)]
)
def test_who_sends_faster_than_one_types_is_asked(rf, clock, seconds, asked):
    stamp = new_stamp()
    clock.shift(timedelta(seconds=seconds))
    assert send(rf, stamp).asks_sum is asked


def test_hidden_field_and_many_links_are_asked_about(rf, opened):
    assert send(rf, opened, website="http://x.vn").asks_sum
    links = [f"https://a{n}.vn" for n in range(MOST_LINKS + 1)]
    assert send(rf, opened, text=" ".join(links)).asks_sum
    assert not send(rf, opened, text=" ".join(links[:MOST_LINKS])).asks_sum


def test_sum_is_answered_in_figures_or_words(rf, opened):
    asked = send(rf, opened, website="x")
    total = sum(sum_of(asked.key))
    assert asked.question.endswith("bằng mấy?")
    for said in (str(total), f" {total}. ", WORDS[total], WORDS[total].upper()):
        assert send(rf, opened, website="x", total=said).errors == {}, said
    wrong = send(rf, opened, website="x", total=str(total + 1))
    assert list(wrong.errors) == ["total"]
    assert wrong["text"].value() == TEXT


def test_mending_a_fault_is_no_flood(rf, opened):
    for _ in range(SENT_AT_MOST * 2):
        assert list(send(rf, opened, text="").errors) == ["text"]
    assert send(rf, opened).errors == {}


def test_flood_of_hundred_is_let_through_up_to_the_cap_and_then_waits(rf, clock):
    stamps = [new_stamp() for _ in range(100)]
    clock.shift(timedelta(seconds=30))
    forms_ = [send(rf, stamp) for stamp in stamps]
    assert sum(form.is_valid() for form in forms_) == SENT_BEFORE_SUM
    # A machine that can count does not get further than the cap either.
    sums = [answer(form) for form in forms_]
    clever = [send(rf, stamp, total=total) for stamp, total in zip(stamps, sums, strict=True)]
    assert [form.is_valid() for form in clever[:SENT_AT_MOST]] == [True] * SENT_AT_MOST
    assert sum(form.is_valid() for form in clever) == SENT_AT_MOST
    late = clever[-1]
    assert late.must_wait
    assert f"Hãy đợi {MINUTES} phút" in str(late.non_field_errors())
    assert late["text"].value() == TEXT
    assert send(rf, stamps[-1], address="10.0.0.2").errors == {}
    clock.shift(timedelta(minutes=MINUTES))
    assert send(rf, stamps[-1]).errors == {}


def test_second_address_sends_nothing_uncounted(rf, clock):
    stamps = [new_stamp() for _ in range(SENT_AT_MOST + 20)]
    clock.shift(timedelta(seconds=30))
    for stamp in stamps:
        send(rf, stamp)
    through = [send(rf, s, "10.0.0.2", total=answer(send(rf, s))).is_valid() for s in stamps]
    assert sum(through) == SENT_AT_MOST


def test_class_behind_one_address_gets_through_also_when_it_presses_twice(rf, clock):
    stamps = [new_stamp() for _ in range(SENT_AT_MOST)]
    clock.shift(timedelta(seconds=30))
    sent = 0
    for stamp in stamps:
        form = send(rf, stamp)
        if form.asks_sum:
            assert list(send(rf, stamp, total="nhầm").errors) == ["total"]
            form = send(rf, stamp, total=answer(form))
        sent += form.is_valid()
    assert sent == SENT_AT_MOST >= 30


def test_one_form_is_not_tried_for_ever(rf, opened):
    codes = [send(rf, opened, website="x", total="0").must_wait for _ in range(20)]
    assert codes.count(False) == SAME_FORM_AT_MOST


@pytest.mark.django_db(transaction=True)
def test_forms_sent_at_once_never_pass_the_cap(rf, clock):
    stamps = [new_stamp() for _ in range(SENT_AT_MOST - 2)]
    clock.shift(timedelta(seconds=30))
    for stamp in stamps:
        send(rf, stamp)
    last = [new_stamp() for _ in range(4)]
    clock.shift(timedelta(seconds=30))
    # Each of four forms twice at the same moment: two places are left.
    turns = iter([*last, *last])

    def let_in() -> UUID | None:
        form = send(rf, next(turns))
        return None if form.must_wait else form.key

    assert len(set(at_once(8, let_in)) - {None}) == 2
