"""One event in the staff area: how it stands, its history, what may be done. A POST does the act in `viec`."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from campaign.events import services
from campaign.events.forms import HoldForm, NoForm, PostponeForm, ReasonForm
from campaign.events.models import Event
from campaign.events.permissions import user_can_change
from campaign.events.registration_forms import AdmissionForm, known_offer
from campaign.events.workflow import allowed_moves
from campaign.units.acts import Act, done
from campaign.units.choices import UnitKind

FORMS: dict[str, type[forms.Form]] = {
    "postpone": PostponeForm, "cancel": ReasonForm, "hold": HoldForm, "reopen": ReasonForm,
}  # fmt: skip
DO: dict[str, Callable[..., Any]] = {
    "postpone": services.postpone,
    "cancel": services.cancel,
    "hold": services.hold,
    "reopen": services.reopen,
}
SAID = {
    "postpone": "Đã ghi hoãn. Mọi trang và lịch báo theo.",
    "cancel": "Đã ghi hủy. Mọi trang và lịch báo theo.",
    "hold": "Đã ghi là đã tổ chức.",
    "reopen": "Đã mở lại.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of acts."""
    if not user_can_change(request.user):
        raise PermissionDenied
    rows = Event.objects.visible_to(request.user)
    found: Event = get_object_or_404(rows.select_related("unit", "series", "commune"), pk=pk)
    made: list[Event] = []
    acts = _acts(request, found, made)
    if request.method == "POST" and (act := done(acts, request.POST.get("viec", ""))):
        messages.success(request, act.said)
        return redirect("events-case", made[0].pk if made else found.pk)
    context = {
        "event": found, "acts": acts, "changes": found.changes.select_related("by"),
        "children": found.children.select_related("unit").order_by("unit__path"),
    }  # fmt: skip
    return render(request, "events/admin/case.html", context)


def _acts(request: HttpRequest, found: Event, made: list[Event]) -> list[Act]:
    sent, by, now = request.POST.get("viec", ""), request.user, timezone.now()

    def data(name: str) -> Any:
        return request.POST if sent == name else None

    def move(name: str) -> Callable[[dict[str, Any]], Any]:
        return lambda words: DO[name](found, by=by, now=now, **words)

    acts = [
        Act(move_.name, move_.label, FORMS[move_.name](data(move_.name), prefix=move_.name),
            move(move_.name), SAID[move_.name], grave=move_.name == "cancel")
        for move_ in allowed_moves(found.state)
    ]  # fmt: skip
    if found.is_open:
        admission = getattr(found, "admission", None)
        acts.append(Act(
            "admit", "Đổi số chỗ, thời hạn đăng ký" if admission else "Nhận đăng ký",
            AdmissionForm(data("admit"), prefix="admit", initial=known_offer(admission)),
            lambda words: services.admit(found, **words, by=by), "Đã ghi việc nhận đăng ký.",
            hint=f"Đã có {admission.taken} người đăng ký." if admission else
            "Trang công khai của sự kiện sẽ có nút đăng ký.",
        ))  # fmt: skip
    if found.series_id and found.year and found.parent_id is None:
        acts.append(Act(
            "next", f"Tạo kỳ {found.year + 1}", NoForm(data("next"), prefix="next"),
            lambda words: made.append(services.next_edition(found, by=by, now=now)),
            f"Đã có kỳ {found.year + 1}: xem lại ngày và chương trình.",
            hint="Chép tên, chương trình, kịch bản, học liệu; ngày rơi vào Chủ nhật thì lùi sang thứ Hai.",
        ))  # fmt: skip
    if found.unit.kind == UnitKind.DEPARTMENT:
        acts.append(Act(
            "children", "Tạo kỳ cho từng trường", NoForm(data("children"), prefix="children"),
            lambda words: services.editions_below(found, by=by, now=now), "Mỗi trường đã có kỳ của mình.",
            hint="Mỗi trường đang hoạt động của sở được một kỳ; trường đã có thì giữ nguyên.",
        ))  # fmt: skip
    return acts
