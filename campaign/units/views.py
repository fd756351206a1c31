"""Public pages of units: who takes part, and one unit with its past."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaign.units.models import Unit
from campaign.units.queries import answers_for, outline
from core.listing import numbered_page
from core.registry import unit_sections

PER_PAGE = 200


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """`/cac-don-vi/`: the departments and schools, each with its parts a level down."""
    request.is_public_page = True  # type: ignore[attr-defined]
    rows, top = outline(timezone.localdate())
    items = numbered_page(rows, request.GET.get("trang"), per_page=PER_PAGE)
    context = {"items": items, "outline": [(unit, unit.depth - top) for unit in items]}
    return render(request, "units/units.html", context)


@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: where it stands, what stands below it, what it was called. An ended one leads on."""
    found = get_object_or_404(Unit.objects.select_related("successor"), pk=pk)
    today = timezone.localdate()
    if found.starts > today:
        raise Http404
    request.is_public_page = True  # type: ignore[attr-defined]
    parent = found.get_parent()
    context = {
        "unit": found,
        "ended": found.ends is not None and found.ends < today,
        "answering": answers_for(found) if found.successor_id else None,
        "above": [*found.get_ancestors()] if parent else [],
        "parts": list(found.get_children().active(today)),
        "names": list(found.names.order_by("-since")),
        "merged": list(found.predecessors.order_by("-ends")),
        "sections": [part for make in unit_sections if (part := make(request, found))],
    }
    return render(request, "units/unit.html", context)
