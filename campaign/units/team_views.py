"""Volunteer teams in the desk: members, each with a task."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaign.units import services
from campaign.units.acts import Act, done, tell
from campaign.units.choices import SEES_PEOPLE, UnitKind
from campaign.units.desk import desk_view, must
from campaign.units.models import Person, TeamMember, Unit
from campaign.units.people_views import GET_OR_POST, asked_top, may_see_people
from campaign.units.permissions import user_can_keep_people
from campaign.units.reach import inside, under
from campaign.units.role_views import MOST_FOUND
from campaign.units.team_forms import JoinForm, LeaveForm, TaskForm


def teams_seen(user: Any) -> QuerySet[Unit]:
    """Teams whose members `user` sees."""
    rows = Unit.objects.filter(kind=UnitKind.VOLUNTEER_TEAM)
    return rows.filter(inside(user, SEES_PEOPLE))


@require_safe
@desk_view
def teams(request: HttpRequest) -> HttpResponse:
    """The teams of the unit one acts for, and below."""
    must(may_see_people(request))
    today = timezone.localdate()
    rows = teams_seen(request.user).active(today)  # type: ignore[attr-defined]
    if top := asked_top(request):
        rows = rows.filter(under(top.path))
    running = Count("team_members", filter=Q(team_members__ends=None))
    context = {"teams": rows.annotate(members=running).order_by("path")[:200], "top": top}
    return render(request, "units/teams/list.html", context)


@require_http_methods(GET_OR_POST)
@desk_view
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """One team: who does what; somebody new is found in the school's roster first."""
    found = get_object_or_404(teams_seen(request.user), pk=pk)
    keeps = user_can_keep_people(request.user, found) and found.ends is None
    now = timezone.localtime()
    person, form = None, None
    if keeps:
        person = _chosen(request, found)
    if person is not None:
        form = JoinForm(request.POST or None)
        if (
            request.method == "POST"
            and form.is_valid()
            and _joined(request, found, person, form, now)
        ):
            messages.success(request, f"Đã thêm {person.full_name} vào đội.")
            return redirect("units:team", pk)
    rows = found.team_members.select_related("person__unit")
    words = request.GET.get("q", "").strip()[:100]
    context = {
        "team": found,
        "members": [row for row in rows if row.ends is None],
        "former": [row for row in rows if row.ends is not None],
        "keeps": keeps,
        "words": words,
        "found": list(_roster(found).found(words)[:MOST_FOUND]) if keeps and words else [],
        "person": person,
        "form": form,
    }
    return render(request, "units/teams/team.html", context)


def _roster(team: Unit) -> Any:
    """Who may join: present people of the team's school. Name, code and class only are shown."""
    home = services.home_of(team)
    rows = Person.objects.filter(institution=home, left_on=None)
    return rows.exclude(teams__in=team.team_members.filter(ends=None)).select_related("unit")


def _chosen(request: HttpRequest, team: Unit) -> Person | None:
    wanted = request.GET.get("nguoi", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 16):
        return None
    return get_object_or_404(_roster(team), pk=int(wanted))


def _joined(
    request: HttpRequest, team: Unit, person: Person, form: JoinForm, now: datetime
) -> bool:
    try:
        services.add_team_member(team, person, by=request.user, now=now, **form.cleaned_data)
    except ValidationError as refused:
        tell(form, refused)
        return False
    return True


@require_http_methods(GET_OR_POST)
@desk_view
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One member of a team: another task, or the last day."""
    rows = TeamMember.objects.filter(unit__in=teams_seen(request.user)).select_related(
        "unit", "person"
    )
    found = get_object_or_404(rows, pk=pk)
    keeps = user_can_keep_people(request.user, found.unit) and found.ends is None
    acts = _acts(request, found) if keeps else []
    if request.method == "POST":
        must(keeps)
        if act := done(acts, request.POST.get("viec", "")):
            messages.success(request, act.said)
            return redirect("units:team", found.unit_id)
    return render(request, "units/teams/member.html", {"member": found, "acts": acts})


def _acts(request: HttpRequest, found: TeamMember) -> list[Act]:
    by, sent, now = request.user, request.POST.get("viec", ""), timezone.localtime()

    def data(name: str) -> Any:
        return request.POST if sent == name else None

    return [
        Act("task", "Đổi nhiệm vụ", TaskForm(data("task"), prefix="task", initial={"task": found.task}),
            lambda words: services.change_task(found, by=by, **words), "Đã đổi nhiệm vụ."),
        Act("leave", "Rời đội", LeaveForm(data("leave"), prefix="leave"),
            lambda words: services.end_team_member(found, by=by, now=now, **words), "Đã ghi rời đội.",
            grave=True),
    ]  # fmt: skip
