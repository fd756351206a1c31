"""Who may do what with an activity: asked by pages, services and files alike."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from campaign.activities.choices import COUNTED, DECIDES, EDITABLE, MAY_ENTER, ActivityState, Actor
from campaign.activities.models import Activity
from campaign.activities.workflow import Move, allowed_moves
from campaign.units.choices import Role
from campaign.units.models import TeamMember, Unit
from campaign.units.permissions import deciding_problem
from campaign.units.reach import inside, manages_all, posts_of


def units_to_enter(user: Any) -> QuerySet[Unit]:
    """Units that `user` may enter activities for: his own, his teams, those he reports for or heads."""
    own = {post.at.unit for post in posts_of(user)}
    teams = TeamMember.objects.filter(person__user=user.pk, ends__isnull=True).values("unit")
    rows: QuerySet[Unit] = Unit.objects.active(timezone.localdate())
    return rows.filter(Q(pk__in=own) | Q(pk__in=teams) | inside(user, MAY_ENTER))


def user_can_enter(user: Any) -> bool:
    """Whether `user` enters anything at all: whoever has a role somewhere."""
    return bool(posts_of(user)) or manages_all(user)


def actors_of(user: Any, activity: Activity) -> set[str]:
    """In which parts `user` moves this activity."""
    found: set[str] = set()
    decides = deciding(user, activity) is None
    # Whoever decides gives back with a reason and does not quietly withdraw what another has sent.
    judges = decides and activity.state == ActivityState.SENT and user.pk != activity.author_id
    if user_writes(user, activity) and not judges:
        found.add(Actor.AUTHOR)
    if decides:
        found.add(Actor.CONFIRMER)
    if not user.is_shared and _is_office(user, activity):
        found.add(Actor.OFFICE)
    return found


def user_writes(user: Any, activity: Activity) -> bool:
    """Whether it is for `user` to write it: its author, and those who report for the unit."""
    if user.pk == activity.author_id:
        return True
    return Unit.objects.filter(inside(user, MAY_ENTER), pk=activity.unit_id).exists()


def _is_office(user: Any, activity: Activity) -> bool:
    held = Unit.objects.filter(inside(user, {Role.STANDING_OFFICE}), pk=activity.unit_id)
    return any(post.role == Role.STANDING_OFFICE for post in posts_of(user)) and held.exists()


def deciding(user: Any, activity: Activity) -> str | None:
    """Why `user` can't decide on what was sent, in words, or None. Neither author nor sender decides."""
    where = activity.confirming_unit
    if where is None:
        return "Hoạt động này chưa được gửi."
    author = user.pk if user.pk == activity.sent_by_id else activity.author_id
    return deciding_problem(user, where, author=author, roles=DECIDES)


def user_can_edit(user: Any, activity: Activity) -> bool:
    """Whether `user` changes what is written, until it is sent: its author, who reports for the unit."""
    return activity.state in EDITABLE and user_writes(user, activity)


def moves_for(user: Any, activity: Activity) -> list[Move]:
    """The moves that `user` may make now."""
    return allowed_moves(activity.state, actors_of(user, activity))


def user_can_inspect(user: Any, activity: Activity) -> bool:
    """Whether `user` looks into confirmed activities for the school, and settles what may be double."""
    return Actor.OFFICE in actors_of(user, activity)


def user_is_office(user: Any) -> bool:
    """Whether `user` is a standing office anywhere, in person."""
    return not user.is_shared and any(post.role == Role.STANDING_OFFICE for post in posts_of(user))


def user_can_tell(user: Any, activity: Activity, *, taking_out: bool = False) -> bool:
    """Whether `user` hands the activity to the editors as an article: its writers, its decider, its office.

    Once it is confirmed; a product for the media before that too, since the article is the product. A photo may
    be taken out at any time.
    """
    is_told = activity.state in COUNTED or activity.kind.takes_links
    if not is_told and not taking_out:
        return False
    if user_writes(user, activity) or deciding(user, activity) is None:
        return True
    return _is_office(user, activity)
