"""The log on the desk: the list, one activity with its moves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaign.activities import services
from campaign.activities.choices import ActivityState, DoubtState, EvidenceKind
from campaign.activities.evidence_views import key_in
from campaign.activities.figures import later, month_ends, month_of, records_of
from campaign.activities.forms import LONG, day_input
from campaign.activities.models import Activity, ActivityKind, Commune, Evidence, Suspicion
from campaign.activities.permissions import (
    moves_for,
    user_can_edit,
    user_can_inspect,
    user_can_tell,
    user_writes,
)
from campaign.activities.queries import evidence_of, hidden_evidence, told, verdict_on
from campaign.activities.services import MoveRefused
from campaign.activities.story_views import told_of
from campaign.activities.workflow import Move
from campaign.units.acts import Act, done
from campaign.units.desk import desk_view, must
from campaign.units.models import Unit
from campaign.units.reach import under
from core.field_names import called
from core.listing import numbered_page

GET_OR_POST = ["GET", "HEAD", "POST"]
PER_PAGE = 30
MINE, TAKEN, UNIT = "toi", "tham-gia", ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to."""

    words: str = ""
    whose: str = ""
    state: str = ""
    kind: str = ""
    commune: str = ""
    # First days of the first and the last month.
    first: date | None = None
    last: date | None = None
    unit: Unit | None = None

    @property
    def month(self) -> date | None:
        """The month, where only one was asked for."""
        return self.first if self.first == self.last else None


@require_safe
@desk_view
def activities(request: HttpRequest) -> HttpResponse:
    """What one sees of the log, newest first."""
    asked = _asked(request)
    rows = listed(request.user, asked)
    items = numbered_page(rows, request.GET.get("trang"), per_page=PER_PAGE)
    context = {
        "items": items,
        "asked": asked,
        "states": ActivityState.choices,
        "kinds": ActivityKind.objects.all(),
        "commune": Commune.objects.filter(pk=int(asked.commune)).first() if asked.commune else None,
        "is_narrowed": asked != Asked(),
    }
    return render(request, "activities/list.html", context)


def _asked(request: HttpRequest) -> Asked:
    get = request.GET
    unit = number_in(get, "don-vi")
    month = month_of(get.get("thang", ""))
    first = month or month_of(get.get("tu-thang", ""))
    last = month or month_of(get.get("den-thang", "")) or first
    if first is None or last is None or not first <= last <= later(first):
        first = last = None
    return Asked(
        words=get.get("q", "").strip()[:100],
        whose=get.get("cua", ""),
        state=get.get("tinh-trang", ""),
        kind=get.get("loai", ""),
        commune=str(number_in(get, "xa")) if get.get("xa") else "",
        first=first,
        last=last,
        unit=Unit.objects.filter(pk=unit).first() if unit else None,
    )


def number_in(asked: QueryDict, name: str) -> int:
    """A number of the address; 0 for nonsense."""
    text = asked.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def listed(user: Any, asked: Asked) -> QuerySet[Activity]:
    """The rows of the list, with what it shows of each; the number of queries does not grow with them."""
    rows = Activity.objects.listed_for(user)
    if asked.whose == MINE:
        rows = rows.filter(author=user.pk)
    elif asked.whose == TAKEN:
        rows = rows.filter(participants__person__user=user.pk)
    if asked.state in ActivityState.values:
        rows = rows.filter(state=asked.state)
    if asked.kind:
        rows = rows.filter(kind__slug=asked.kind)
    if asked.commune:
        rows = rows.filter(commune=int(asked.commune) or None)
    if asked.first and asked.last and asked.unit:
        rows = rows.filter(records_of(asked.unit, asked.first, asked.last))
    elif asked.first and asked.last:
        rows = rows.filter(starts_on__range=(asked.first, month_ends(asked.last)[1]))
    elif asked.unit:
        rows = rows.filter(under(asked.unit.path, "unit"))
    for word in asked.words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(place__icontains=word))
    doubts = Suspicion.objects.filter(
        Q(one=OuterRef("pk")) | Q(other=OuterRef("pk")), state=DoubtState.OPEN
    )
    # Counted for the rows of a page, not for all that were found.
    kept = Evidence.objects.filter(activity=OuterRef("pk"), removed_at=None).order_by()
    pieces = kept.values("activity").annotate(count=Count("pk")).values("count")
    rows = rows.select_related("unit", "kind", "commune", "author")
    return rows.annotate(doubtful=Exists(doubts), pieces=Coalesce(pieces, 0)).order_by(
        "-starts_on", "-pk"
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="Lý do", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi lý do: người nhập cần biết phải sửa gì.", **LONG},
    )  # fmt: skip


class InspectForm(forms.Form):
    """What was found, and when to look again."""

    findings = forms.CharField(
        label="Nhận xét", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi nhận xét.", **LONG},
    )  # fmt: skip
    follow_up_on = day_input("Xem lại ngày")


class PaperForm(forms.Form):
    """A paper that came later."""

    kind = called(
        forms.ChoiceField(
            label="Là",
            choices=[
                (EvidenceKind.LOCAL_CONFIRMATION.value, EvidenceKind.LOCAL_CONFIRMATION.label),
                (EvidenceKind.THANKS.value, EvidenceKind.THANKS.label),
            ],
        ),
        "Là giấy gì",
    )
    upload = forms.FileField(
        label="Tệp PDF hoặc ảnh chụp", error_messages={"required": "Hãy chọn tệp."}
    )


class PreparedForm(forms.Form):
    """Who really typed, where an office shares the account."""

    prepared_by = forms.CharField(
        label="Người lập", max_length=120,
        error_messages={"required": "Tài khoản dùng chung: hãy ghi tên người lập.", **LONG},
    )  # fmt: skip


class NoForm(forms.Form):
    """Nothing to type."""


DO: dict[str, Callable[..., Any]] = {
    "send": services.send_activity,
    "withdraw": services.withdraw_activity,
    "confirm": services.confirm_activity,
    "return": services.return_activity,
    "unconfirm": services.unconfirm_activity,
}
SAID = {
    "send": "Đã gửi.",
    "withdraw": "Đã rút về. Bạn sửa được rồi gửi lại.",
    "confirm": "Đã xác nhận. Hoạt động được tính vào số liệu.",
    "return": "Đã trả lại cho người nhập.",
    "unconfirm": "Đã bỏ xác nhận. Hoạt động không còn được tính.",
}


@require_http_methods(GET_OR_POST)
@desk_view
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: all of it, and what may be done. A POST does the act named in `viec`."""
    rows = Activity.objects.visible_to(request.user).select_related(
        "unit", "institution", "kind", "programme", "commune", "author", "sent_by",
        "confirming_unit", "confirmed_by",
    )  # fmt: skip
    found = get_object_or_404(rows, pk=pk)
    acts = _acts(request, found)
    if request.method == "POST":
        if act := done(acts, request.POST.get("viec", "")):
            messages.success(request, act.said)
            still = Activity.objects.visible_to(request.user).filter(pk=pk).exists()
            return redirect(found) if still else redirect("activities:activities")
        must(any(act.is_sent for act in acts))
    return render(request, "activities/activity.html", _context(request, found, acts))


def _context(request: HttpRequest, found: Activity, acts: list[Act]) -> dict[str, Any]:
    evidence = evidence_of(found, request.user)
    inspects = user_can_inspect(request.user, found)
    value = told(found)
    names = [act.name for act in acts]
    return {
        "activity": found,
        "acts": [act for act in acts if act.name not in ("confirm", "send")],
        "main": next((act for act in acts if act.name in ("confirm", "send")), None),
        "can_edit": user_can_edit(request.user, found),
        "can_discard": "discard" in names,
        "participants": found.participants.select_related("person__unit"),
        "groups": found.served.select_related("audience"),
        "topics": found.topics.all(),
        "hosts": found.hosts.all(),
        "links": found.links.all(),
        "evidence": evidence,
        "hidden": hidden_evidence(found, evidence),
        "events": found.events.select_related("by"),
        "inspections": found.inspections.select_related("by") if inspects else [],
        "doubts": seen_doubts(found),
        "is_office": inspects,
        "can_tell": user_can_tell(request.user, found),
        "can_take_out": user_can_tell(request.user, found, taking_out=True),
        "stories": told_of(found),
        "double": services.double_of(found),
        "verdict": verdict_on(value, timezone.localdate()),
    }


def seen_doubts(found: Activity) -> list[dict[str, Any]]:
    """Of the other record only unit, day, place and the picture, whoever looks."""
    rows = []
    for doubt in services.doubts_about(found):
        is_one = doubt.one_id == found.pk
        rows.append(
            {
                "doubt": doubt,
                "other": doubt.other if is_one else doubt.one,
                "photo": doubt.other_photo if is_one else doubt.one_photo,
            }
        )
    return rows


def _acts(request: HttpRequest, found: Activity) -> list[Act]:
    """What the user may do now, each with its form; the one that was sent is bound."""
    by, sent, now = request.user, request.POST.get("viec", ""), timezone.now()

    def data(name: str) -> Any:
        return request.POST if sent == name else None

    acts = [_move_act(request, found, move, data(move.name)) for move in moves_for(by, found)]
    if user_writes(by, found) and found.state in (ActivityState.SENT, ActivityState.CONFIRMED):
        files = request.FILES if sent == "paper" else None
        acts.append(Act(
            "paper", "Thêm giấy xác nhận, thư cảm ơn", PaperForm(data("paper"), files, prefix="paper"),
            lambda words: services.add_evidence(found, by=by, now=now, key=key_in(request.POST), **words),
            "Đã thêm.", hint="Ảnh chụp giấy cần rõ chữ ký, con dấu; đừng chụp căn cước.",
        ))  # fmt: skip
    if user_can_inspect(by, found) and found.state == ActivityState.CONFIRMED:
        acts.append(Act(
            "inspect", "Ghi kết quả kiểm tra", InspectForm(data("inspect"), prefix="inspect"),
            lambda words: services.inspect_activity(found, by=by, now=now, **words),
            "Đã ghi kết quả kiểm tra.", hint="Chỉ Thường trực phong trào xem được.",
        ))  # fmt: skip
        open_one = found.inspections.filter(settled_at=None, follow_up_on__isnull=False).first()
        if open_one is not None:
            acts.append(Act(
                "settle", "Đã xem lại xong", NoForm(data("settle"), prefix="settle"),
                lambda words: services.settle_inspection(open_one, by=by, now=now), "Đã ghi.",
            ))  # fmt: skip
    if (
        by.pk == found.author_id
        and found.state == ActivityState.DRAFT
        and not found.events.exists()
    ):
        acts.append(Act(
            "discard", "Xóa bản đang soạn", NoForm(data("discard"), prefix="discard"),
            lambda words: services.discard_activity(found, by=by, now=now), "Đã xóa bản đang soạn.",
            hint="Ảnh và mọi thứ đã ghi trong bản này mất hẳn.", grave=True,
        ))  # fmt: skip
    return acts


def _move_act(request: HttpRequest, found: Activity, move: Move, data: Any) -> Act:
    form: type[forms.Form] = ReasonForm if move.wants_reason else NoForm
    if move.name == "send" and request.user.is_shared and not found.prepared_by:  # type: ignore[union-attr]
        form = PreparedForm
    do = DO[move.name]

    def act(words: dict[str, Any]) -> Any:
        try:
            return do(found, by=request.user, now=timezone.now(), **words)
        except MoveRefused as refused:
            raise ValidationError(str(refused)) from refused

    return Act(
        move.name, move.label, form(data, prefix=move.name), act, SAID[move.name],
        grave=move.name in ("unconfirm", "confirm", "send"),
    )  # fmt: skip
