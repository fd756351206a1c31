"""The demo's contacts, questions and answers: every person in them is plainly demo."""

from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone
from django.utils.html import linebreaks

from accounts.models import User
from accounts.services import ensure_demo_accounts
from campaign.feedback import services
from campaign.feedback.forms import CONTACT, PUBLISHING
from campaign.feedback.models import ContactPoint, FaqEntry, Feedback
from home.demo.reading import read
from privacy.services import current_text


def load_feedback() -> None:
    """Contacts, questions and messages in several states that are not there yet."""
    if not ContactPoint.objects.exists():
        _contacts()
    if not FaqEntry.objects.exists():
        _questions()
    if not Feedback.objects.exists():
        ensure_demo_accounts()
        for row in read("feedback")["feedback"]:
            _message(row)


def _contacts() -> None:
    for row in read("contacts")["contact"]:
        contact = ContactPoint(**row)
        contact.full_clean()
        contact.save()


def _questions() -> None:
    names = {row["slug"]: row["name"] for row in read("topics")["topic"]}
    for row in read("faq")["faq"]:
        entry = FaqEntry(
            question=row["question"],
            answer=row["answer_html"].strip(),
            heading=names.get(row["topic"], "Lớp học và phong trào"),
            # What is asked by everybody stands first.
            order=row["order"] + (500 if row["topic"] else 0),
            published_on=timezone.localdate(),
        )
        entry.full_clean()
        entry.save()


def _key(*parts: object) -> UUID:
    return uuid5(NAMESPACE_URL, "/".join(map(str, parts)))


def _ago(days: int, hour: int = 9) -> datetime:
    day = timezone.localtime() - timedelta(days=days)
    return min(day.replace(hour=hour, minute=15), timezone.localtime())


def _message(row: dict[str, Any]) -> None:
    """Through the services, as it happens in life, on days of its own."""
    named = any(row.get(name) for name in ("full_name", "phone", "email"))
    wanted = [CONTACT] * named + [PUBLISHING] * row.get("publish", False)
    feedback = services.submit_feedback(
        kind=row["kind"],
        message=row["message"].strip(),
        full_name=row.get("full_name", ""),
        phone=row.get("phone", ""),
        # The demo writes to nobody.
        email="",
        key=_key("feedback", row["key"]),
        now=_ago(row["days_ago"]),
        consents=[current_text(key) for key in wanted],
    )
    clerk = User.objects.get(username=f"demo.{row.get('assigned') or 'editor'}")
    if row.get("assigned"):
        services.assign_feedback(feedback, to=clerk, by=clerk, now=_ago(row["days_ago"], 10))
    for number, reply in enumerate(row.get("replies", [])):
        act = {"text": reply["text"].strip(), "key": _key("reply", row["key"], number)}
        now = _ago(reply["days_ago"], 14)
        if reply["by"] == "office":
            services.answer_feedback(feedback, by=clerk, now=now, **act)
        else:
            services.ask_on(feedback, now=now, **act)
    _finish(feedback, row, clerk)


def _finish(feedback: Feedback, row: dict[str, Any], clerk: User) -> None:
    now = timezone.now()
    if row["state"] == "closed":
        services.settle_feedback(feedback, now=now)
    elif row["state"] == "rejected":
        reason = row.get("reason") or "Nội dung này không thuộc việc nhà trường phụ trách."
        services.reject_feedback(feedback, reason=reason, by=clerk, now=now)
    if row.get("publish"):
        _publish(feedback, row)


def _publish(feedback: Feedback, row: dict[str, Any]) -> None:
    publisher = User.objects.get(username="demo.publisher")
    answer = feedback.replies.filter(from_office=True).last()
    services.publish_as_faq(
        feedback,
        question=row.get("faq_question") or row["message"].strip()[:200],
        answer=linebreaks(answer.text if answer else ""),
        heading=row.get("faq_heading", ""),
        by=publisher,
        now=timezone.now(),
    )
