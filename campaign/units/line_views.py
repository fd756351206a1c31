"""Lines in the desk: whom units report to, and who confirms for them, where it is not the default."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaign.units import services
from campaign.units.acts import Act, done, tell
from campaign.units.choices import LinePurpose, Role, UnitKind
from campaign.units.desk import desk_view, must, seat_in_use
from campaign.units.models import ReportingLine, Unit
from campaign.units.people_views import GET_OR_POST, asked_top
from campaign.units.permissions import user_can_draw_lines
from campaign.units.queries import recipient_of
from campaign.units.reach import inside, manages_all, under
from campaign.units.team_forms import EndLineForm, LineForm


def may_draw(request: HttpRequest) -> bool:
    """Whether lines are in the desk's menu."""
    seat = seat_in_use(request)
    shared = request.user.is_shared  # type: ignore[union-attr]
    held = bool(seat and Role.STANDING_OFFICE in seat.roles)
    return not shared and (held or (manages_all(request.user) and asked_top(request) is not None))


@require_http_methods(GET_OR_POST)
@desk_view
def lines(request: HttpRequest) -> HttpResponse:
    """The default in words, the lines that say otherwise, and a new one."""
    must(may_draw(request))
    today = timezone.localdate()
    top = asked_top(request)
    units = _drawn(request, top)
    form = LineForm(request.POST or None, units=units, targets=_targets(top, units))
    if request.method == "POST" and form.is_valid() and _added(request, form):
        messages.success(request, "Đã thêm tuyến.")
        return redirect("units:lines")
    rows = ReportingLine.objects.filter(unit__in=units).select_related("unit", "to")
    context = {
        "form": form,
        "lines": rows.order_by("unit__path", "-starts"),
        "today": today,
        "asked": _preview(request, units),
        "units": units.exclude(kind=UnitKind.DEPARTMENT),
    }
    return render(request, "units/lines/list.html", context)


def _drawn(request: HttpRequest, top: Unit | None) -> QuerySet[Unit]:
    rows = Unit.objects.active(timezone.localdate()).order_by("path")
    rows = rows.filter(under(top.path)) if top else rows.none()
    return rows.filter(inside(request.user, {Role.STANDING_OFFICE}))


def _targets(top: Unit | None, units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Units of the school, and what stands above it."""
    above = Q(pk__in=top.get_ancestors().values("pk")) if top else Q(pk__in=[])
    rows = Unit.objects.active(timezone.localdate())
    return rows.filter(Q(pk__in=units.values("pk")) | above).order_by("path")


def _added(request: HttpRequest, form: LineForm) -> bool:
    words: dict[str, Any] = dict(form.cleaned_data)
    try:
        services.add_line(words.pop("unit"), words.pop("to"), by=request.user, **words)
    except ValidationError as refused:
        tell(form, refused)
        return False
    except PermissionDenied:
        form.add_error("unit", "Bạn không đặt tuyến cho đơn vị này.")
        return False
    return True


def _preview(request: HttpRequest, units: QuerySet[Unit]) -> dict[str, Any] | None:
    """Whom one unit sends to today, when asked."""
    wanted = request.GET.get("xem", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 16):
        return None
    unit = units.filter(pk=int(wanted)).first()
    if unit is None:
        return None
    return {
        "unit": unit,
        "to": recipient_of(unit, LinePurpose.REPORT),
        "by": recipient_of(unit, LinePurpose.CONFIRM),
    }


@require_http_methods(GET_OR_POST)
@desk_view
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """One line; it may be ended."""
    rows = ReportingLine.objects.filter(inside(request.user, {Role.STANDING_OFFICE}, "unit"))
    found = get_object_or_404(rows.select_related("unit", "to"), pk=pk)
    may_end = found.ends is None and user_can_draw_lines(request.user, found.unit)
    data = request.POST if request.POST.get("viec") == "end" else None
    act = Act(
        "end", "Kết thúc tuyến", EndLineForm(data, prefix="end"),
        lambda words: services.end_line(found, by=request.user, **words), "Đã ghi ngày cuối.",
        hint="Từ hôm sau, cách mặc định có hiệu lực lại.", grave=True,
    )  # fmt: skip
    acts = [act] if may_end else []
    if request.method == "POST":
        must(may_end)
        if done(acts, request.POST.get("viec", "")):
            messages.success(request, act.said)
            return redirect("units:lines")
    return render(request, "units/lines/line.html", {"line": found, "acts": acts})
