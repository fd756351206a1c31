"""Who may do what with units and their people: predicates that lists, pages, files and the admin all ask."""

from typing import Any

from campaign.units.choices import KEEPS_PEOPLE, SEES_PEOPLE, LinePurpose, Role
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
from campaign.units.reach import manages_all, posts_of, spot_of


def user_can_see_tree(user: Any) -> bool:
    """Whether `user` works with units in the staff area."""
    return bool(user.has_perm("units.view_unit"))


def user_can_shape_tree(user: Any, unit: Unit | None = None) -> bool:
    """Whether `user` may change `unit` or add below it; None: add at the top of the tree.

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

    return user.is_superuser or user.groups.filter(name__in=SiteRole.values).exists()
