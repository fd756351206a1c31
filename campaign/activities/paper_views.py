"""What leaves the screen: the sheet for days without power, the slip to be signed, lists as workbooks."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaign.activities.exports import LIST, NOTES, POINTS, list_rows, points_rows
from campaign.activities.models import Activity, ActivityKind
from campaign.activities.permissions import user_can_enter
from campaign.units.choices import SEES_PEOPLE
from campaign.units.desk import desk_view, must, seat_in_use, unit_asked
from core.templatetags.site_tags import absolute
from office.answers import workbook
from office.books import write_book
from resources.models import Audience

ROWS_BY_HAND = range(1, 11)


@require_safe
@desk_view
def field_sheet(request: HttpRequest) -> HttpResponse:
    """An empty sheet with the fields of the screen, to be filled in by hand and typed later."""
    must(user_can_enter(request.user))
    context = {
        "seat": seat_in_use(request),
        "kinds": ActivityKind.objects.filter(is_active=True),
        "audiences": Audience.objects.all(),
        "rows": ROWS_BY_HAND,
        "address": absolute(reverse("activities:new")),
    }
    return render(request, "activities/field_sheet.html", context)


@require_safe
@desk_view
def confirmation_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper for the place's leader: filled in from the record, to be signed and photographed."""
    rows = Activity.objects.visible_to(request.user)
    found = get_object_or_404(
        rows.select_related("unit", "institution", "kind", "commune", "programme"), pk=pk
    )
    context = {
        "activity": found,
        "participants": found.participants.select_related("person__unit"),
        "groups": found.served.select_related("audience"),
        "team": found.unit if found.unit.local_partner else None,
    }
    return render(request, "activities/slip.html", context)


@require_safe
@desk_view
def participants(request: HttpRequest, pk: int) -> HttpResponse:
    """Who took part in one activity."""
    found = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    return workbook(
        write_book([(LIST, list_rows(found))]), f"Người tham gia {found} {found.pk}.xlsx"
    )


@require_safe
@desk_view
def participation(request: HttpRequest) -> HttpResponse:
    """Who took part in what, of the unit one acts for, in a stretch of days: for conduct points."""
    top = unit_asked(request, SEES_PEOPLE)
    if top is None:
        raise PermissionDenied
    today = timezone.localdate()
    first = _day(request.GET.get("tu-ngay", ""), date(today.year, 1, 1))
    last = _day(request.GET.get("den-ngay", ""), today)
    rows = points_rows(request.user, top, first, last)
    book = write_book([(POINTS, rows)], notes=NOTES)
    return workbook(book, f"Tham gia hoạt động {first:%Y-%m-%d} {last:%Y-%m-%d}.xlsx")


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise
