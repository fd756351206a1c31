"""Who may do what in the library beyond Wagtail's own rights on pages."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from campaign.units.choices import CONFIRMS, SEES_SENT, Role
from campaign.units.models import Unit
from campaign.units.posts import holds_any
from campaign.units.reach import inside, manages_all, posts_of, spot_of
from core.moves import Move
from resources.choices import MENDS_COUNTS, RUNS_SURVEYS, SEES_SURVEYS, ItemKind, Part
from resources.contribution_workflow import allowed_moves
from resources.models import Contribution, LibraryIndexPage, LibraryItemPage, SheetPile, Survey
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


def user_can_begin_banks(user: Any) -> bool:
    """Whether `user` may add items to the library."""
    index = LibraryIndexPage.objects.first()
    return index is not None and bool(index.permissions_for_user(user).can_add_subpage())


def runs_surveys(user: Any) -> bool:
    """Whether `user` makes surveys for some unit of his own."""
    return any(post.role in RUNS_SURVEYS for post in posts_of(user))


def sees_surveys(user: Any) -> bool:
    """Whether `user` has to do with surveys at all."""
    if manages_all(user) or user.has_perm("resources.view_survey"):
        return True
    return any(post.role in SEES_SURVEYS | SEES_SENT for post in posts_of(user))


def user_can_run(user: Any, unit: Unit) -> bool:
    """Whether `user` makes, changes and ends surveys of `unit`."""
    return manages_all(user) or holds_any(posts_of(user), RUNS_SURVEYS, spot_of(unit))


def units_to_enter_for(user: Any, survey: Survey) -> QuerySet[Unit]:
    """The units of `survey` whose sheets on paper `user` counts."""
    rows: QuerySet[Unit] = Unit.objects.filter(pk__in=survey.units.values("unit"))
    return rows.filter(inside(user, RUNS_SURVEYS))


def user_can_enter_for(user: Any, survey: Survey, unit: Unit) -> bool:
    """Whether `user` counts the sheets of `unit`."""
    return units_to_enter_for(user, survey).filter(pk=unit.pk).exists()


def mending_problem(user: Any, pile: SheetPile) -> str | None:
    """Why `user` can't enter anew what another has counted, in words, or None."""
    if user is None or pile.entered_by_id == user.pk or manages_all(user):
        return None
    if holds_any(posts_of(user), MENDS_COUNTS, spot_of(pile.unit)) and not user.is_shared:
        return None
    return "Số này do người khác nhập: chính người đó, trưởng đơn vị hoặc thường trực mới sửa được."


def user_can_import_items(user: Any) -> bool:
    """Whether `user` may bring in many items at once: drafts below the library's page, and their files."""
    if not (user and user.is_active and user.has_perm("resources.add_itemimport")):
        return False
    index = LibraryIndexPage.objects.first()
    return bool(index and index.permissions_for_user(user).can_add_subpage())


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
