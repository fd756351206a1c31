"""Lists cut into pages, whatever number was asked for."""

from typing import Any

from django.core.paginator import Page, Paginator


def numbered_page(items: Any, number: str | None, *, per_page: int) -> Page:
    """Page `number` of `items`: the first for nonsense, the last for a number past the end."""
    wanted = number if number and number.isascii() and number.isdigit() and len(number) < 7 else "1"
    return Paginator(items, per_page).get_page(wanted)
