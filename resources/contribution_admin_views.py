"""The librarians' page of one contribution: what it is, and taking it up, giving it back or declining it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from campaign.units.acts import tell
from resources import services
from resources.choices import FileSort, Part
from resources.contribution_forms import ReasonForm
from resources.contribution_rules import problems, sort_of
from resources.models import Contribution
from resources.permissions import moves_for, user_judges

LIST = "resources_contribution_modeladmin_index"
CASE = "resources_contribution_modeladmin_inspect"
SAID = {
    "read": "Đã ghi: bạn đang xem. Đơn vị không rút về được nữa.",
    "take_up": "Đã tạo bản nháp trong thư viện. Bổ sung năng lực số rồi đăng.",
    "return": "Đã trả lại đơn vị.",
    "decline": "Đã ghi là không nhận.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, pk: str) -> HttpResponse:
    """One contribution. A POST makes the move named in `viec`."""
    if not user_judges(request.user):
        raise PermissionDenied
    if not (pk.isascii() and pk.isdecimal()):
        raise Http404
    rows = Contribution.objects.visible_to(request.user).filter(sent_at__isnull=False)
    rows = rows.select_related("unit", "author", "language", "licence", "item", "settled_by")
    row = get_object_or_404(rows, pk=pk)
    moves = [move for move in moves_for(request.user, row) if Part.LIBRARIAN in move.actors]
    name = request.POST.get("viec", "")
    reasons = {
        move.name: ReasonForm(
            request.POST if move.name == name else None, auto_id=f"{move.name}-%s"
        )
        for move in moves
        if move.wants_reason
    }
    if request.method == "POST" and (answer := _made(request, row, name, reasons.get(name))):
        return answer
    context = {
        "row": row,
        "open": {move.name for move in moves},
        "reasons": [(move, reasons[move.name]) for move in moves if move.wants_reason],
        "missing": problems(row.offer()) if moves else {},
        "sort": sort_of(row.extension) if row.file else None,
        "sorts": FileSort,
        "events": row.events.select_related("by"),
        "audiences": list(row.audiences.all()),
        "topics": list(row.topics.all()),
        "list_url": reverse(LIST),
    }
    return render(request, "resources/contributions/admin/case.html", context)


def _made(
    request: HttpRequest, row: Contribution, name: str, form: forms.BaseForm | None
) -> HttpResponse | None:
    """Where to go after the move; None leaves its form to be shown with what is wrong."""
    if name not in SAID:
        messages.error(request, "Không có việc này.")
        return redirect(CASE, row.pk)
    if form is not None and not form.is_valid():
        return None
    told: dict[str, Any] = form.cleaned_data if form is not None else {}
    try:
        moved = services.move_contribution(
            row, name, by=request.user, now=timezone.now(), reason=told.get("reason", "")
        )
    except services.MoveRefused as refused:
        messages.error(request, str(refused))
        return redirect(CASE, row.pk)
    except ValidationError as refused:
        if form is not None:
            tell(form, refused)
            return None
        messages.error(request, " ".join(refused.messages))
        return redirect(CASE, row.pk)
    messages.success(request, SAID[name])
    if name == "take_up" and moved.item_id:
        return redirect("wagtailadmin_pages:edit", moved.item_id)
    return redirect(CASE, row.pk)
