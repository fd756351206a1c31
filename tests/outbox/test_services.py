"""No letter is lost, none is sent twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from outbox.choices import LetterState
from outbox.models import Letter
from outbox.services import forget_old, queue_letter, send_again, send_due, send_now
from tests.concurrency import at_once

pytestmark = pytest.mark.django_db


class BrokenServer(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, email_messages) -> int:
        raise ConnectionRefusedError("ai@example.vn")


class SlowServer(BaseEmailBackend):
    """A mail server that takes a quarter of a minute for each letter."""

    def send_messages(self, email_messages) -> int:
        clock.shift(15)
        return len(email_messages)


class Clock:
    """The time-machine of the running test."""

    shift: Callable[[float], None]


clock = Clock()


def queued(key: str = "thu-1", **fields) -> Letter:
    """A letter in the queue."""
    fields.setdefault("to", "ai@example.vn")
    fields.setdefault("subject", "Phản hồi đã nhận")
    context = {
        "reference": fields.pop("reference", "PH-AAAA-CCCC"),
        "link": "https://truong.example/x/",
        "due_on": None,
    }
    return queue_letter(
        template="feedback_received", context=context, key=key, now=timezone.now(), **fields
    )


@pytest.fixture
def broken(settings):
    """The mail server is down."""
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"


def test_letter_goes_out_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queued()
        assert mail.outbox == []
    assert [message.subject for message in mail.outbox] == ["Phản hồi đã nhận"]
    assert "PH-AAAA-CCCC" in mail.outbox[0].body
    letter = Letter.objects.get()
    assert (letter.state, letter.tries) == (LetterState.SENT, 1)


@pytest.mark.django_db(transaction=True)
def test_nothing_goes_out_for_what_was_rolled_back():
    with transaction.atomic():
        queued()
        transaction.set_rollback(True)
    assert Letter.objects.count() == 0
    assert mail.outbox == []


def test_same_key_is_one_letter():
    assert queued() == queued(subject="Khác")
    assert [letter.subject for letter in Letter.objects.all()] == ["Phản hồi đã nhận"]


def test_header_can_not_be_begun_by_a_line_break():
    assert (
        queued(subject="Tiêu đề\r\nBcc: khac@example.vn").subject == "Tiêu đề Bcc: khac@example.vn"
    )


@pytest.mark.parametrize(
    "address",
    ["", "ai", "ai@", "a@example.vn\nBcc: b@example.vn", "a@example.vn, b@example.vn", "a\x00@example.vn",
     f"a@{'b.' * 130}vn"],
)  # fmt: skip
def test_address_that_is_none_is_refused(address):
    with pytest.raises(ValidationError):
        queued(to=address)
    assert Letter.objects.count() == 0


def test_text_is_plain_and_escapes_nothing():
    body = queued(reference='A & B <c> "d" \x00', about="PH-1").body
    assert 'A & B <c> "d" ' in body
    assert "\x00" not in body
    assert Letter.objects.get().about == "PH-1"


def test_letter_says_that_a_machine_wrote_it():
    queued()
    send_due(timezone.now())
    assert [message.extra_headers for message in mail.outbox] == [
        {"Auto-Submitted": "auto-generated"}
    ]


def test_trouble_after_the_commit_leaves_the_caller_alone(
    broken, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        queued()
    assert [(letter.state, letter.tries) for letter in Letter.objects.all()] == [("queued", 1)]


def test_round_ends_in_time_and_claims_count_from_their_own_time(settings, time_machine):
    settings.EMAIL_BACKEND = f"{__name__}.SlowServer"
    time_machine.move_to(timezone.now(), tick=False)
    clock.shift = time_machine.shift
    for number in range(8):
        queued(f"thu-{number}")
    begun = timezone.now()
    assert send_due(begun) == 5
    claims = Letter.objects.filter(state=LetterState.SENT).order_by("pk")
    waits = [(letter.send_after - begun).total_seconds() for letter in claims]
    assert waits == [600, 615, 630, 645, 660]
    assert send_due(timezone.now()) == 3


def test_letter_survives_a_server_that_is_down_and_goes_out_later(broken, settings):
    letter, now = queued(), timezone.now()
    assert send_due(now) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (LetterState.QUEUED, 1)
    assert letter.last_error == "ConnectionRefusedError"
    assert send_due(now) == 0
    letter.refresh_from_db()
    assert letter.tries == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due(now + timedelta(minutes=2)) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (LetterState.SENT, "")


def test_letter_is_left_as_failed_after_the_last_try_and_can_be_sent_again(broken, settings):
    letter, now = queued(), timezone.now()
    for _ in range(10):
        send_due(now)
        now += timedelta(days=1)
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (LetterState.FAILED, 6)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_again(letter, now=now) is True
    assert send_again(letter, now=now) is False
    assert send_due(now) == 1
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_a_letter_once():
    letter = Letter.objects.create(
        to_email="ai@example.vn", subject="Một thư", body="Một lần.", key="mot",
        created_at=timezone.now(), send_after=timezone.now(),
    )  # fmt: skip
    now = timezone.now()
    sent = at_once(8, lambda: send_now(letter.pk, now=now))
    assert sorted(sent) == [False] * 7 + [True]
    assert len(mail.outbox) == 1


def test_sent_letters_are_emptied_after_a_month_and_their_rows_stay():
    queued()
    send_due(timezone.now())
    assert forget_old(timezone.now() + timedelta(days=29)) == 0
    assert forget_old(timezone.now() + timedelta(days=31)) == 1
    assert forget_old(timezone.now() + timedelta(days=31)) == 0
    letter = Letter.objects.get()
    assert (letter.to_email, letter.body, letter.subject) == ("", "", "Phản hồi đã nhận")


def test_command_sends_what_is_due(capsys):
    queued()
    call_command("send_letters")
    call_command("send_letters")
    assert capsys.readouterr().out.splitlines() == ["1 sent, 0 forgotten", "0 sent, 0 forgotten"]
    assert len(mail.outbox) == 1


def test_letters_given_up_are_emptied_too_and_not_sent_to_nobody():
    letter, now = queued(), timezone.now()
    Letter.objects.update(state=LetterState.FAILED)
    assert forget_old(now + timedelta(days=29)) == 0
    assert forget_old(now + timedelta(days=31)) == 1
    assert send_again(letter, now=now) is False
    letter.refresh_from_db()
    assert (letter.state, letter.to_email, letter.body) == (LetterState.FAILED, "", "")


def test_letter_that_waits_is_never_emptied():
    queued()
    assert forget_old(timezone.now() + timedelta(days=99)) == 0


@pytest.mark.django_db(transaction=True)
def test_many_rounds_at_once_send_each_letter_once():
    now = timezone.now()
    for number in range(5):
        Letter.objects.create(
            to_email="ai@example.vn", subject=f"Thư {number}", body="Một lần.", key=f"k{number}",
            created_at=now, send_after=now,
        )  # fmt: skip
    assert sum(at_once(6, lambda: send_due(now))) == 5
    assert sorted(message.subject for message in mail.outbox) == [f"Thư {n}" for n in range(5)]
