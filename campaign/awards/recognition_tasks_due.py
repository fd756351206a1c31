"""What of the first tier waits for whom, on the desk's first screen."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from campaign.awards.choices import WRITES
from campaign.awards.models import RecognitionList
from campaign.awards.recognition_choices import RecognitionState
from campaign.units.choices import Role
from campaign.units.reach import posts_of
from core.registry import DeskTask

MOST = 6


def waiting(request: HttpRequest) -> list[DeskTask]:
    """Given back, to be mended; sent, to be decided on."""
    posts = posts_of(request.user)
    writing = {post.at.unit for post in posts if post.role in WRITES | {Role.STANDING_OFFICE}}
    leading = {post.at.unit for post in posts if post.role == Role.LEADER}
    rows = RecognitionList.objects.filter(unit__in=writing, state=RecognitionState.RETURNED)
    mending = [
        DeskTask(f"Bổ sung: {row}", row.get_absolute_url(), "Sửa", row.unit.name, tone="late",
                 state="Được trả lại")
        for row in (rows.select_related("unit")[:MOST] if writing else ())
    ]  # fmt: skip
    user: Any = request.user
    return mending if user.is_shared or not leading else [*mending, *_to_decide(user, leading)]


def _to_decide(user: Any, leading: set[int]) -> list[DeskTask]:
    """One line, however many there are; what he has sent himself is for somebody else."""
    sent = RecognitionList.objects.filter(
        institution__in=leading, state=RecognitionState.SENT
    ).exclude(sent_by=user)
    rows = list(sent.order_by("sent_at", "pk")[:MOST])
    if not rows:
        return []
    if len(rows) == 1:
        return [DeskTask(f"Biểu dương: {rows[0]}", rows[0].get_absolute_url(), "Quyết định",
                         rows[0].of_whom, tone="soon", state="Chờ quyết định")]  # fmt: skip
    said = f"{sent.count()} danh sách biểu dương chờ quyết định"
    return [DeskTask(said, reverse("recognition:lists") + "?cua=trinh", "Xem", tone="soon",
                     state="Chờ quyết định")]  # fmt: skip
