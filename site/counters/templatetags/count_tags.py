"""The figure beside a page (built in: no `{% load %}` needed)."""

from typing import Any

from django import template

from counters.choices import NOTE_ADDRESS
from counters.queries import shown_total
from counters.registry import countable_of

register = template.Library()


@register.inclusion_tag("counters/view_count.html", takes_context=True)
def view_count(context: template.Context, thing: Any) -> dict[str, Any]:
    """How often `thing` was viewed, and what tells the server that it is being viewed now.

    Nothing for what is not counted, not saved yet, or only looked at before publishing.
    """
    request = context.get("request")
    if getattr(request, "is_preview", False) or not getattr(thing, "pk", None):
        return {}
    kind = countable_of(thing)
    if kind is None:
        return {}
    return {
        "key": kind.key,
        "number": str(thing.pk),
        "count": shown_total(thing),
        "note": NOTE_ADDRESS,
    }
