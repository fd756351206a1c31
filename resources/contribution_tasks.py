"""What of the units' material waits for whom, on the desk's first screen."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from campaign.units.choices import CONFIRMS
from campaign.units.reach import inside, posts_of
from core.registry import DeskTask
from resources.choices import ContributionState
from resources.models import Contribution
from resources.models.contributions import SEES
from resources.permissions import OFFERS

MOST = 5


def may_see_contributions(request: HttpRequest) -> bool:
    """Whether the line stands in the menu: for those who offer for a unit, or watch over it."""
    return any(post.role in SEES for post in posts_of(request.user))


def waiting(request: HttpRequest) -> list[DeskTask]:
    """To pass on; given back to mend. Two queries."""
    return [*_to_pass_on(request.user), *_to_mend(request.user)]


def _to_pass_on(user: Any) -> list[DeskTask]:
    if user.is_shared or not any(post.role in CONFIRMS for post in posts_of(user)):
        return []
    rows = _rows(user, CONFIRMS, ContributionState.WITH_HEAD)
    tasks = [
        DeskTask(f"Chuyển thư viện: {row}", row.get_absolute_url(), "Xem", str(row.unit),
                 tone="soon", state="Chờ bạn")
        for row in rows[:MOST]
    ]  # fmt: skip
    return [*tasks, *_more(len(tasks), rows, "học liệu chờ bạn chuyển thư viện")]


def _to_mend(user: Any) -> list[DeskTask]:
    if not any(post.role in OFFERS for post in posts_of(user)):
        return []
    rows = _rows(user, OFFERS, ContributionState.RETURNED)
    tasks = [
        DeskTask(f"Sửa học liệu: {row}", row.get_absolute_url(), "Sửa", str(row.unit),
                 tone="late", state="Được trả lại")
        for row in rows[:MOST]
    ]  # fmt: skip
    return [*tasks, *_more(len(tasks), rows, "học liệu được trả lại")]


def _rows(user: Any, roles: Any, state: str) -> Any:
    rows = Contribution.objects.filter(inside(user, roles, "unit"), state=state)
    return rows.select_related("unit").order_by("changed_at", "pk")


def _more(shown: int, rows: Any, what: str) -> list[DeskTask]:
    left = rows.count() - shown if shown == MOST else 0
    address = reverse("resources:contributions")
    return [DeskTask(f"Còn {left} {what}", address, "Xem cả")] if left else []
