"""`/don-vi/`: the first screen after signing in."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaign.units.desk import desk_view, take_seat
from core.registry import desk_tasks


@require_safe
@desk_view
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the unit one acts for: what is due first stands first."""
    tasks = [task for source in desk_tasks for task in source(request)]
    tasks.sort(key=lambda task: task.due or date.max)
    return render(request, "portal/desk.html", {"tasks": tasks, "today": timezone.localdate()})


@require_POST
@desk_view
def switch(request: HttpRequest) -> HttpResponse:
    """Act for another of one's units; a unit without a role there changes nothing."""
    wanted = request.POST.get("don-vi", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 16:
        take_seat(request, int(wanted))
    return redirect("portal:desk")
