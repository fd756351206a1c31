"""The office's list of what is read and taken away most."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.listing import numbered_page
from counters.exports import count_rows, kind_choices, table
from counters.models import MonthCount
from counters.queries import by_month, by_thing

PER_PAGE = 50
MONTHS_SHOWN = 12
SORTS = {"xem": ("-views", "-downloads"), "tai": ("-downloads", "-views")}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the office asked for."""

    month: date | None
    kind: str
    sort: str


def read_choice(request: HttpRequest) -> Choice:
    """The filters of the address; what makes no sense filters nothing."""
    asked = request.GET
    try:
        month = date.fromisoformat(f"{asked.get('thang', '')}-01")
    except ValueError:
        month = None
    kind, sort = asked.get("loai", ""), asked.get("xep", "")
    return Choice(
        month=month,
        kind=kind if kind in kind_choices() else "",
        sort=sort if sort in SORTS else "xem",
    )


@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """`/quan-tri/luot-xem/`: most read first, by month and kind; `xuat=csv` gives it as a table."""
    if not request.user.has_perm("counters.view_monthcount"):
        raise PermissionDenied
    choice = read_choice(request)
    rows = MonthCount.objects.visible_to(request.user)
    if choice.kind:
        rows = rows.filter(content_type=kind_choices()[choice.kind].content_type)
    months = by_month(rows)
    things = by_thing(rows.between(choice.month, choice.month))
    things = things.order_by(*SORTS[choice.sort], "content_type_id", "object_id")
    if request.GET.get("xuat") == "csv":
        return _csv(table(count_rows(list(things), 1)), choice)
    page = numbered_page(things, request.GET.get("trang"), per_page=PER_PAGE)
    context = {
        "choice": choice,
        "kinds": kind_choices(),
        "months": _months(),
        "sums": [month for month in months if choice.month in (None, month["month"])][
            :MONTHS_SHOWN
        ],
        "items": page,
        "rows": count_rows(list(page.object_list), max(page.start_index(), 1)),
    }
    return render(request, "counters/admin/counts.html", context)


def _months() -> list[date]:
    """Months that have figures, the newest first; the running one always."""
    running = timezone.localdate().replace(day=1)
    known = MonthCount.objects.order_by().values_list("month", flat=True).distinct()
    return sorted({running, *known}, reverse=True)


def _csv(text: str, choice: Choice) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"luot-xem-{choice.month:%Y-%m}.csv" if choice.month else "luot-xem.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
