"""Lists of the first tier on the desk: all one sees, a new one, one list with its acts."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaign.awards import services
from campaign.awards.choices import READS_SENT, WRITES
from campaign.awards.models import RecognitionList
from campaign.awards.permissions import user_meets_awards
from campaign.awards.recognition_choices import CAME_TO_LEADER, RecognitionPart, RecognitionState
from campaign.awards.recognition_forms import DecideForm, ListForm, NoForm, ReasonForm
from campaign.awards.recognition_permissions import (
    parts_of,
    recognition_moves_for,
    units_to_praise,
    user_can_edit_list,
    user_sees_codes,
)
from campaign.awards.recognition_queries import counted_lists, entry_rows, hints_of, list_rows
from campaign.awards.services import MoveRefused, Stale
from campaign.awards.services.recognition_moves import sending_problems
from campaign.plan.rules import SchoolYear
from campaign.units.acts import Act, done, tell
from campaign.units.desk import desk_view, must, seat_in_use
from campaign.units.reach import inside, posts_of
from core.listing import numbered_page
from core.moves import Move

GET_OR_POST = ["GET", "HEAD", "POST"]
UNPROCESSABLE = 422
PER_PAGE, ENTRIES_PER_PAGE = 30, 100
MINE, RECEIVED = "don-vi", "trinh"
DO: dict[str, Callable[..., Any]] = {
    "send": services.send_list, "withdraw": services.withdraw_list,
    "recognise": services.recognise_list, "return": services.return_list,
}  # fmt: skip
FORMS: dict[str, type[forms.Form]] = {"recognise": DecideForm, "return": ReasonForm}
SAID = {
    "send": "Đã trình lãnh đạo.", "withdraw": "Đã rút về: sửa xong nhớ trình lại.",
    "recognise": "Đã công nhận, biểu dương.", "return": "Đã trả lại kèm lý do.",
}  # fmt: skip


def key_of(data: Any) -> UUID:
    """The key of a form that may be sent twice; a new one where there is none, or nonsense."""
    try:
        return UUID(data.get("key", ""))
    except (ValueError, AttributeError):
        return uuid4()


def list_for(request: HttpRequest, pk: int) -> RecognitionList:
    """The list, for those who may see it; 404 for all others."""
    return get_object_or_404(list_rows().visible_to(request.user), pk=pk)  # type: ignore[attr-defined]


def editing(view: Callable[[HttpRequest, RecognitionList], HttpResponse]) -> Callable[..., Any]:
    """A page on which a list is changed: 404 for strangers, 403 for readers, a word when it was just sent."""

    @require_http_methods(GET_OR_POST)
    @desk_view
    @wraps(view)
    def framed(request: HttpRequest, pk: int) -> HttpResponse:
        listing = list_for(request, pk)
        return not_now(request, listing) or view(request, listing)

    return framed


def not_now(request: HttpRequest, listing: RecognitionList) -> HttpResponse | None:
    """Back to the list, with the reason, for those who write it while it may not be changed; 403 for others."""
    if user_can_edit_list(request.user, listing):
        return None
    must(bool(parts_of(request.user, listing) & {RecognitionPart.WRITER, RecognitionPart.SENDER}))
    state = listing.get_state_display().lower()
    messages.error(request, f"Danh sách {state}: không sửa được nữa.")
    return redirect(listing)


@require_safe
@desk_view
def lists(request: HttpRequest) -> HttpResponse:
    """The lists of one's units, and what was sent to the leader; by school year."""
    must(user_meets_awards(request.user))
    user, whose = request.user, request.GET.get("cua", "")
    seen = counted_lists().visible_to(user)  # type: ignore[attr-defined]
    receives = any(post.role in READS_SENT for post in posts_of(user))
    mine = seen.filter(inside(user, WRITES, "unit") | Q(unit__in=units_to_praise(user)))
    received = seen.filter(state__in=CAME_TO_LEADER)
    waiting = received.filter(state=RecognitionState.SENT).count() if receives else 0
    can_begin = units_to_praise(user).exists()
    if whose not in (MINE, RECEIVED):
        whose = MINE if can_begin and not waiting else RECEIVED if receives else MINE
    # What waits for a decision stands first.
    rows = (
        received.order_by("-school_year", "-state", "-sent_at", "pk")
        if whose == RECEIVED
        else mine.order_by("-school_year", "-changed_at", "-pk")
    )
    years = sorted(set(rows.order_by().values_list("school_year", flat=True)), reverse=True)
    year = request.GET.get("nam", "")
    if year.isascii() and year.isdigit() and int(year[:4]) in years:
        rows = rows.filter(school_year=int(year[:4]))
    context = {
        "items": numbered_page(rows, request.GET.get("trang"), per_page=PER_PAGE),
        "whose": whose, "receives": receives, "waiting": waiting, "can_begin": can_begin,
        "years": [(str(begins), SchoolYear(begins).name) for begins in years], "year": year,
    }  # fmt: skip
    return render(request, "awards/recognition/lists.html", context)


@require_http_methods(GET_OR_POST)
@desk_view
def new(request: HttpRequest) -> HttpResponse:
    """A new list."""
    units = units_to_praise(request.user).order_by("path")
    must(units.exists())
    seat = seat_in_use(request)
    first = units.filter(pk=seat.at.unit).first() if seat else None
    form = ListForm(request.POST or None, user=request.user, units=units,
                    initial={"unit": first or units[0]})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = services.begin_list(
                form.cleaned_data["unit"], form.told(), key=key_of(request.POST), by=request.user,
                now=timezone.now(),
            )  # fmt: skip
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, "Đã lập danh sách. Bây giờ hãy thêm người.")
            return redirect(made)
    context = {"form": form, "key": key_of(request.POST)}
    return render(request, "awards/recognition/change.html", context, status=_status(request))


@editing
def change(request: HttpRequest, listing: RecognitionList) -> HttpResponse:
    """Other words about a list."""
    form = ListForm(request.POST or None, user=request.user, units=None, listing=listing)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_list(listing, form.told(listing), version=version_in(request),
                                 by=request.user, now=timezone.now())  # fmt: skip
        except Stale:
            said = (
                "Người khác vừa sửa danh sách này. Phần bạn gõ còn ở dưới: xem lại rồi lưu lần nữa."
            )
            form.add_error(None, said)
            listing = list_for(request, listing.pk)
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, "Đã lưu.")
            return redirect(listing)
    context = {"form": form, "listing": listing}
    return render(request, "awards/recognition/change.html", context, status=_status(request))


def version_in(request: HttpRequest) -> int:
    """How the record stood when the form was opened."""
    told = request.POST.get("version", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0


def _status(request: HttpRequest) -> int:
    return UNPROCESSABLE if request.method == "POST" else 200


@require_http_methods(GET_OR_POST)
@desk_view
def one_list(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: who stands in it, what may be done, what was done."""
    listing = list_for(request, pk)
    services.open_sent_list(listing, by=request.user, now=timezone.now())
    acts = _acts(request, listing)
    status = 200
    if request.method == "POST":
        act = done(acts, request.POST.get("viec", ""))
        if act is not None:
            messages.success(request, act.said)
            still = list_rows().filter(pk=pk).visible_to(request.user).exists()  # type: ignore[attr-defined]
            return redirect(listing) if still else redirect("recognition:lists")
        status = UNPROCESSABLE
        listing = list_for(request, pk)
        if not any(act.is_sent for act in acts):
            # Somebody else was faster, or the page was left open.
            state = listing.get_state_display().lower()
            messages.error(request, f"Danh sách {state}: việc vừa bấm không làm được nữa.")
    return render(
        request, "awards/recognition/list.html", _context(request, listing, acts), status=status
    )


def _context(request: HttpRequest, listing: RecognitionList, acts: list[Act]) -> dict[str, Any]:
    rows = entry_rows(listing)
    page = numbered_page(rows, request.GET.get("trang"), per_page=ENTRIES_PER_PAGE)
    hints = hints_of(listing, page.object_list)
    can_edit = user_can_edit_list(request.user, listing)
    main = next((act for act in acts if act.name in ("send", "recognise")), None)
    return {
        "listing": listing,
        "items": page,
        "entries": [(row, hints.get(row.pk, [])) for row in page.object_list],
        "people": sum(not row.is_collective for row in rows),
        "collectives": sum(row.is_collective for row in rows),
        "without_merit": sum(not row.merit for row in rows),
        "can_edit": can_edit,
        "problems": sending_problems(listing) if can_edit else [],
        "sees_codes": user_sees_codes(request.user, listing),
        "is_sender": RecognitionPart.SENDER in parts_of(request.user, listing),
        "main": main,
        "acts": [act for act in acts if act is not main],
        "events": list(listing.events.select_related("by")),
        "revisions": listing.revisions.select_related("event"),
    }


def _acts(request: HttpRequest, listing: RecognitionList) -> list[Act]:
    """What the user may do now, each with its form; the one that was sent is bound."""
    by, sent = request.user, request.POST.get("viec", "")

    def data(name: str) -> Any:
        return request.POST if sent == name else None

    acts = [
        _move_act(request, listing, move, data(move.name))
        for move in recognition_moves_for(by, listing)
    ]
    if user_can_edit_list(by, listing) and not listing.events.filter(move="send").exists():
        acts.append(Act(
            "discard", "Bỏ danh sách này", NoForm(data("discard"), prefix="discard"),
            lambda words: services.discard_list(listing, by=by), "Đã bỏ danh sách.",
            hint="Danh sách chưa trình lần nào: bỏ thì mất hẳn, không lấy lại được.", grave=True,
        ))  # fmt: skip
    return acts


def _move_act(request: HttpRequest, listing: RecognitionList, move: Move, data: Any) -> Act:
    form = FORMS.get(move.name, NoForm)

    def act(words: dict[str, Any]) -> Any:
        try:
            return DO[move.name](listing, by=request.user, now=timezone.now(), **words)
        except MoveRefused as refused:
            raise ValidationError(str(refused)) from refused

    initial = {"day": timezone.localdate()} if move.name == "recognise" else None
    return Act(
        move.name, move.label, form(data, prefix=move.name, initial=initial), act, SAID[move.name],
        grave=move.name != "withdraw",
    )  # fmt: skip
