"""The desk of a signed-in unit: for which unit somebody acts, and the frame all pages of the desk share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from campaign.units.choices import FIRST_SEAT, Role
from campaign.units.models import Unit
from campaign.units.posts import Post, Spot
from campaign.units.reach import inside, posts_of
from core.kept_posts import keep_post
from core.registry import DeskItem, desk_items

SESSION_KEY = "desk-unit"


@dataclass(frozen=True, slots=True)
class Seat:
    """One unit somebody acts for, with all his roles there."""

    at: Spot
    name: str
    posts: tuple[Post, ...]

    @property
    def roles(self) -> frozenset[str]:
        """The roles held here."""
        return frozenset(post.role for post in self.posts)

    @property
    def label(self) -> str:
        """The roles in words, the weightiest first; a head need not be told that he is a member."""
        held = sorted(self.roles, key=lambda role: FIRST_SEAT.index(Role(role)))
        more = [role for role in held if role != Role.MEMBER] or held
        return ", ".join(Role(role).label for role in more)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the frame of the desk shows: all seats, the one in use, the menu."""

    seats: tuple[Seat, ...]
    seat: Seat | None
    items: tuple[DeskItem, ...]

    @property
    def others(self) -> tuple[Seat, ...]:
        """The seats one may change to."""
        return tuple(seat for seat in self.seats if seat != self.seat)


def seats_of(posts: tuple[Post, ...]) -> tuple[Seat, ...]:
    """Posts gathered by unit: where one decides first, then in the order of the tree."""
    units: dict[int, list[Post]] = {}
    for post in posts:
        units.setdefault(post.at.unit, []).append(post)
    seats = [Seat(held[0].at, held[0].name, tuple(held)) for held in units.values()]
    return tuple(sorted(seats, key=_first))


def _first(seat: Seat) -> int:
    return min(FIRST_SEAT.index(Role(role)) for role in seat.roles)


def seat_in_use(request: HttpRequest) -> Seat | None:
    """The unit somebody acts for: the one he chose, or his first; None without any role."""
    seats = seats_of(posts_of(request.user))
    chosen = request.session.get(SESSION_KEY)
    return next((seat for seat in seats if seat.at.unit == chosen), seats[0] if seats else None)


def unit_asked(request: HttpRequest, roles: Iterable[str]) -> Unit | None:
    """The unit a page is about: the one in `tu`, where one reaches it in one of `roles`, else one's seat."""
    seen = Unit.objects.filter(inside(request.user, roles))
    asked = request.GET.get("tu", "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 16
    if is_number and (found := seen.filter(pk=int(asked)).first()):
        return found  # type: ignore[no-any-return]
    seat = seat_in_use(request)
    return seen.filter(pk=seat.at.unit).first() if seat else None  # type: ignore[no-any-return]


def take_seat(request: HttpRequest, unit: int) -> bool:
    """Act for `unit` from now on; False when the user has no role there."""
    if all(seat.at.unit != unit for seat in seats_of(posts_of(request.user))):
        return False
    request.session[SESSION_KEY] = unit
    return True


def desk_view(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of the desk: for those signed in, never kept by a cache; the frame finds `request.desk`."""

    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if request.method == "POST":
                keep_post(request, timezone.now())
            return redirect_to_login(request.get_full_path())
        request.desk = Desk(  # type: ignore[attr-defined]
            seats_of(posts_of(request.user)),
            seat_in_use(request),
            tuple(item for item in desk_items if item.shown(request)),
        )
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        patch_vary_headers(response, ["Cookie"])
        return response

    return framed


def must(allowed: bool) -> None:
    """Refuse with 403 what is not allowed."""
    if not allowed:
        raise PermissionDenied
