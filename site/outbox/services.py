"""Verbs on letters: queue, send, send again, forget.

A letter is a row of the caller's transaction: nothing goes out for what was rolled back, and nothing is lost
while the mail server is down. A letter is claimed by one UPDATE before it is sent, so that two workers never
send the same one; whoever dies after claiming leaves it to the next try.

Address and text are personal data: they go a month after a letter was sent, or was given up.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction
from django.db.models import F, Q
from django.template import Context, Engine
from django.utils import timezone

from core.text import clean
from outbox.choices import LetterState
from outbox.models import Letter
from outbox.rules import KEPT_AFTER_SENDING, next_try
from outbox.tasks import send_letter

# How long a mail server may take; a claim lasts much longer, so that no second worker comes in between.
PATIENCE_SECONDS = 20
CLAIMED_FOR = timedelta(minutes=10)
# A round ends in time for the other timers, also while the mail server hangs.
AT_ONCE = 200
ROUND = timedelta(minutes=1)
# Nobody's answering machine shall write back.
HEADERS = {"Auto-Submitted": "auto-generated"}
LONGEST_ADDRESS = 254


def queue_letter(
    *,
    to: str,
    subject: str,
    template: str,
    context: dict[str, Any],
    key: str,
    now: datetime,
    about: str = "",
) -> Letter:
    """Keep a letter in the caller's transaction and try to send it once that is committed.

    `template` names `emails/<template>.txt`; `about` is the reference of what it is about, for the list.
    The same `key` again gives the first letter. Raises ValidationError for an address that is none.
    """
    MaxLengthValidator(LONGEST_ADDRESS)(to)
    validate_email(to)
    letter, created = Letter.objects.get_or_create(
        key=key,
        defaults={
            "to_email": to,
            # A line break would begin another header.
            "subject": " ".join(clean(subject).split())[:200],
            "body": _written(template, context),
            "about": about[:60],
            "created_at": now,
            "send_after": now,
        },
    )
    if created:
        _send_on_commit(letter)
    return letter


def _written(template: str, context: dict[str, Any]) -> str:
    # Plain text: nothing to escape, an "&" stays one. PostgreSQL takes no NUL.
    letter = Engine.get_default().get_template(f"emails/{template}.txt")
    text = letter.render(Context(context, autoescape=False))
    return str(text).replace("\x00", "")


def _send_on_commit(letter: Letter) -> None:
    # Robust: a queue in trouble must not undo what the caller has done; the timer finds the letter.
    transaction.on_commit(lambda: send_letter.enqueue(letter.pk), robust=True)


def send_now(pk: int, *, now: datetime) -> bool:
    """Send letter `pk` if it is due and nobody else has claimed it; whether it went out."""
    claimed = (
        Letter.objects.due(now)
        .filter(pk=pk)
        .update(send_after=now + CLAIMED_FOR, tries=F("tries") + 1)
    )
    if not claimed:
        return False
    letter = Letter.objects.get(pk=pk)
    try:
        connection = get_connection(timeout=PATIENCE_SECONDS)
        EmailMessage(
            letter.subject,
            letter.body,
            to=[letter.to_email],
            headers=HEADERS,
            connection=connection,
        ).send()
    except Exception as error:  # noqa: BLE001  A mail server fails in many ways; none may lose the letter.
        _postpone(letter, error, now)
        return False
    Letter.objects.filter(pk=pk).update(
        state=LetterState.SENT, sent_at=timezone.now(), last_error=""
    )
    return True


def _postpone(letter: Letter, error: Exception, now: datetime) -> None:
    again = next_try(letter.tries, now)
    # The kind of error alone: its text may quote the address.
    fate = {"last_error": type(error).__name__}
    if again is None:
        Letter.objects.filter(pk=letter.pk).update(state=LetterState.FAILED, **fate)
    else:
        Letter.objects.filter(pk=letter.pk).update(send_after=again, **fate)


def send_due(now: datetime) -> int:
    """Try the letters that are due, for one round at most; how many went out."""
    due = Letter.objects.due(now).order_by("send_after", "pk").values_list("pk", flat=True)
    begun, sent = timezone.now(), 0
    for pk in list(due[:AT_ONCE]):
        # A claim counts from its own time: in a slow round one from the beginning would be over already.
        gone = timezone.now() - begun
        if gone > ROUND:
            break
        sent += send_now(pk, now=now + gone)
    return sent


def send_again(letter: Letter, *, now: datetime) -> bool:
    """Put a failed letter back into the queue; False when it has not failed, or is forgotten already."""
    failed = Letter.objects.filter(pk=letter.pk, state=LetterState.FAILED).exclude(to_email="")
    again = failed.update(state=LetterState.QUEUED, tries=0, send_after=now)
    if again:
        _send_on_commit(letter)
    return bool(again)


def forget_old(now: datetime) -> int:
    """Empty address and text of what was sent or given up long ago; subject and times stay. How many."""
    before = now - KEPT_AFTER_SENDING
    done = Q(state=LetterState.SENT, sent_at__lt=before)
    given_up = Q(state=LetterState.FAILED, send_after__lt=before)
    old = Letter.objects.filter(done | given_up).exclude(to_email="", body="")
    return old.update(to_email="", body="")
