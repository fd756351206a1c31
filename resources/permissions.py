"""Who may do what in the library beyond Wagtail's own rights on pages."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from campaign.units.choices import CONFIRMS, Role
from campaign.units.models import Unit
from campaign.units.posts import holds_any
from campaign.units.reach import posts_of, spot_of
from resources.choices import ItemKind, Part
from resources.contribution_workflow import Move, allowed_moves
from resources.models import Contribution, LibraryItemPage
from resources.models.contributions import JUDGE
from resources.models.health import KEEP

# Who offers material in the name of a unit.
OFFERS = frozenset({Role.REPORTER, *CONFIRMS})


def user_can_edit_questions(user: Any, item: LibraryItemPage) -> bool:
    """Whether `user` may change the questions of `item`.

    What is stored is asked at once: on a public page that is for those who may publish it.
    """
    if item.kind != ItemKind.QUESTIONS:
        return False
    rights = item.permissions_for_user(user)
    return bool(rights.can_publish() if item.live else rights.can_edit())


def units_to_offer_for(user: Any) -> QuerySet[Unit]:
    """Units that `user` offers material for: those he reports for, heads, or acts for as deputy."""
    own = {post.at.unit for post in posts_of(user) if post.role in OFFERS}
    rows: QuerySet[Unit] = Unit.objects.active(timezone.localdate())
    return rows.filter(pk__in=own)


def user_can_offer(user: Any) -> bool:
    """Whether `user` offers material at all."""
    return any(post.role in OFFERS for post in posts_of(user))


def user_judges(user: Any) -> bool:
    """Whether `user` decides on what units offer."""
    return bool(user.has_perm(JUDGE))


def parts_of(user: Any, contribution: Contribution) -> set[str]:
    """In which parts `user` moves this contribution."""
    found: set[str] = set()
    posts, spot = posts_of(user), spot_of(contribution.unit)
    if holds_any(posts, OFFERS, spot):
        found.add(Part.WRITER)
    # An account shared by an office drafts and passes nothing on.
    if not user.is_shared and holds_any(posts, CONFIRMS, spot):
        found.add(Part.HEAD)
    if user_judges(user):
        found.add(Part.LIBRARIAN)
    return found


def user_can_edit_contribution(user: Any, contribution: Contribution) -> bool:
    """Whether `user` changes what is written, until it is handed on."""
    return contribution.is_open and Part.WRITER in parts_of(user, contribution)


def moves_for(user: Any, contribution: Contribution) -> list[Move]:
    """The moves that `user` may make now."""
    return allowed_moves(contribution.state, parts_of(user, contribution))


def user_keeps_library(user: Any) -> bool:
    """Whether `user` looks after the library's health."""
    return bool(user.has_perm(KEEP))
