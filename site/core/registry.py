"""What a higher floor offers to a lower one: the lower floor shows it without importing it.

An app registers in its `AppConfig.ready`; whoever shows things asks the registry. So the front page, the
menu, the search page and the sitemap never have to be rewritten when an app is added.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the front page: a template and what it needs."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A place that is not a Wagtail page, for the site map and, where asked for, the main menu."""

    title: str
    url: str
    in_menu: bool = False


@dataclass(frozen=True, slots=True)
class SearchKind:
    """A kind of thing that can be found: its filter key, its Vietnamese name, and where to look."""

    key: str
    label: str
    queryset: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class DeskItem:
    """A line of the menu of the signed-in unit's desk, for those to whom it is shown."""

    title: str
    url: str
    shown: Callable[[HttpRequest], bool]


@dataclass(frozen=True, slots=True)
class DeskTask:
    """Something that waits for the signed-in unit: one verb, by when, and how it stands in words."""

    title: str
    url: str
    verb: str
    detail: str = ""
    due: date | None = None
    # "soon", "late" or "ok": a colour beside the words, never instead of them.
    tone: str = "ok"
    state: str = ""


T = TypeVar("T")


class Registry(Generic[T]):
    """Things in a fixed order: by `order`, then by the time of registration."""

    def __init__(self) -> None:
        self._items: list[tuple[int, T]] = []

    def register(self, item: T, *, order: int) -> None:
        """Add `item` once; registering it again changes nothing."""
        if all(known is not item and known != item for _, known in self._items):
            self._items.append((order, item))
            self._items.sort(key=lambda pair: pair[0])

    def __iter__(self) -> Iterator[T]:
        return (item for _, item in self._items)


# A part of a unit's public page: what is told of the unit (a record of a higher floor than this).
UnitProvider = Callable[[HttpRequest, Any], Section | None]
HomeProvider = Callable[[HttpRequest], Section | None]


@dataclass(frozen=True, slots=True)
class SitemapSource:
    """Public records that have addresses of their own, for `/sitemap.xml`."""

    name: str
    queryset: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class CourseLink:
    """A course or programme elsewhere, for the library."""

    title: str
    url: str
    owner: str = ""
    audience: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class FoundLink:
    """An address elsewhere, in which record it stands, and where in the staff area that is mended."""

    url: str
    object_id: int
    title: str
    edit_url: str


@dataclass(frozen=True, slots=True)
class LinkSource:
    """A kind of record whose addresses elsewhere are asked now and then whether they still open."""

    key: str
    label: str
    found: Callable[[], Iterable[FoundLink]]


@dataclass(frozen=True, slots=True)
class Note:
    """A plain paragraph for the privacy page, under an anchor of its own."""

    anchor: str
    title: str
    text: str


home_sections: Registry[HomeProvider] = Registry()
unit_sections: Registry[UnitProvider] = Registry()
site_links: Registry[Link] = Registry()
search_kinds: Registry[SearchKind] = Registry()
sitemap_sources: Registry[SitemapSource] = Registry()
course_links: Registry[Callable[[], list[CourseLink]]] = Registry()
checked_links: Registry[LinkSource] = Registry()
# Management commands, each safe to run again at any time, that a timer calls every minute.
timers: Registry[str] = Registry()
privacy_notes: Registry[Note] = Registry()
# Each gives what is wrong in its own data, in words; nothing when all is well.
health_checks: Registry[Callable[[], list[str]]] = Registry()
desk_items: Registry[DeskItem] = Registry()
# Each gives what waits for the unit that the request acts for.
desk_tasks: Registry[Callable[[HttpRequest], list[DeskTask]]] = Registry()
# Where somebody goes after signing in: the first answer that is not None.
landings: Registry[Callable[[HttpRequest], str | None]] = Registry()
# Demo accounts beyond the site-wide roles: role, user name, password, unit.
demo_accounts: Registry[Callable[[], list[dict[str, str]]]] = Registry()
