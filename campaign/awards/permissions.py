"""Who may do what with rounds, proposals and nominees: asked by pages, services and files alike."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from campaign.awards.choices import (
    EDITABLE,
    PROPOSING,
    READS_SENT,
    SIGNS,
    WRITES,
    Actor,
    NomineeState,
)
from campaign.awards.models import AwardRound, Dossier, Nominee
from campaign.awards.workflow import allowed_moves
from campaign.units.choices import Role, UnitKind
from campaign.units.models import Unit
from campaign.units.reach import inside, manages_all, posts_of
from core.moves import Move

# Moves that the round's days stop; what was given back may come again after them.
STOPPED_BY_DAYS = frozenset({"sign", "submit"})


def schools_to_keep(user: Any) -> QuerySet[Unit]:
    """The schools whose rounds `user` keeps: their standing office, in person."""
    rows: QuerySet[Unit] = Unit.objects.active(timezone.localdate()).filter(
        kind=UnitKind.INSTITUTION
    )
    if user.is_shared:
        return rows.none()
    return rows.filter(inside(user, {Role.STANDING_OFFICE}))


def user_keeps_round(user: Any, asked: AwardRound) -> bool:
    """Whether `user` makes, opens and checks this round."""
    return schools_to_keep(user).filter(pk=asked.owner_id).exists()


def user_sits_over(user: Any, asked: AwardRound) -> bool:
    """Whether `user` reads all that was handed in: the office, the council, the leader of the school."""
    if manages_all(user):
        return True
    return any(
        post.role in READS_SENT and post.at.unit == asked.owner_id for post in posts_of(user)
    )


def units_to_propose(user: Any, asked: AwardRound) -> QuerySet[Unit]:
    """The offices, faculties and Youth Union of the school for which `user` may make a proposal."""
    return units_proposed_for(user, {asked.owner_id})


def units_proposed_for(user: Any, schools: Collection[int]) -> QuerySet[Unit]:
    """The same, of several schools."""
    rows: QuerySet[Unit] = Unit.objects.active(timezone.localdate()).filter(
        institution__in=schools, kind__in=PROPOSING
    )
    return rows.filter(inside(user, WRITES))


def user_writes(user: Any, dossier: Dossier) -> bool:
    """Whether it is for `user` to write it: whoever reports for the unit, at it or above in the school."""
    return Unit.objects.filter(inside(user, WRITES), pk=dossier.unit_id).exists()


def user_signs(user: Any, dossier: Dossier) -> bool:
    """Whether `user` signs it off: the head, or his deputy, of this very unit, with his own account."""
    if user.is_shared:
        return False
    return any(post.role in SIGNS and post.at.unit == dossier.unit_id for post in posts_of(user))


def user_checks(user: Any, dossier: Dossier) -> bool:
    """Whether `user` is the standing office that checks it, in person; nobody checks what he has signed."""
    if user.is_shared or user.pk == dossier.signed_by_id:
        return False
    held = {Role.STANDING_OFFICE}
    return any(
        post.role in held and post.at.unit == dossier.round.owner_id for post in posts_of(user)
    )


def actors_of(user: Any, dossier: Dossier) -> set[str]:
    """In which parts `user` moves this proposal."""
    found: set[str] = set()
    if user_writes(user, dossier):
        found.add(Actor.WRITER)
    if user_signs(user, dossier):
        found.add(Actor.HEAD)
    if user_checks(user, dossier):
        found.add(Actor.OFFICE)
    return found


def days_problem(dossier: Dossier, now: Any) -> str | None:
    """Why nothing is taken now, in words, or None. What was given back may come again after the last day."""
    today = timezone.localtime(now).date()
    asked = dossier.round
    if not asked.is_open:
        return "Đợt này chưa mở."
    if today < asked.opens_on:
        return (
            f"Đợt này nhận hồ sơ từ ngày {asked.opens_on:%d/%m/%Y}: soạn trước được, nộp thì chưa."
        )
    if today > dossier.closes_on and dossier.first_submitted_at is None:
        return (
            f"Đợt này đã hết hạn nhận sau ngày {dossier.closes_on:%d/%m/%Y}. Phần đã soạn vẫn còn; "
            "hãy xin thường trực gia hạn."
        )
    return None


def moves_for(user: Any, dossier: Dossier, now: Any) -> list[Move]:
    """The moves that `user` may make now."""
    moves = allowed_moves(
        dossier.state, actors_of(user, dossier), is_opened=dossier.opened_at is not None
    )
    if days_problem(dossier, now):
        moves = [move for move in moves if move.name not in STOPPED_BY_DAYS]
    return moves


def user_can_edit(user: Any, dossier: Dossier) -> bool:
    """Whether `user` changes who is proposed and what is said."""
    parts = {Actor.WRITER, Actor.HEAD}
    return dossier.state in EDITABLE and bool(actors_of(user, dossier) & parts)


def user_can_edit_nominee(user: Any, nominee: Nominee) -> bool:
    """Whether `user` changes this one: of what was given back, only what was found wanting or is new."""
    if nominee.state == NomineeState.WITHDRAWN:
        return False
    return user_can_edit(user, nominee.dossier) and nominee.state != NomineeState.PASSED


def user_sees_personal(user: Any, dossier: Dossier) -> bool:
    """Whether phone, birth date and student code are shown: to those who handle the proposal alone."""
    return (
        manages_all(user)
        or bool(actors_of(user, dossier))
        or (
            not user.is_shared
            and any(
                post.role == Role.COUNCIL_SECRETARY and post.at.unit == dossier.round.owner_id
                for post in posts_of(user)
            )
        )
    )


def user_handles_round(user: Any, asked: AwardRound) -> bool:
    """Whether `user` sees everybody's personal data in a round: who checks it and who keeps the minutes."""
    held = {Role.STANDING_OFFICE, Role.COUNCIL_SECRETARY}
    if manages_all(user):
        return True
    return not user.is_shared and any(
        post.role in held and post.at.unit == asked.owner_id for post in posts_of(user)
    )


def user_meets_awards(user: Any) -> bool:
    """Whether awards are on his desk: who writes, signs, checks or sits over proposals somewhere."""
    return manages_all(user) or any(
        post.role in WRITES | SIGNS | READS_SENT and post.at.institution for post in posts_of(user)
    )
