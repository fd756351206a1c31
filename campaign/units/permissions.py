"""Who may do what with units and their people: predicates that lists, pages, files and the admin all ask."""

from typing import Any

from django.db.models import F, Q

from campaign.units.choices import KEEPS_PEOPLE, SEES_PEOPLE, LinePurpose, Role, UnitKind
from campaign.units.models import Person, Unit
from campaign.units.posts import (
    confirm_problem,
    holds_any,
    is_under,
    letting_go_problem,
    may_grant,
    reset_problem,
)
from campaign.units.queries import recipient_of
from campaign.units.reach import inside, manages_all, posts_of, sent, spot_of


def user_can_see_tree(user: Any) -> bool:
    """Whether `user` works with units in the staff area."""
    return bool(user.has_perm("units.view_unit"))


def tree_seen_by(user: Any) -> Any:
    """Units that `user` walks through in the staff area: a standing office its own; site-wide staff all.

    Names and places of units are public; it is a matter of sight, not of secrecy.
    """
    if manages_all(user) or (user_can_see_tree(user) and is_staff(user)):
        return Unit.objects.all()
    return Unit.objects.filter(sent(user, {Role.STANDING_OFFICE}))


def tree_shaped_by(user: Any) -> Any:
    """Units that `user` may move others under or merge others into: the rows of `user_can_shape_tree`."""
    if manages_all(user):
        return Unit.objects.all()
    schools = sent(user, {Role.STANDING_OFFICE}) & Q(institution=F("pk"))
    return Unit.objects.filter(inside(user, {Role.STANDING_OFFICE}) | schools)


def user_can_shape_tree(user: Any, unit: Unit | None = None) -> bool:
    """Whether `user` may change `unit` itself: its name, letterhead, enrolment; None: the top of the tree.

    The standing office shapes all below its unit; a department's also founds, moves and ends schools, but
    leaves to each school what lies inside it.
    """
    if manages_all(user):
        return True
    if unit is None:
        return False
    return holds_any(posts_of(user), {Role.STANDING_OFFICE}, spot_of(unit)) or (
        unit.institution_id == unit.pk
        and any(
            post.role == Role.STANDING_OFFICE and is_under(unit.path, post.at.path)
            for post in posts_of(user)
        )
    )


def user_can_add_below(user: Any, unit: Unit | None) -> bool:
    """Whether `user` may add units below `unit` (None: at the top). What lies in a school is its own."""
    if manages_all(user):
        return True
    return unit is not None and holds_any(posts_of(user), {Role.STANDING_OFFICE}, spot_of(unit))


def user_can_uproot(user: Any, unit: Unit) -> bool:
    """Whether `user` may move, merge or end `unit`: who shapes what it stands under; nobody his own top."""
    if manages_all(user):
        return True
    above = unit.get_parent()
    return above is not None and user_can_shape_tree(user, unit) and user_can_add_below(user, above)


def user_can_see_people(user: Any, unit: Unit) -> bool:
    """Whether `user` sees the roster of `unit`."""
    return manages_all(user) or holds_any(posts_of(user), SEES_PEOPLE, spot_of(unit))


def user_can_keep_people(user: Any, unit: Unit) -> bool:
    """Whether `user` adds, moves and lets go people of `unit`; never with an account shared by an office."""
    if user.is_shared:
        return False
    return manages_all(user) or holds_any(posts_of(user), KEEPS_PEOPLE, spot_of(unit))


def user_can_grant(user: Any, role: str, unit: Unit) -> bool:
    """Whether `user` may give and end `role` at `unit`."""
    if user.is_shared:
        return False
    return manages_all(user) or may_grant(posts_of(user), role, spot_of(unit))


def user_can_draw_lines(user: Any, unit: Unit) -> bool:
    """Whether `user` says whom `unit` reports to: the standing office above it."""
    return user_can_shape_tree(user, unit)


def user_can_confirm(user: Any, unit: Unit, *, author: int | None) -> bool:
    """Whether `user` may confirm what `author` entered for `unit`."""
    return confirming_problem(user, unit, author=author) is None


def confirming_problem(user: Any, unit: Unit, *, author: int | None) -> str | None:
    """Why not, in words. Asks the unit that confirms for `unit` by the lines of today."""
    where = recipient_of(unit, LinePurpose.CONFIRM)
    return confirm_problem(
        posts_of(user), spot_of(where or unit), user=user.pk, author=author, shared=user.is_shared
    )


def deciding_problem(user: Any, where: Unit, *, author: int | None, roles: Any) -> str | None:
    """Why `user` can't decide at `where`, in one of `roles` there, on what `author` entered; None: he can.

    Unlike `confirming_problem` it asks no line: whoever sends has asked already, and `where` was kept.
    """
    return confirm_problem(
        posts_of(user),
        spot_of(where),
        user=user.pk,
        author=author,
        shared=user.is_shared,
        roles=roles,
    )


def user_can_receive(user: Any, unit: Unit) -> bool:
    """Whether `user` acts for `unit` as a receiver: rights over what is sent there, and nothing more."""
    acting = {Role.STANDING_OFFICE, Role.UNIT_HEAD, Role.DEPUTY}
    return any(post.role in acting and post.at.unit == unit.pk for post in posts_of(user))


def slip_problem(user: Any, person: Person) -> str | None:
    """Why `user` can't give `person` a new slip, in words, or None."""
    if user.is_shared:
        return "Tài khoản dùng chung không cấp phiếu được."
    other = person.user
    if other is None:
        allowed = user_can_keep_people(user, person.unit)
        return None if allowed else "Người này không thuộc đơn vị của bạn."
    if manages_all(user) and other.pk != user.pk:
        return None
    return reset_problem(
        posts_of(user),
        spot_of(person.unit),
        held=posts_of(other),
        is_staff=is_staff(other),
        used=other.last_login is not None,
        oneself=other.pk == user.pk,
    )


def user_can_let_go(user: Any, person: Person) -> bool:
    """Whether `user` may end the person's time at the school, and with it the account."""
    if user.is_shared or (person.user_id is not None and person.user_id == user.pk):
        return False
    if manages_all(user):
        return True
    other = person.user
    return letting_go_problem(
        posts_of(user),
        spot_of(person.unit),
        held=posts_of(other) if other else (),
        is_staff=is_staff(other) if other else False,
    ) is None  # fmt: skip


def is_staff(user: Any) -> bool:
    """Whether the account has rights on the whole site, beyond those that follow from roles in units."""
    from accounts.choices import SiteRole

    # In Python, so that a list may fetch the groups of everybody beforehand.
    return user.is_superuser or any(group.name in SiteRole.values for group in user.groups.all())


def user_can_import(user: Any, top: Unit) -> bool:
    """Whether `user` imports the parts and people of a school, or the schools of a department.

    The standing office there, in person.
    """
    if user.is_shared or top.kind not in (UnitKind.INSTITUTION, UnitKind.DEPARTMENT):
        return False
    return manages_all(user) or holds_any(posts_of(user), {Role.STANDING_OFFICE}, spot_of(top))
