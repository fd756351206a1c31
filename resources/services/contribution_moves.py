"""The one door for a contribution's state: handed up, sent, taken back, read, returned, taken up, declined."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from campaign.units.choices import CONFIRMS
from campaign.units.models import Membership, Unit
from campaign.units.posts import reaches
from campaign.units.reach import posts_of, remember_posts, spot_of
from core.moves import Move
from resources.choices import SETTLED, ContributionState
from resources.contribution_rules import problems
from resources.contribution_workflow import allowed_moves, move_named
from resources.models import Contribution, ContributionEvent
from resources.permissions import parts_of
from resources.services.contribution_letters import tell
from resources.services.contributions import locked
from resources.services.taking import make_item

NOBODY = "Chưa có trưởng đơn vị nào để chuyển tiếp: hãy báo Thường trực phong trào giao vai trò trưởng đơn vị."
REASON = "Hãy ghi lý do, để đơn vị biết phải sửa gì."
LONGEST_REASON = 500


class MoveRefused(Exception):
    """Why a move can't be made, in words."""


def move_contribution(
    contribution: Contribution, name: str, *, by: Any, now: datetime, reason: str = ""
) -> Contribution:
    """Make the move called `name`. ValidationError, by field, while something is missing or wrong."""
    move = move_named(name)
    with transaction.atomic():
        held = locked(contribution)
        _must_be_open(held, move, by)
        reason = reason.strip()[:LONGEST_REASON]
        if move.wants_reason and not reason:
            raise ValidationError({"reason": REASON})
        if name in ("send", "hand_up", "pass_on") and (found := problems(held.offer())):
            raise ValidationError(found)
        if name == "hand_up" and not heads_of(held.unit, now):
            raise ValidationError({"": NOBODY})
        if name == "take_up":
            return make_item(held, by=by, then=lambda: _moved(held, move, by, now))
        return _moved(held, move, by, now, reason)


def _must_be_open(held: Contribution, move: Move, by: Any) -> None:
    """PermissionDenied by part, MoveRefused by state."""
    parts = parts_of(by, held)
    if not move.actors & parts:
        raise PermissionDenied
    if move not in allowed_moves(held.state, parts):
        state = ContributionState(held.state).label.lower()
        raise MoveRefused(f"Học liệu này {state}: không “{move.label.lower()}” được nữa.")


def _moved(
    held: Contribution, move: Move, by: Any, now: datetime, reason: str = ""
) -> Contribution:
    before, held.state = held.state, ContributionState(move.target)
    if held.state == ContributionState.SENT:
        held.sent_at = now
    elif held.state == ContributionState.DRAFT:
        # Taken back before anybody has read it: as if it had never been handed in.
        held.sent_at = None
    if held.state in SETTLED:
        held.settled_at, held.settled_by = now, by
    held.changed_at = now
    held.version += 1
    held.save()
    event = ContributionEvent.objects.create(
        contribution=held, at=now, by=by, move=move.name, from_state=before, to_state=held.state,
        note=reason,
    )  # fmt: skip
    tell(held, event, heads=heads_of(held.unit, now) if move.name == "hand_up" else [])
    return held


def heads_of(unit: Unit, now: datetime) -> list[User]:
    """Who passes on what others of the unit have written: its head, his deputy, those above who reach it."""
    day = timezone.localtime(now).date()
    above = [unit.pk, *unit.get_ancestors().values_list("pk", flat=True)]
    rows = Membership.objects.active(day).filter(unit__in=above, role__in=CONFIRMS)
    users = list(
        User.objects.filter(pk__in=rows.values("user"), is_active=True, is_shared=False).order_by(
            "pk"
        )
    )
    remember_posts(users, day)
    return list(_reaching(users, unit, day))


def _reaching(users: Iterable[User], unit: Unit, day: Any) -> Iterable[User]:
    spot = spot_of(unit)
    for user in users:
        if any(post.role in CONFIRMS and reaches(post, spot) for post in posts_of(user, day)):
            yield user
