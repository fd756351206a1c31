"""Who may do what with rounds and reports: asked by pages, services and files alike."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from campaign.reporting.choices import (
    EDITABLE,
    RECEIVES,
    SIGNS,
    WRITES,
    Actor,
    ReportState,
    Role,
)
from campaign.reporting.deadlines import Moment
from campaign.reporting.models import Report, Round
from campaign.reporting.workflow import allowed_moves
from campaign.units.choices import UnitKind
from campaign.units.models import Unit
from campaign.units.reach import inside, manages_all, posts_of
from core.moves import Move

# Moves that a lock stops, unless the receiver has asked for more.
STOPPED_BY_LOCK = frozenset({"confirm", "submit"})


def units_to_ask(user: Any) -> QuerySet[Unit]:
    """The schools and departments for which `user` makes rounds: their standing office, in person."""
    rows: QuerySet[Unit] = Unit.objects.active(timezone.localdate()).filter(
        kind__in=[UnitKind.INSTITUTION, UnitKind.DEPARTMENT]
    )
    if user.is_shared:
        return rows.none()
    return rows.filter(inside(user, {Role.STANDING_OFFICE}))


def user_can_ask(user: Any, unit: Unit) -> bool:
    """Whether `user` makes and keeps rounds of `unit`."""
    return units_to_ask(user).filter(pk=unit.pk).exists()


def user_keeps_round(user: Any, asked: Round) -> bool:
    """Whether `user` opens, extends and changes this round."""
    return user_can_ask(user, asked.owner)


def own_units(user: Any) -> set[int]:
    """The units for which `user` himself writes or signs: what waits for him, not all that he reaches below."""
    return {post.at.unit for post in posts_of(user) if post.role in WRITES | SIGNS}


def user_writes(user: Any, report: Report) -> bool:
    """Whether it is for `user` to write it: whoever reports for the unit, at it or above within the school."""
    return Unit.objects.filter(inside(user, WRITES), pk=report.unit_id).exists()


def user_signs(user: Any, report: Report) -> bool:
    """Whether `user` signs it off: head, deputy or leader of this very unit, with his own account."""
    if user.is_shared:
        return False
    return any(post.role in SIGNS and post.at.unit == report.unit_id for post in posts_of(user))


def user_receives(user: Any, report: Report) -> bool:
    """Whether it is sent to `user`: an office of the receiving unit, with his own account."""
    if user.is_shared or report.to_id is None:
        return False
    return any(post.role in RECEIVES and post.at.unit == report.to_id for post in posts_of(user))


def actors_of(user: Any, report: Report) -> set[str]:
    """In which parts `user` moves this report."""
    found: set[str] = set()
    if user_writes(user, report):
        found.add(Actor.WRITER)
    if user_signs(user, report):
        found.add(Actor.HEAD)
    if user_receives(user, report):
        found.add(Actor.RECEIVER)
    return found


def user_can_edit(user: Any, report: Report) -> bool:
    """Whether `user` changes what is written."""
    return report.state in EDITABLE and bool(actors_of(user, report) & {Actor.WRITER, Actor.HEAD})


def moment_of(report: Report, now: Any) -> Moment:
    """Where it stands: days are those of Vietnam, whatever clock the server keeps."""
    return report.term.moment(now, timezone.get_default_timezone())


def lock_problem(report: Report, now: Any) -> str | None:
    """Why nothing is taken now, in words, or None.

    What was given back may be handed in again after the lock.
    """
    moment = moment_of(report, now)
    if moment == Moment.PLANNED:
        return f"Kỳ này mở từ ngày {report.round.opens_on:%d/%m/%Y}: soạn trước được, nộp thì chưa."
    if moment == Moment.LOCKED and report.first_submitted_at is None:
        return (
            f"Kỳ này đã khóa sau ngày {report.locks_on:%d/%m/%Y}. Phần đã soạn vẫn còn; "
            "hãy xin nơi nhận gia hạn."
        )
    return None


def moves_for(user: Any, report: Report, now: Any) -> list[Move]:
    """The moves that `user` may make now."""
    moves = allowed_moves(
        report.state, actors_of(user, report), is_opened=report.opened_at is not None
    )
    if lock_problem(report, now):
        moves = [move for move in moves if move.name not in STOPPED_BY_LOCK]
    return moves


def user_can_remind(user: Any, report: Report) -> bool:
    """Whether `user` reminds of it and gives more time: its receiver, or whoever keeps the round."""
    if report.state == ReportState.PASSED_ON:
        return False
    return user_receives(user, report) or user_keeps_round(user, report.round)


def user_may_report(user: Any) -> bool:
    """Whether reports are on his desk: whoever has a role somewhere."""
    return bool(posts_of(user)) or manages_all(user)
