"""Tags and filters of every template (built in: no `{% load %}` needed)."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core import phones
from core.field_names import name_of
from core.rules import BannerCard, shown_banners
from core.saving import PARAMETER
from core.text import excerpt, named_problem, segments

register = template.Library()
JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def so(value: int | float | Decimal | None) -> str:
    """A figure as it is read: 12480 → 12.480; empty means not reported and shows as a dash."""
    if value is None:
        return "–"
    return number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def spoken_phone(number: str) -> str:
    """A stored telephone number as it is read out."""
    return phones.spoken_phone(number)


@register.filter
def absolute(url: str) -> str:
    """`url` with the site's own public host."""
    return url if url.startswith("http") else f"{settings.BASE_URL}{url}"


@register.filter
def highlighted(text: str, terms: list[str]) -> SafeString:
    """`text` with the found words marked."""
    return format_html_join(
        "",
        "{}",
        (
            (mark_safe(f"<mark>{escape(part)}</mark>") if hit else part,)
            for part, hit in segments(text, terms)
        ),
    )


@register.filter
def excerpted(text: str, terms: list[str]) -> SafeString:
    """The part of `text` around the first hit, hits marked."""
    return highlighted(excerpt(text, terms), terms)


@register.filter
def named(problem: str, field: BoundField) -> str:
    """What is wrong with a field, told away from it: under its name, unless the words say that already."""
    # As plain text, also where somebody has marked it safe: the template escapes it.
    return named_problem("" + str(problem), name_of(field))


@register.simple_tag(takes_context=True)
def page_banners(context: template.Context) -> list[BannerCard]:
    """The banners of this page; the national one is always among them."""
    page = context.get("page")
    return shown_banners(context["chrome"].banners, on_home=bool(getattr(page, "is_home", False)))


@register.simple_tag(takes_context=True)
def with_page(context: template.Context, number: int) -> str:
    """This address's query with another page number, other filters kept."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query["trang"] = str(number)
    if number == 1:
        del query["trang"]
    return f"?{query.urlencode()}" if query else request.path


@register.simple_tag(takes_context=True)
def saving_address(context: template.Context) -> str:
    """Where this page's copy to keep is had; the filters of a list go along."""
    query = context["request"].GET.copy()
    query[PARAMETER] = "1"
    return f"?{query.urlencode()}"


def _plain(value: Any) -> str:
    """A moment as machines read it (ISO 8601); anything else in its own words."""
    return value.isoformat() if isinstance(value, date) else str(value)


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """schema.org data for machines; not a script, and safe against a title that closes the tag."""
    text = json.dumps(data, ensure_ascii=False, default=_plain).translate(JSON_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
