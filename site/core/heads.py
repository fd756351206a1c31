"""What the frame of a page (title, address, breadcrumbs) needs of a place that is no Wagtail page."""

from dataclasses import dataclass

from core.registry import Link

HOME = Link("Trang chủ", "/")


@dataclass(frozen=True, slots=True)
class Head:
    """Title, address and description of a page, and the way to it."""

    title: str
    url: str
    description: str
    crumbs: tuple[Link, ...] = (HOME,)
