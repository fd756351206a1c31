"""Slips on paper, a sheet for a class."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaign.units import services
from campaign.units.choices import BEGINS_SCHOOL, KEEPS_PEOPLE, AccountState, UnitKind
from campaign.units.desk import desk_view, must, seat_in_use
from campaign.units.models import Membership, Person, Unit
from campaign.units.people_queries import described, state_of, units_kept
from campaign.units.people_views import GET_OR_POST, asked_top
from campaign.units.permissions import slip_problem, user_can_import, user_can_keep_people
from campaign.units.reach import inside, manages_all, remember_posts, under
from campaign.units.sheets import sheet

# More than any class; a sheet of hundreds would be too slow to make and to cut.
MOST = 120


def may_print(request: HttpRequest) -> bool:
    """Whether slips are in the desk's menu."""
    seat = seat_in_use(request)
    held = bool(seat and seat.roles & KEEPS_PEOPLE)
    return not request.user.is_shared and (held or manages_all(request.user))  # type: ignore[union-attr]


@require_safe
@desk_view
def slips(request: HttpRequest) -> HttpResponse:
    """Choose the class."""
    must(may_print(request))
    top = asked_top(request)
    context = {
        "units": units_kept(request.user, top, timezone.localdate()),
        "has_schools": top is not None
        and top.kind == UnitKind.DEPARTMENT
        and user_can_import(request.user, top),
    }
    return render(request, "units/people/slip_units.html", context)


@require_http_methods(GET_OR_POST)
@desk_view
def class_slips(request: HttpRequest, pk: int) -> HttpResponse:
    """Who of a class gets a slip; a POST prints for those ticked."""
    unit = get_object_or_404(Unit.objects.filter(inside(request.user, KEEPS_PEOPLE)), pk=pk)
    must(user_can_keep_people(request.user, unit))
    return _pick(request, unit, Person.objects.filter(unit=unit), of_schools=False)


@require_http_methods(GET_OR_POST)
@desk_view
def school_slips(request: HttpRequest) -> HttpResponse:
    """Slips for those who begin in a department's schools, as long as they have not signed in."""
    department = asked_top(request)
    if department is None or department.kind != UnitKind.DEPARTMENT:
        raise PermissionDenied
    must(user_can_import(request.user, department))
    held = Membership.objects.active(timezone.localdate()).filter(role__in=BEGINS_SCHOOL)
    first = held.filter(under(department.path, "unit"), unit__kind=UnitKind.INSTITUTION)
    rows = Person.objects.filter(
        user__in=first.order_by().values("user"), user__last_login=None
    ).order_by("institution__path", "search_key")
    return _pick(request, department, rows, of_schools=True)


def _pick(
    request: HttpRequest, unit: Unit, rows: QuerySet[Person], *, of_schools: bool
) -> HttpResponse:
    now = timezone.localtime()
    rows = described(rows.filter(left_on=None), now)
    people = list(rows.select_related("unit__institution").prefetch_related("user__groups")[:MOST])
    remember_posts([person.user for person in people if person.user], now.date())
    problems = {person.pk: slip_problem(request.user, person) for person in people}
    problem = ""
    if request.method == "POST":
        ticked = set(request.POST.getlist("nguoi"))
        chosen = [person for person in people if str(person.pk) in ticked]
        if not chosen:
            problem = "Hãy chọn ít nhất một người."
        else:
            try:
                printed = services.print_slips(chosen, by=request.user, now=now)
            except ValidationError as refused:
                problem = " ".join(refused.messages)
            else:
                return sheet(request, unit, printed)
    lines = [_line(person, problems[person.pk], of_schools) for person in people]
    context = {
        "unit": unit,
        "lines": lines,
        "problem": problem,
        "of_schools": of_schools,
    }
    return render(request, "units/people/class_slips.html", context)


def _line(person: Any, problem: str | None, of_schools: bool) -> dict[str, Any]:
    state = state_of(person)
    # Who has chosen a password would lose it by a new slip, and who was invited by letter the link: ticked
    # only by hand.
    invited = of_schools and bool(person.user and person.user.email)
    ticked = problem is None and state != AccountState.IN_USE and not invited
    return {
        "person": person, "state": AccountState(state).label, "problem": problem, "ticked": ticked,
        "invited": invited,
    }  # fmt: skip
