"""Public figures: the page, and the same for machines."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaign.plan.rules import SchoolYear, school_year_named, school_year_of
from campaign.results.charts import Chart, chart
from campaign.results.data import as_csv, as_data
from campaign.results.queries import Results, results_of, years_with_figures
from campaign.results.series import MEASURES, Series
from campaign.units.reach import manages_all, posts_of
from core.heads import Head

HEAD = Head(
    "Kết quả",
    "/ket-qua/",
    "Số liệu ghi nhận của phong trào Bình dân học vụ số: lớp học, lượt người dự, lượt hỗ trợ theo tháng, "
    "loại hoạt động và xã, phường.",
)
MOST_PLACES = 30
# What is drawn; the tables say all four.
DRAWN = (("served", "Lượt hỗ trợ theo tháng"), ("people", "Lượt người dự theo tháng"))


def _year_asked(request: HttpRequest) -> SchoolYear:
    """The year of the address; else the running one. 404 for a year that no list offers."""
    today = timezone.localdate()
    asked = request.GET.get("nam-hoc", "")
    if not asked:
        return school_year_of(today)
    year = school_year_named(asked)
    if year is None or year not in years_with_figures(today):
        raise Http404
    return year


def _results(request: HttpRequest) -> Results:
    request.is_public_page = True  # type: ignore[attr-defined]
    return results_of(_year_asked(request), timezone.localdate())


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """`/ket-qua/?nam-hoc=2026-2027`: headline figures, two charts, three tables."""
    found = _results(request)
    context = {
        "page": HEAD,
        "results": found,
        "years": years_with_figures(timezone.localdate()),
        "headline": [
            (measure, total) for measure, total in zip(MEASURES, found.months.sums, strict=True)
        ],
        "measures": MEASURES,
        "charts": _charts(found.months),
        "places": found.communes.lines[:MOST_PLACES],
        "more_places": max(0, len(found.communes.lines) - MOST_PLACES),
        "at": timezone.localtime(),
        "opens": _opens_records(request),
    }
    return render(request, "results/results.html", context)


def _charts(months: Series) -> list[tuple[str, str, Chart]]:
    """Only of what has anything to draw."""
    labels = [str(int(line.key[5:])) for line in months.lines]
    return [
        (key, title, chart(labels, months.of(key)))
        for key, title in DRAWN
        if any(number != 0 for number in months.of(key))
    ]


def _opens_records(request: HttpRequest) -> bool:
    """Whether the reader has a desk on which figures open down to their records."""
    user = request.user
    return user.is_authenticated and (bool(posts_of(user)) or manages_all(user))


@require_safe
def csv_file(request: HttpRequest) -> HttpResponse:
    """`/ket-qua/du-lieu.csv`"""
    return HttpResponse(as_csv(_results(request)), content_type="text/csv; charset=utf-8")


@require_safe
def json_file(request: HttpRequest) -> HttpResponse:
    """`/ket-qua/du-lieu.json`"""
    found = _results(request)
    data: dict[str, Any] = as_data(
        found, at=timezone.localtime(), source=request.build_absolute_uri(HEAD.url)
    )
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
