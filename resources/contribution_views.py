"""The desk's pages of what a unit offers its list, one screen to write it, its page with the moves."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.units.acts import Act, done, tell
from campaign.units.choices import CONFIRMS
from campaign.units.desk import desk_view, must, seat_in_use
from campaign.units.reach import posts_of
from core.kept_posts import kept_post
from core.listing import numbered_page
from core.moves import Move
from resources import services
from resources.choices import ContributionState, Part
from resources.contribution_forms import ContributionForm, ReasonForm, initial_of
from resources.contribution_rules import problems
from resources.contribution_tasks import may_see_contributions
from resources.downloads import file_name
from resources.models import Contribution, Language
from resources.permissions import (
    moves_for,
    parts_of,
    units_to_offer_for,
    user_can_edit_contribution,
    user_can_offer,
    user_judges,
)

GET_OR_POST = ["GET", "HEAD", "POST"]
UNPROCESSABLE, CONFLICT = 422, 409
PER_PAGE = 30
STALE = (
    "Người khác vừa sửa bản này. Chữ bạn gõ vẫn còn ở dưới: xem lại rồi bấm Lưu để ghi theo bạn."
)
# What is said once a move is made.
SAID = {
    "send": "Đã gửi thư viện. Thủ thư xem rồi trả lời ở trang này.",
    "hand_up": "Đã gửi trưởng đơn vị. Trưởng đơn vị xem rồi chuyển thư viện.",
    "pass_on": "Đã chuyển thư viện.",
    "give_back": "Đã trả lại người soạn.",
    "withdraw": "Đã rút về: sửa rồi gửi lại.",
}
HANDS_ON = ("send", "hand_up", "pass_on")
# Shown in a PDF's or a picture's own viewer; anything else is saved.
SHOWN = ("pdf", "jpg", "mp4", "webm", "mp3", "m4a", "ogg", "wav")


@require_safe
@desk_view
def contributions(request: HttpRequest) -> HttpResponse:
    """What one's units have offered, the newest change first."""
    must(may_see_contributions(request) or user_judges(request.user))
    state = request.GET.get("tinh-trang", "")
    state = state if state in ContributionState.values else ""
    rows = Contribution.objects.visible_to(request.user).select_related("unit", "item", "author")
    rows = rows.filter(state=state) if state else rows
    context = {
        "items": numbered_page(rows, request.GET.get("trang"), per_page=PER_PAGE),
        "states": ContributionState.choices,
        "state": state,
        "can_offer": user_can_offer(request.user),
    }
    return render(request, "resources/contributions/list.html", context)


def _data(request: HttpRequest, now: datetime) -> Any:
    return request.POST if request.method == "POST" else kept_post(request, now)


@require_http_methods(GET_OR_POST)
@desk_view
def new_contribution(request: HttpRequest) -> HttpResponse:
    """An empty screen; the first saving makes the draft, however often it is pressed."""
    must(user_can_offer(request.user))
    now = timezone.now()
    data = _data(request, now)
    key = _key_in(data)
    seat = seat_in_use(request)
    initial = {"unit": seat.at.unit if seat else None, "language": Language.objects.first()}
    form = ContributionForm(
        data, request.FILES or None, units=units_to_offer_for(request.user), initial=initial
    )
    if request.method != "POST":
        return _screen(request, None, form, key)
    form.is_valid()
    unit = form.cleaned_data.get("unit")
    if unit is None:
        return _screen(request, None, form, key, status=UNPROCESSABLE)
    if not form.has_words:
        # Nothing was told yet: no draft without a name is left lying.
        for name, said in problems(form.offer).items():
            form.add_error(name, said)
        return _screen(request, None, form, key, status=UNPROCESSABLE)
    row = services.begin_contribution(unit, form.understood, key=key, by=request.user, now=now)
    if not user_can_edit_contribution(request.user, row):
        return redirect(row)
    if row.created_at != now:
        # The answer to the first press was lost: take what is new.
        row = services.save_contribution(
            row, form.understood, version=row.version, by=request.user, now=now
        )
    return _after(request, row, form, now)


@require_http_methods(GET_OR_POST)
@desk_view
def edit_contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen of a draft, or of what was given back."""
    row = _seen(request, pk)
    must(user_can_edit_contribution(request.user, row))
    now = timezone.now()
    data = _data(request, now)
    # The unit was chosen at the beginning.
    units = units_to_offer_for(request.user) | type(row.unit).objects.filter(pk=row.unit_id)
    form = ContributionForm(data, request.FILES or None, units=units, initial=initial_of(row))
    form.fields["unit"].required = False
    if request.method != "POST":
        return _screen(request, row, form, row.key)
    form.is_valid()
    try:
        row = services.save_contribution(
            row, form.understood, version=_number(request.POST.get("version", "")),
            by=request.user, now=now,
        )  # fmt: skip
    except services.Stale:
        row.refresh_from_db()
        messages.error(request, STALE)
        return _screen(request, row, form, row.key, status=CONFLICT)
    return _after(request, row, form, now)


def _key_in(data: Any) -> UUID:
    try:
        return UUID(data.get("key", "")) if data else uuid4()
    except ValueError:
        return uuid4()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _seen(request: HttpRequest, pk: int) -> Contribution:
    rows = Contribution.objects.visible_to(request.user).distinct()
    found: Contribution = get_object_or_404(
        rows.select_related("unit", "author", "language", "licence", "item"), pk=pk
    )
    return found


def _screen(
    request: HttpRequest, row: Contribution | None, form: ContributionForm, key: UUID,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    if row is None:
        heads = any(post.role in CONFIRMS for post in posts_of(request.user))
        hand_on = "send" if heads and not request.user.is_shared else "hand_up"  # type: ignore[union-attr]
    else:
        hand_on = "send" if Part.HEAD in parts_of(request.user, row) else "hand_up"
    context = {"row": row, "form": form, "key": key, "hand_on": hand_on}
    return render(request, "resources/contributions/edit.html", context, status=status)


def _after(
    request: HttpRequest, row: Contribution, form: ContributionForm, now: datetime
) -> HttpResponse:
    """Saved: then the file, then what was pressed."""
    row = _take_file(request, row, form, now)
    wanted = request.POST.get("viec", "")
    if wanted in HANDS_ON and not form.errors:
        move = "send" if Part.HEAD in parts_of(request.user, row) else "hand_up"
        if _handed_on(request, row, move, form, now):
            return redirect(row)
    if form.errors:
        messages.info(request, "Phần ghi đúng đã được lưu. Xin xem lại phần được đánh dấu.")
        row.refresh_from_db()
        return _screen(request, row, form, row.key, status=UNPROCESSABLE)
    messages.success(request, f"Đã lưu bản nháp lúc {timezone.localtime(now):%H:%M}.")
    return redirect("resources:edit-contribution", row.pk)


def _take_file(
    request: HttpRequest, row: Contribution, form: ContributionForm, now: datetime
) -> Contribution:
    upload = form.cleaned_data.get("file")
    try:
        if upload:
            return services.put_file(row, upload, by=request.user, now=now)
        if request.POST.get("bo-tep") and row.file:
            return services.drop_file(row, by=request.user, now=now)
    except ValidationError as refused:
        tell(form, refused)
    return row


def _handed_on(
    request: HttpRequest, row: Contribution, move: str, form: forms.BaseForm, now: datetime
) -> bool:
    try:
        services.move_contribution(row, move, by=request.user, now=now)
    except ValidationError as refused:
        tell(form, refused)
        return False
    except services.MoveRefused:
        # Another press of the same button was faster.
        return True
    messages.success(request, SAID[move])
    return True


@require_http_methods(GET_OR_POST)
@desk_view
def contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """What was offered, how far it is, and what may be done with it."""
    row = _seen(request, pk)
    moves = [
        move for move in moves_for(request.user, row) if move.actors & {Part.WRITER, Part.HEAD}
    ]
    sent = request.POST.get("viec", "")
    acts = [_act(request, row, move, sent) for move in moves]
    if request.method == "POST":
        try:
            if act := done(acts, sent):
                messages.success(request, act.said)
                return redirect(row)
        except services.MoveRefused as problem:
            messages.error(request, str(problem))
            return redirect(row)
        if sent not in {move.name for move in moves}:
            messages.error(request, "Tình trạng vừa thay đổi: hãy xem lại rồi làm tiếp.")
            return redirect(row)
    context = {
        "row": row,
        "main": next((act for act in acts if act.name in HANDS_ON), None),
        "acts": [act for act in acts if act.name not in HANDS_ON],
        "can_edit": user_can_edit_contribution(request.user, row),
        "missing": problems(row.offer()) if row.is_open else {},
        "events": list(row.events.select_related("by")),
        "audiences": list(row.audiences.all()),
        "topics": list(row.topics.all()),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "resources/contributions/contribution.html", context, status=status)


def _act(request: HttpRequest, row: Contribution, move: Move, sent: str) -> Act:
    data = request.POST if sent == move.name else None
    form = ReasonForm(data, auto_id=f"{move.name}-%s") if move.wants_reason else forms.Form(data)
    return Act(
        name=move.name, label=move.label, form=form, do=partial(_do, request, row, move.name),
        said=SAID[move.name], grave=move.name == "give_back",
    )  # fmt: skip


def _do(request: HttpRequest, row: Contribution, name: str, told: dict[str, Any]) -> None:
    services.move_contribution(
        row, name, by=request.user, now=timezone.now(), reason=told.get("reason", "")
    )


@require_POST
@desk_view
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft that nobody has seen goes."""
    row = _seen(request, pk)
    try:
        services.throw_away(row, by=request.user)
    except PermissionDenied:
        messages.error(request, "Học liệu đã gửi đi thì không bỏ được nữa.")
        return redirect(row)
    messages.success(request, f"Đã bỏ bản nháp “{row}”.")
    return redirect("resources:contributions")


@require_safe
@desk_view
def contribution_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, for those who see the contribution; librarians among them."""
    return served(_seen(request, pk))


def served(row: Contribution) -> Any:
    """The stored file under its Vietnamese name; what a browser shows safely is shown."""
    if not row.file or not row.file.storage.exists(str(row.file.name)):
        raise Http404
    extension = row.extension
    name = file_name(row.title or row.file_name.rpartition(".")[0], extension)
    response = FileResponse(
        row.file.open("rb"), as_attachment=extension not in SHOWN, filename=name
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = (
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"
    )
    return response
