"""The search page and its suggestions."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.listing import numbered_page
from core.registry import search_kinds
from home.queries import search_everything, suggestions
from home.rules import read_query

PER_PAGE = 10


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/tim-kiem/?q=&loai=`: any query gets a normal page; an unknown kind means all kinds."""
    query = read_query(request.GET.get("q", ""))
    kinds = list(search_kinds)
    kind = next((k.key for k in kinds if k.key == request.GET.get("loai")), "")
    results = search_everything(query)
    finds = [find for find in results.finds if not kind or find.kind == kind]
    context = {
        "query": query,
        "kind": kind,
        "kinds": [(k.key, k.label, results.counts.get(k.key, 0)) for k in kinds],
        "labels": {k.key: k.label for k in kinds},
        "total": len(results.finds),
        "finds": numbered_page(finds, request.GET.get("trang"), per_page=PER_PAGE),
        "terms": results.terms,
    }
    return render(request, "home/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Titles for the search box while typing."""
    return JsonResponse({"titles": suggestions(read_query(request.GET.get("q", "")))})
