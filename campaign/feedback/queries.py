"""Reads of messages and questions."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from campaign.feedback.choices import FeedbackState
from campaign.feedback.models import ContactPoint, FaqEntry, Feedback
from campaign.feedback.rules import Figures, Timing, answer_figures
from core.models import Holiday
from core.models.cases import same_person
from privacy.registry import FoundRecord


def contacts() -> list[ContactPoint]:
    """Whom readers may turn to."""
    return list(ContactPoint.objects.filter(is_public=True))


def faq_groups() -> list[tuple[str, list[FaqEntry]]]:
    """Published questions by their heading, in the order of each heading's first question."""
    groups: dict[str, list[FaqEntry]] = {}
    for entry in FaqEntry.objects.live():
        groups.setdefault(entry.heading, []).append(entry)
    # What has no heading stands last, as “other questions”.
    return sorted(groups.items(), key=lambda group: group[0] == "")


def figures_since(first: date, today: date) -> Figures:
    """How the office has answered what came in since `first`; what was not accepted does not count."""
    rows = (
        Feedback.objects.exclude(state=FeedbackState.REJECTED)
        .filter(received_at__date__gte=first)
        .values_list("received_at", "due_on", "first_answered_at")
    )
    timings = [Timing(_day(came), due, _day(answered)) for came, due, answered in rows]
    return answer_figures([t for t in timings if t.received], today, Holiday.objects.all().days())


def feedback_of(full_name: str, phone: str, email: str) -> list[FoundRecord]:
    """Messages under this telephone number, address or name, the newest first."""
    return [
        FoundRecord(
            label=f"{found.get_kind_display()} {found.reference}",
            url=reverse("feedback_feedback_modeladmin_inspect", args=[found.pk]),
            when=found.received_at,
        )
        for found in Feedback.objects.filter(same_person(full_name, phone, email))[:50]
    ]


def _day(moment: Any) -> Any:
    return timezone.localtime(moment).date() if moment else None


def quarter_before(today: date) -> date:
    """Ninety days back: the stretch the office's figures look at."""
    return today - timedelta(days=90)
