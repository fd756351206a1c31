"""One proposal on the desk: who is proposed, what the rules say, its moves; people and collectives taken in."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaign.awards import services
from campaign.awards.choices import SENT, SIGNED_STATES, NomineeState, Subject
from campaign.awards.forms import (
    MeritsForm,
    NoForm,
    PreparedForm,
    ReasonForm,
    SignedForm,
)
from campaign.awards.models import Dossier, Nominee, NomineePoint
from campaign.awards.permissions import (
    days_problem,
    moves_for,
    user_can_edit,
    user_checks,
    user_sees_personal,
    user_signs,
    user_sits_over,
    user_writes,
)
from campaign.awards.queries import Review, dossier_rows, reviews_of
from campaign.awards.services import MoveRefused, Stale
from campaign.awards.services.moves import own_problems
from campaign.units.acts import Act, done, tell
from campaign.units.desk import desk_view
from core.moves import Move

GET_OR_POST = ["GET", "HEAD", "POST"]
PER_PAGE = 30
UNPROCESSABLE, CONFLICT = 422, 409
DO: dict[str, Callable[..., Any]] = {
    "sign": services.sign_dossier, "submit": services.submit_dossier,
    "reopen": services.reopen_dossier, "withdraw": services.withdraw_dossier,
    "return": services.return_dossier, "ready": services.ready_dossier,
}  # fmt: skip
SAID = {
    "sign": "Đã ký duyệt và xác nhận từng người. Bấm “Nộp hồ sơ” để gửi Thường trực.",
    "submit": "Đã nộp cho Thường trực thẩm tra.",
    "reopen": "Đã mở lại để sửa. Chữ ký duyệt không còn hiệu lực: sửa xong hãy ký lại.",
    "withdraw": "Đã rút về. Sửa xong nhớ ký duyệt và nộp lại.",
    "return": "Đã trả lại kèm lý do.",
    "ready": "Hồ sơ đủ điều kiện trình Hội đồng.",
}
GRAVE = frozenset({"sign", "submit", "return", "ready"})


def dossier_for(request: HttpRequest, pk: int) -> Dossier:
    """A proposal that one may open."""
    rows: Any = dossier_rows()
    found: Dossier = get_object_or_404(rows.visible_to(request.user), pk=pk)
    return found


@require_http_methods(GET_OR_POST)
@desk_view
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: whom, by which criteria, what is missing, what may be done, what was done."""
    found = dossier_for(request, pk)
    now = timezone.now()
    services.open_received(found, by=request.user, now=now)
    services.log_opening(found, by=request.user, what="Xem hồ sơ", now=now)
    acts, merits = _acts(request, found), _merits_form(request, found)
    status = 200
    if request.method == "POST":
        sent = request.POST.get("viec", "")
        if sent == "merits":
            status = _save_merits(request, found, merits)
        elif act := done(acts, sent):
            messages.success(request, act.said)
            status = 0
        else:
            status = UNPROCESSABLE
        if status == 0:
            still = dossier_rows().filter(pk=pk).visible_to(request.user).exists()  # type: ignore[attr-defined]
            return redirect(found) if still else redirect("awards:home")
        found = dossier_for(request, pk)
    context = _context(request, found, acts) | {"merits": merits, "is_stale": status == CONFLICT}
    return render(request, "awards/dossier.html", context, status=status)


def _merits_form(request: HttpRequest, found: Dossier) -> MeritsForm:
    sent = request.POST if request.POST.get("viec") == "merits" else None
    told = {
        "merits": found.merits, "prepared_by": found.prepared_by, "version": found.merits_version,
    }  # fmt: skip
    return MeritsForm(sent, initial=told)


def _save_merits(request: HttpRequest, found: Dossier, form: MeritsForm) -> int:
    """0 when it is kept; else the status of the page that shows why not, with what was typed."""
    if not form.is_valid():
        return UNPROCESSABLE
    told = dict(form.cleaned_data)
    version = told.pop("version")
    try:
        services.save_merits(
            found, merits_version=version, by=request.user, now=timezone.now(), **told
        )
    except Stale:
        # The next press, with both texts in sight, writes over it.
        fresh = Dossier.objects.get(pk=found.pk)
        typed = request.POST.copy()
        typed["version"] = str(fresh.merits_version)
        form.data = typed
        return CONFLICT
    except ValidationError as refused:
        tell(form, refused)
        return UNPROCESSABLE
    messages.success(request, "Đã lưu.")
    return 0


def _context(request: HttpRequest, found: Dossier, acts: list[Act]) -> dict[str, Any]:
    reviews = reviews_of(found.round, found)
    can_edit = user_can_edit(request.user, found)
    checks = user_checks(request.user, found)
    main = next((act for act in acts if act.name in ("sign", "submit", "ready")), None)
    blocking = _blocking(found, reviews)
    return {
        "dossier": found,
        "groups": _grouped(reviews, points_of(found)),
        "reviews": reviews,
        "blocking": blocking,
        "over": [one for one in reviews if one.is_over],
        "main": main,
        "acts": [act for act in acts if act is not main and act.name != "return"],
        "giving_back": next((act for act in acts if act.name == "return"), None),
        "can_edit": can_edit,
        "checks": checks,
        "sits": user_sits_over(request.user, found.round),
        "personal": user_sees_personal(request.user, found),
        "stopped": days_problem(found, timezone.now()) if can_edit or found.state == "signed" else None,
        "reason": _last_return(found),
        "events": found.events.select_related("by").prefetch_related("points__nominee"),
        "revisions": found.revisions.select_related("event__by").order_by("-number"),
        "copies": found.signed_proposals.select_related("revision", "added_by"),
        "openings": found.openings.select_related("by")[:PER_PAGE] if checks else (),
        "gone": found.nominees.filter(state=NomineeState.WITHDRAWN),
    }  # fmt: skip


def _blocking(found: Dossier, reviews: list[Review]) -> list[tuple[Nominee, str]]:
    """What the unit still has to mend before it signs; and the office, before it finds the proposal whole."""
    unit_side = found.state not in SENT
    return [
        (one.nominee, said)
        for one in reviews
        for said in (own_problems(one) if unit_side else one.hard)
    ]


def _grouped(
    reviews: list[Review], points: dict[int, str]
) -> list[tuple[str, list[tuple[Review, str | None]]]]:
    """Nominees by what they are, in the order of the form, each with what the office wants mended."""
    found: dict[str, list[tuple[Review, str | None]]] = {label: [] for _, label in Subject.choices}
    for one in reviews:
        found[one.nominee.get_subject_display()].append((one, points.get(one.nominee.pk)))
    return [(label, rows) for label, rows in found.items() if rows]


def _last_return(found: Dossier) -> Any:
    if found.state != "returned":
        return None
    return found.events.filter(move="return").select_related("by").last()


def points_of(found: Dossier) -> dict[int, str]:
    """What the office wants mended of whom, from the last time it gave the proposal back."""
    event = found.events.filter(move="return").last()
    if event is None or found.state not in ("returned", "draft"):
        return {}
    return dict(NomineePoint.objects.filter(event=event).values_list("nominee", "reason"))


def _acts(request: HttpRequest, found: Dossier) -> list[Act]:
    """The moves the user may make now, each with its form; the one that was sent is bound."""
    by, now = request.user, timezone.now()
    acts = [_move_act(request, found, move) for move in moves_for(by, found, now)]
    if found.state in SIGNED_STATES and (user_writes(by, found) or user_signs(by, found)):
        sent = request.POST.get("viec") == "signed"
        form = SignedForm(
            request.POST if sent else None, request.FILES if sent else None, prefix="signed"
        )
        acts.append(Act(
            "signed", "Đưa tờ trình đã ký lên", form,
            lambda told: services.add_signed_proposal(found, by=by, now=now, **told), "Đã lưu bản ký.",
            hint="Tải Word, in, ký, đóng dấu (nếu có dấu); chụp hoặc quét lại rồi đưa lên đây.",
        ))  # fmt: skip
    return acts


def _move_act(request: HttpRequest, found: Dossier, move: Move) -> Act:
    form: type[forms.Form] = ReasonForm if move.name == "return" else NoForm
    if move.name == "submit" and request.user.is_shared and not found.prepared_by:  # type: ignore[union-attr]
        form = PreparedForm
    data = request.POST if request.POST.get("viec") == move.name else None

    def act(told: dict[str, Any]) -> Any:
        if move.name == "return":
            told = {**told, "points": _points_typed(request, found)}
        try:
            return DO[move.name](found, by=request.user, now=timezone.now(), **told)
        except MoveRefused as refused:
            raise ValidationError(str(refused)) from refused

    return Act(
        move.name, move.label, form(data, prefix=move.name), act, SAID[move.name],
        grave=move.name in GRAVE,
    )  # fmt: skip


def _points_typed(request: HttpRequest, found: Dossier) -> dict[int, str]:
    """What is to be mended of whom: `can-<nominee>`."""
    keys = found.nominees.exclude(state=NomineeState.WITHDRAWN).values_list("pk", flat=True)
    return {pk: request.POST.get(f"can-{pk}", "") for pk in keys}
