"""Following up: reminders by one press, and due days for one's own calendar."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaign.reporting import services
from campaign.reporting.calendars import calendar_of, user_of
from campaign.reporting.models import Report, Round
from campaign.reporting.permissions import own_units, user_can_remind
from campaign.reporting.queries import report_rows
from campaign.units.desk import desk_view, must

# How far back a calendar still shows what was due.
LOOKS_BACK = timedelta(days=370)


@require_POST
@desk_view
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind one unit, or all that are missing; or note that it was done by hand."""
    asked = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    rows: Any = Report.objects.followed_by(request.user).owed().filter(round=asked)
    one = request.POST.get("bao-cao", "")
    if one.isascii() and one.isdigit() and len(one) < 16:
        rows = rows.filter(pk=int(one))
    reports = [
        row
        for row in rows.select_related("round__owner", "unit", "to")
        if user_can_remind(request.user, row)
    ]
    must(bool(reports))
    now = timezone.now()
    if request.POST.get("viec") == "tay":
        for report in reports:
            services.remind_by_hand(report, note="Nhóm Zalo", by=request.user, now=now)
        messages.success(request, f"Đã ghi: nhắc {len(reports)} đơn vị ngoài hệ thống.")
        return redirect(asked)
    count = services.remind(reports, by=request.user, now=now)
    if count:
        messages.success(request, f"Đã nhắc {count} đơn vị.")
    else:
        messages.info(request, "Hôm nay đã nhắc rồi: mỗi đơn vị được nhắc một lần trong ngày.")
    return redirect(asked)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Due days of the reports that one writes or signs; for calendars, which do not sign in."""
    user = user_of(request.GET.get("khoa", ""))
    if user is None:
        raise Http404
    since = timezone.localdate() - LOOKS_BACK
    rows: Any = report_rows().filter(unit__in=own_units(user), due_on__gte=since)
    response = HttpResponse(
        calendar_of(rows.exclude(state="passed_on").order_by("due_on", "pk")),
        content_type="text/calendar; charset=utf-8",
    )
    response["Content-Disposition"] = 'attachment; filename="han-nop-bao-cao.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
