"""Who may do what, by posts. Pure: posts and paths come in as values.

A *post* is one role of one user at one unit, as it holds on a day. A role reaches its unit and what stands
below, nothing else. A role held at a department stops at the gates of its schools for everything that is
theirs alone: drafts, dossiers, rosters. Of a school it reaches what the school has sent, and figures.

Nobody confirms his own entry; confirming needs a personal account; an account shared by an office drafts only.
A head is followed by his deputy for the days of the delegation, with the same acts but that of delegating.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaign.units.choices import (
    BEGINS_SCHOOL,
    CONFIRMS,
    DRAFTS_ONLY,
    KEEPS_PEOPLE,
    ROLE_KINDS,
    SEES_SENT,
    WEIGHTY,
    Role,
    UnitKind,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in the tree: the unit's key, its path, its kind and its school, if any."""

    unit: int
    path: str
    kind: str
    institution: int | None


@dataclass(frozen=True, slots=True)
class Post:
    """One role of one user at one unit, as it holds today; `name` is the unit's."""

    membership: int
    role: str
    at: Spot
    name: str = ""
    ends: date | None = None

    @property
    def label(self) -> str:
        """The role in words."""
        return Role(self.role).label


def holds_on(starts: date, ends: date | None, day: date, *, revoked: bool = False) -> bool:
    """Whether a membership holds on `day`; both days included, nothing after it was revoked."""
    return not revoked and starts <= day and (ends is None or day <= ends)


def overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Whether two stretches of days, both ends included, share a day; None is open."""
    (a, b), (c, d) = one, other
    return (d is None or a <= d) and (b is None or c <= b)


def is_under(path: str, top: str) -> bool:
    """Whether `path` is `top` or below it."""
    return path.startswith(top)


def reaches(post: Post, spot: Spot) -> bool:
    """Whether a post reaches what lies inside `spot`: drafts, rosters, dossiers."""
    if not is_under(spot.path, post.at.path):
        return False
    return post.at.kind != UnitKind.DEPARTMENT or spot.institution is None


def reaches_sent(post: Post, spot: Spot) -> bool:
    """Whether a post reaches what `spot` has sent, and its figures."""
    if reaches(post, spot):
        return True
    return post.role in SEES_SENT and is_under(spot.path, post.at.path)


def holds_any(posts: Iterable[Post], roles: Iterable[str], spot: Spot) -> bool:
    """Whether one of the posts has one of the roles and reaches `spot`."""
    wanted = set(roles)
    return any(post.role in wanted and reaches(post, spot) for post in posts)


def may_hold(role: str, kind: str) -> bool:
    """Whether a role may be held at a unit of this kind."""
    return role not in ROLE_KINDS or kind in ROLE_KINDS[role]


def place_problem(role: str, kind: str) -> str | None:
    """Why a role can't be held at a unit of this kind, in words, or None."""
    if may_hold(role, kind):
        return None
    where = ", ".join(UnitKind(k).label for k in sorted(ROLE_KINDS[role]))
    return f"Vai trò “{Role(role).label}” chỉ có ở: {where}."


def may_grant(posts: Iterable[Post], role: str, spot: Spot) -> bool:
    """Whether the holder of `posts` may give `role` at `spot`.

    The standing office gives every role in its reach; a department's also gives a school its leader and its
    standing office, to begin with. A head gives members and reporters in his units, and his own deputy.
    """
    return any(_grants(post, role, spot) for post in posts)


def _grants(post: Post, role: str, spot: Spot) -> bool:
    if post.role == Role.STANDING_OFFICE:
        begins = spot.kind == UnitKind.INSTITUTION and role in BEGINS_SCHOOL
        return reaches(post, spot) or (begins and is_under(spot.path, post.at.path))
    if role == Role.DEPUTY:
        return post.role == Role.UNIT_HEAD and post.at.unit == spot.unit
    return post.role in KEEPS_PEOPLE and role in DRAFTS_ONLY and reaches(post, spot)


def shared_problem(role: str) -> str | None:
    """Why an account shared by an office can't have `role`, or None."""
    if role in DRAFTS_ONLY:
        return None
    return "Tài khoản dùng chung chỉ được soạn; vai trò này cần tài khoản của một người."


def confirm_problem(
    posts: Iterable[Post],
    spot: Spot,
    *,
    user: int,
    author: int | None,
    shared: bool,
    roles: Iterable[str] = CONFIRMS,
) -> str | None:
    """Why this user can't confirm at `spot` what `author` entered, in words, or None."""
    if shared:
        return "Tài khoản dùng chung không xác nhận được: hãy dùng tài khoản của chính mình."
    if author is not None and author == user:
        return "Không ai xác nhận việc do chính mình nhập: hãy nhờ người khác có quyền xác nhận."
    wanted = set(roles)
    if not any(post.role in wanted and post.at.unit == spot.unit for post in posts):
        return "Chỉ trưởng đơn vị hoặc người được ủy quyền xác nhận được."
    return None


def reset_problem(
    posts: Iterable[Post],
    spot: Spot,
    *,
    held: Iterable[Post],
    is_staff: bool,
    used: bool,
    oneself: bool,
) -> str | None:
    """Why the holder of `posts` can't give a new slip to a person of `spot` who holds `held`, or None.

    A slip opens the account of another: it must never open more than its giver has. So staff of the site
    are left to the administrator, weighty roles too once their account was used, and roles beyond the
    giver's reach.
    """
    posts = tuple(posts)
    giving = [post for post in posts if post.role in KEEPS_PEOPLE and reaches(post, spot)]
    if oneself:
        return "Không tự cấp phiếu cho mình: hãy đổi mật khẩu ở trang tài khoản."
    held = tuple(held)
    if is_staff:
        return "Tài khoản này có quyền quản trị trang: chỉ người quản trị đặt lại được."
    if not used and begins_school(posts, spot, held):
        return None
    if not giving:
        return "Người này không thuộc đơn vị của bạn."
    for post in held:
        if used and post.role in WEIGHTY:
            return f"“{post.label}” đã dùng tài khoản: chỉ người quản trị hoặc thư điện tử đặt lại được."
        if not any(_outranks(giver, post) for giver in giving):
            return f"Người này còn là “{post.label}” ở nơi khác hoặc ngang bạn: hãy nhờ cấp trên."
    return None


def begins_school(posts: Iterable[Post], spot: Spot, held: Iterable[Post]) -> bool:
    """Whether a department's office may hand the first slip to whoever begins in one of its schools.

    Only to those with the roles that the department itself may give there, and nothing beside them.
    """
    if spot.kind != UnitKind.INSTITUTION:
        return False
    above = [p for p in posts if p.role == Role.STANDING_OFFICE and is_under(spot.path, p.at.path)]
    roles = {post.role for post in held if post.at.unit == spot.unit}
    elsewhere = any(post.at.unit != spot.unit for post in held)
    first = roles & BEGINS_SCHOOL and roles <= BEGINS_SCHOOL | {Role.MEMBER}
    return bool(above and first and not elsewhere)


def letting_go_problem(
    posts: Iterable[Post], spot: Spot, *, held: Iterable[Post], is_staff: bool
) -> str | None:
    """Why the holder of `posts` can't let go a person of `spot` who holds `held`, in words, or None."""
    keeping = [post for post in posts if post.role in KEEPS_PEOPLE and reaches(post, spot)]
    if not keeping:
        return "Người này không thuộc đơn vị của bạn."
    if is_staff:
        return "Tài khoản này có quyền quản trị trang: hãy nhờ người quản trị."
    if any(not any(_outranks(keeper, post) for keeper in keeping) for post in held):
        return "Người này còn có vai trò ở nơi khác hoặc ngang bạn: hãy nhờ cấp trên."
    return None


def _outranks(giver: Post, post: Post) -> bool:
    """Whether a giver's post covers another's: from above, or in the same unit over those who only draft."""
    if giver.role == Role.STANDING_OFFICE:
        return reaches(giver, post.at)
    if giver.at.unit == post.at.unit:
        return post.role in DRAFTS_ONLY
    return reaches(giver, post.at)
