"""Verbs on messages: take in, assign, answer, ask on, settle, publish, forget."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.feedback.choices import (
    SETTLED,
    Channel,
    FeedbackKind,
    FeedbackState,
)
from campaign.feedback.models import (
    FaqEntry,
    Feedback,
    FeedbackEvent,
    FeedbackSettings,
    Reply,
)
from campaign.feedback.permissions import SENDER_ROLES, roles_of, user_can_publish_faq
from campaign.feedback.rules import MAX_FOLLOW_UPS, due_on
from campaign.feedback.workflow import SENDER, allowed_moves, move_named
from core.models import Holiday
from core.private_links import make_reference, make_token
from core.templatetags.site_tags import absolute
from core.workdays import months_before
from outbox.services import queue_letter
from privacy.models import ConsentText
from privacy.services import record_consent

KEEP_MONTHS = 24


class MoveRefused(Exception):
    """The move is not open any more; the message says why, for the one who pressed the button."""


def submit_feedback(
    *,
    kind: str,
    message: str,
    key: UUID,
    now: datetime,
    full_name: str = "",
    phone: str = "",
    email: str = "",
    about: str = "",
    consents: Iterable[ConsentText] = (),
    channel: str = Channel.WEB,
    entered_by: Any = None,
) -> Feedback:
    """Take a message in, with its consents and a receipt by mail; the same `key` again gives the first one."""
    known = Feedback.objects.filter(key=key).first()
    if known:
        return known
    try:
        with transaction.atomic():
            return _take_in(
                Feedback(
                    kind=FeedbackKind(kind), message=message, full_name=full_name, phone=phone,
                    email=email, about=about, channel=channel, entered_by=entered_by, key=key,
                    received_at=now,
                ),
                consents,
            )  # fmt: skip
    except IntegrityError:
        # The same form came twice at once: the other request has made it.
        known = Feedback.objects.filter(key=key).first()
        if known is None:
            raise
        return known


def _take_in(feedback: Feedback, consents: Iterable[ConsentText]) -> Feedback:
    days = FeedbackSettings.load().answer_days
    received = timezone.localtime(feedback.received_at).date()
    feedback.due_on = due_on(received, days, Holiday.objects.all().days())
    feedback.reference = make_reference("PH")
    feedback.token = make_token()
    feedback.save(force_insert=True)
    for text in consents:
        record_consent(
            text, record=feedback, full_name=feedback.full_name, now=feedback.received_at
        )
    FeedbackEvent.objects.create(
        feedback=feedback, at=feedback.received_at, by=feedback.entered_by, move="receive",
        to_state=FeedbackState.NEW,
    )  # fmt: skip
    _write(feedback, "received", key=f"feedback-received-{feedback.pk}")
    return feedback


def assign_feedback(feedback: Feedback, *, to: Any, by: Any, now: datetime) -> Feedback:
    """Give a message to somebody of the office, who becomes the one to answer."""
    if not roles_of(to):
        raise MoveRefused("Người này không có quyền xử lý phản hồi.")
    with transaction.atomic():
        feedback = _moved(feedback, "assign", by=by, now=now, note=f"Giao cho {to.get_full_name()}")
        feedback.assigned_to = to
        feedback.save(update_fields=["assigned_to"])
    return feedback


def answer_feedback(
    feedback: Feedback, *, text: str, by: Any, now: datetime, key: UUID
) -> Feedback:
    """The office's answer; the sender is told by mail where there is an address. Once for each `key`."""
    with transaction.atomic():
        feedback = _locked(feedback)
        if Reply.objects.filter(key=key).exists():
            return feedback
        if feedback.first_answered_at is None:
            feedback.first_answered_at = now
            feedback.save(update_fields=["first_answered_at"])
        feedback = _moved(feedback, "answer", by=by, now=now)
        reply = Reply.objects.create(
            feedback=feedback, from_office=True, text=text, at=now, by=by, key=key
        )
        if feedback.assigned_to_id is None:
            feedback.assigned_to = by
            feedback.save(update_fields=["assigned_to"])
        _write(feedback, "answered", key=f"feedback-answered-{reply.pk}")
    return feedback


def reject_feedback(feedback: Feedback, *, reason: str, by: Any, now: datetime) -> Feedback:
    """Not for this office, or no message at all; the reason is shown to the sender."""
    with transaction.atomic():
        return _moved(feedback, "reject", by=by, now=now, note=reason)


def close_feedback(feedback: Feedback, *, by: Any, now: datetime) -> Feedback:
    """Nothing more to say."""
    with transaction.atomic():
        return _moved(feedback, "close", by=by, now=now)


def reopen_feedback(feedback: Feedback, *, by: Any, now: datetime) -> Feedback:
    """Take a settled message up again."""
    with transaction.atomic():
        return _moved(feedback, "reopen", by=by, now=now)


def ask_on(feedback: Feedback, *, text: str, now: datetime, key: UUID) -> Feedback:
    """The sender, by the private link, asks on after an answer. Once for each `key`."""
    with transaction.atomic():
        feedback = _locked(feedback)
        if Reply.objects.filter(key=key).exists():
            return feedback
        asked = feedback.replies.filter(from_office=False).count()
        if asked >= MAX_FOLLOW_UPS:
            raise MoveRefused("Bạn đã hỏi thêm nhiều lần. Xin gọi điện để được giải đáp nhanh hơn.")
        feedback = _moved(feedback, "ask", by=None, now=now)
        Reply.objects.create(feedback=feedback, from_office=False, text=text, at=now, key=key)
    return feedback


def settle_feedback(feedback: Feedback, *, now: datetime) -> Feedback:
    """The sender says that all is clear."""
    with transaction.atomic():
        return _moved(feedback, "settle", by=None, now=now)


def publish_as_faq(
    feedback: Feedback, *, question: str, answer: str, heading: str, by: Any, now: datetime
) -> FaqEntry:
    """Put a message and its answer before everybody, in the words of the office; once for each message."""
    if not user_can_publish_faq(by):
        raise PermissionDenied
    with transaction.atomic():
        feedback = _locked(feedback)
        if feedback.first_answered_at is None:
            raise MoveRefused("Chưa có câu trả lời để đăng.")
        entry = FaqEntry.objects.filter(source=feedback).first() or FaqEntry(source=feedback)
        entry.question, entry.answer, entry.heading = question, answer, heading
        entry.is_published = True
        entry.published_on = timezone.localtime(now).date()
        entry.full_clean(exclude=["source"])
        entry.save()
        FeedbackEvent.objects.create(
            feedback=feedback, at=now, by=by, move="publish", from_state=feedback.state,
            to_state=feedback.state, note="Đưa vào Hỏi đáp",
        )  # fmt: skip
    return entry


def purge_feedback(now: datetime) -> int:
    """Forget words and persons of what was settled long ago; kind, dates and outcome stay for the figures."""
    before = months_before(now, KEEP_MONTHS)
    old = Feedback.objects.filter(
        state__in=SETTLED, settled_at__lt=before, purged_at__isnull=True
    ).values_list("pk", flat=True)
    purged = 0
    for pk in list(old):
        with transaction.atomic():
            Reply.objects.filter(feedback=pk).delete()
            FeedbackEvent.objects.filter(feedback=pk).update(note="")
            feedback = Feedback.objects.get(pk=pk)
            for name in ("message", "full_name", "phone", "email", "about"):
                setattr(feedback, name, "")
            feedback.token = make_token()
            feedback.purged_at = now
            feedback.save()
            purged += 1
    return purged


def _locked(feedback: Feedback) -> Feedback:
    return Feedback.objects.select_for_update().get(pk=feedback.pk)


def _moved(feedback: Feedback, name: str, *, by: Any, now: datetime, note: str = "") -> Feedback:
    """The message after the move, inside the caller's transaction; refused when the move is not open."""
    feedback = _locked(feedback)
    move = move_named(name)
    roles = SENDER_ROLES if move.role == SENDER else roles_of(by)
    if not roles:
        raise PermissionDenied
    if move not in allowed_moves(feedback.state, roles):
        state = feedback.get_state_display().lower()
        raise MoveRefused(f"Phản hồi này {state}: không “{move.label.lower()}” được nữa.")
    before, feedback.state = feedback.state, FeedbackState(move.target)
    feedback.settled_at = now if feedback.state in SETTLED else None
    feedback.save(update_fields=["state", "settled_at"])
    FeedbackEvent.objects.create(
        feedback=feedback, at=now, by=by, move=name, from_state=before, to_state=feedback.state,
        note=note[:500],
    )  # fmt: skip
    return feedback


def _write(feedback: Feedback, template: str, *, key: str) -> None:
    """A letter to the sender, who gets the private link and not the words: mail is read by others too."""
    if not feedback.email:
        return
    queue_letter(
        to=feedback.email,
        subject=f"Phản hồi {feedback.reference}: "
        + ("đã nhận" if template == "received" else "có câu trả lời"),
        template=f"feedback_{template}",
        context={
            "reference": feedback.reference,
            "link": absolute(feedback.get_absolute_url()),
            "due_on": feedback.due_on,
        },
        key=key,
        now=feedback.received_at if template == "received" else timezone.now(),
    )
