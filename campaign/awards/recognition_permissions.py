"""Who may do what with lists of the first tier: asked by pages, services and files alike."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from campaign.awards.choices import PROPOSING, SIGNS, WRITES
from campaign.awards.models import RecognitionList
from campaign.awards.recognition_choices import EDITABLE_LISTS, RecognitionPart
from campaign.awards.recognition_workflow import recognition_moves
from campaign.units.choices import Role, UnitKind
from campaign.units.models import Unit
from campaign.units.reach import inside, manages_all, posts_of
from core.moves import Move

_OFFICE = frozenset({Role.STANDING_OFFICE})


def units_to_praise(user: Any) -> QuerySet[Unit]:
    """The units for which `user` begins lists: those he writes for; for the office its whole school."""
    rows: QuerySet[Unit] = Unit.objects.active(timezone.localdate())
    if manages_all(user):
        # Without a place to begin, a province's ten thousand units are no choice.
        return rows.filter(pk__in=[post.at.unit for post in posts_of(user)], kind__in=PROPOSING)
    parts = Q(kind__in=PROPOSING, institution__isnull=False) & inside(user, WRITES)
    schools = Q(kind=UnitKind.INSTITUTION) & inside(user, WRITES | _OFFICE)
    return rows.filter(parts | schools)


def user_writes_list(user: Any, listing: RecognitionList) -> bool:
    """Whether it is for `user` to write it: whoever reports for the unit; the office for the school's own."""
    roles = WRITES | _OFFICE if listing.is_of_school else WRITES
    return Unit.objects.filter(inside(user, roles), pk=listing.unit_id).exists()


def user_sends_list(user: Any, listing: RecognitionList) -> bool:
    """Whether `user` sends it: the head or deputy of this very unit, for the school its office; in person."""
    if user.is_shared:
        return False
    roles = SIGNS | _OFFICE if listing.is_of_school else SIGNS
    return any(post.role in roles and post.at.unit == listing.unit_id for post in posts_of(user))


def user_decides_list(user: Any, listing: RecognitionList) -> bool:
    """Whether `user` is the leader who decides, in person; nobody decides on what he has sent."""
    if user.is_shared or user.pk == listing.sent_by_id:
        return False
    return any(
        post.role == Role.LEADER and post.at.unit == listing.institution_id
        for post in posts_of(user)
    )


def parts_of(user: Any, listing: RecognitionList) -> set[str]:
    """In which parts `user` moves this list."""
    found: set[str] = set()
    if user_writes_list(user, listing):
        found.add(RecognitionPart.WRITER)
    if user_sends_list(user, listing):
        found.add(RecognitionPart.SENDER)
    if user_decides_list(user, listing):
        found.add(RecognitionPart.LEADER)
    return found


def recognition_moves_for(user: Any, listing: RecognitionList) -> list[Move]:
    """The moves that `user` may make now."""
    return recognition_moves(
        listing.state, parts_of(user, listing), is_opened=listing.opened_at is not None
    )


def user_can_edit_list(user: Any, listing: RecognitionList) -> bool:
    """Whether `user` changes who is on it and what is said."""
    parts = {RecognitionPart.WRITER, RecognitionPart.SENDER}
    return listing.state in EDITABLE_LISTS and bool(parts_of(user, listing) & parts)


def user_sees_codes(user: Any, listing: RecognitionList) -> bool:
    """Whether student codes are shown: to those who handle the list, and to the school's office."""
    if manages_all(user) or parts_of(user, listing):
        return True
    return any(
        post.role == Role.STANDING_OFFICE and post.at.unit == listing.institution_id
        for post in posts_of(user)
    )
