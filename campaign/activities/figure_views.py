"""The figures on the desk: of the unit one acts for, by month, kind, group and unit; each opens its records."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaign.activities import figures as kept
from campaign.activities.choices import SEES_FIGURES
from campaign.plan.rules import school_year_of
from campaign.units.desk import desk_view, seat_in_use
from campaign.units.models import Unit
from campaign.units.queries import name_on
from campaign.units.reach import sent

MOST_UNITS = 100


@dataclass(frozen=True, slots=True)
class Span:
    """From which month to which."""

    first: date
    last: date

    @property
    def days(self) -> tuple[date, date]:
        """First and last day."""
        return self.first, kept.month_ends(self.last)[1]


def span_asked(request: HttpRequest, today: date) -> Span:
    """The months that were asked for; else the running school year up to now."""
    first = kept.month_of(request.GET.get("tu-thang", "")) or school_year_of(today).days[0]
    last = kept.month_of(request.GET.get("den-thang", "")) or today.replace(day=1)
    first, last = min(first, last), max(first, last)
    return Span(first, min(last, kept.later(first)))


def units_with_figures(user: Any) -> Any:
    """Units whose figures `user` sees: his own and below, a department's schools included."""
    return Unit.objects.filter(sent(user, SEES_FIGURES))


def may_see_figures(request: HttpRequest) -> bool:
    """Whether figures are in the desk's menu."""
    seat = seat_in_use(request)
    return bool(seat and seat.roles & SEES_FIGURES)


@require_safe
@desk_view
def figures(request: HttpRequest) -> HttpResponse:
    """What was confirmed, over the tree of its time."""
    unit = _unit_asked(request)
    today = timezone.localdate()
    span = span_asked(request, today)
    rows = kept.rows_of(unit, *span.days)
    units = kept.by_unit(rows)
    context = {
        "unit": unit,
        "name": name_on(unit, min(span.days[1], today)),
        "span": span,
        "total": kept.roll_up(unit, *span.days),
        "months": kept.by_month(rows),
        "kinds": kept.by_kind(rows),
        "groups": kept.by_group(rows),
        "units": units[:MOST_UNITS],
        "more_units": max(0, len(units) - MOST_UNITS),
        "below": units_with_figures(request.user).filter(pk__in=unit.get_children()).active(today),
    }
    return render(request, "activities/figures.html", context)


def _unit_asked(request: HttpRequest) -> Unit:
    seen = units_with_figures(request.user)
    asked = request.GET.get("tu", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 16:
        found = seen.filter(pk=int(asked)).first()
    else:
        seat = seat_in_use(request)
        found = seen.filter(pk=seat.at.unit).first() if seat else None
    if found is None:
        raise PermissionDenied
    return found  # type: ignore[no-any-return]
