"""Makes messages, questions, contacts."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone

from campaign.feedback.models import ContactPoint, FaqEntry, Feedback
from campaign.feedback.services import answer_feedback, submit_feedback

MESSAGE = "Tôi không mở được tài khoản định danh, xin chỉ giúp."


def make_feedback(*, now: datetime | None = None, **fields: Any) -> Feedback:
    """A message as it comes in."""
    fields.setdefault("kind", "question")
    fields.setdefault("message", MESSAGE)
    fields.setdefault("key", uuid4())
    return submit_feedback(now=now or timezone.now(), **fields)


def make_answered(by: Any, *, text: str = "Mời bạn ra trụ sở xã.", **fields: Any) -> Feedback:
    """A message that `by` has answered."""
    feedback = make_feedback(**fields)
    return answer_feedback(feedback, text=text, by=by, now=timezone.now(), key=uuid4())


def make_faq(question: str = "Học có mất tiền không?", **fields: Any) -> FaqEntry:
    """A published question."""
    fields.setdefault("answer", "<p>Không mất tiền.</p>")
    return FaqEntry.objects.create(question=question, **fields)


def make_contact(function: str = "Hỗ trợ kỹ năng số", **fields: Any) -> ContactPoint:
    """A contact that everybody sees."""
    return ContactPoint.objects.create(function=function, **fields)
