"""Reports on the desk: what one owes and receives, one report with its moves, two revisions side by side."""

from collections.abc import Callable
from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_http_methods, require_safe

from campaign.reporting import services
from campaign.reporting.calendars import feed_key
from campaign.reporting.choices import RECEIVES, SENT, ReportState
from campaign.reporting.deadlines import days_late
from campaign.reporting.fill_views import points_of, report_for
from campaign.reporting.forms import ExtendForm, NoForm, PreparedForm, ReasonForm, SignedForm
from campaign.reporting.models import Indicator, Report, ReportLine, Revision
from campaign.reporting.permissions import (
    lock_problem,
    moment_of,
    moves_for,
    own_units,
    user_can_edit,
    user_can_remind,
    user_may_report,
    user_receives,
    user_signs,
    user_writes,
)
from campaign.reporting.queries import entries_of, lines_of, problems_in, report_rows
from campaign.reporting.services import MoveRefused, Point
from campaign.reporting.services.papers import SIGNED_STATES
from campaign.units.acts import Act, done
from campaign.units.desk import desk_view, must
from campaign.units.reach import posts_of
from core.listing import numbered_page
from core.moves import Move

GET_OR_POST = ["GET", "HEAD", "POST"]
PER_PAGE = 30
UNPROCESSABLE = 422
MINE, RECEIVED = "nop", "den"
DO: dict[str, Callable[..., Any]] = {
    "confirm": services.confirm_report, "submit": services.submit_report,
    "reopen": services.reopen_report, "withdraw": services.withdraw_report,
    "return": services.return_report, "accept": services.accept_report,
}  # fmt: skip
SAID = {
    "confirm": "Đã ký duyệt. Bấm “Nộp báo cáo” để gửi đi.", "submit": "Đã nộp.", "reopen": "Đã mở lại để sửa.",
    "withdraw": "Đã rút về: sửa xong nhớ ký duyệt và nộp lại.", "return": "Đã trả lại kèm lý do.",
    "accept": "Đã nhận báo cáo.",
}  # fmt: skip


def may_report(request: HttpRequest) -> bool:
    """Whether reports are in the desk's menu."""
    return user_may_report(request.user)


@require_safe
@desk_view
def reports(request: HttpRequest) -> HttpResponse:
    """What one's units owe, and what was sent to them, by day."""
    must(may_report(request))
    whose = request.GET.get("cua", MINE)
    receiving = {post.at.unit for post in posts_of(request.user) if post.role in RECEIVES}
    seen = report_rows().visible_to(request.user).counted()  # type: ignore[attr-defined]
    mine = seen.filter(unit__in=own_units(request.user))
    received = seen.filter(to__in=receiving, state__in=SENT)
    waiting = received.filter(state=ReportState.SUBMITTED).count()
    if whose == RECEIVED:
        # What waits for an answer stands first.
        rows = received.order_by("-state", "-submitted_at", "pk")
    else:
        whose = MINE
        rows = mine.order_by("-round__limit_on", "unit__path", "pk")
    context = {
        "items": numbered_page(rows, request.GET.get("trang"), per_page=PER_PAGE),
        "whose": whose,
        "waiting": waiting,
        "receives": bool(receiving),
        "today": timezone.localdate(),
        "feed": f"{reverse('reporting:feed')}?khoa={feed_key(request.user)}",
    }
    return render(request, "reporting/list.html", context)


@require_http_methods(GET_OR_POST)
@desk_view
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: what it says, what may be done, what was done."""
    found = report_for(request, pk)
    now = timezone.now()
    services.open_received(found, by=request.user, now=now)
    acts = _acts(request, found)
    status = 200
    if request.method == "POST":
        act = done(acts, request.POST.get("viec", ""))
        if act is not None:
            messages.success(request, act.said)
            still = report_rows().filter(pk=pk).visible_to(request.user).exists()  # type: ignore[attr-defined]
            return redirect(found) if still else redirect("reporting:reports")
        status = UNPROCESSABLE
        found = report_for(request, pk)
    return render(request, "reporting/report.html", _context(request, found, acts), status=status)


def _context(request: HttpRequest, found: Report, acts: list[Act]) -> dict[str, Any]:
    now = timezone.now()
    entries = entries_of(found)
    problems = problems_in(found, entries) if found.state in ("draft", "returned") else []
    zone = timezone.get_default_timezone()
    main = next((act for act in acts if act.name in ("confirm", "submit", "accept")), None)
    return {
        "report": found,
        "entries": entries,
        "lines": lines_of(found),
        "columns": list(found.round.layout.columns.all()),
        "points": points_of(found),
        "main": main,
        "acts": [act for act in acts if act is not main and act.name != "return"],
        "giving_back": next((act for act in acts if act.name == "return"), None),
        "can_edit": user_can_edit(request.user, found),
        "hard": [problem for problem in problems if problem.is_hard],
        "soft": [problem for problem in problems if not problem.is_hard],
        "locked": lock_problem(found, now),
        "moment": moment_of(found, now).value,
        "late": days_late(found.first_submitted_at, found.due_on, zone) if found.first_submitted_at else 0,
        "events": found.events.select_related("by").prefetch_related("points__indicator", "points__line__task"),
        "revisions": list(found.revisions.select_related("event__by").order_by("-number")),
        "extensions": found.extensions.select_related("by"),
        "copies": found.signed_copies.select_related("revision", "added_by"),
        "pieces": _pieces(found),
        "receives": user_receives(request.user, found),
    }  # fmt: skip


def _pieces(found: Report) -> Any:
    """Its evidence, in the order in which it came."""
    rows = found.pieces.filter(removed_at=None)
    return rows.select_related("indicator", "line__task", "activity__kind")


def _acts(request: HttpRequest, found: Report) -> list[Act]:
    """What the user may do now, each with its form; the one that was sent is bound."""
    by, sent, now = request.user, request.POST.get("viec", ""), timezone.now()

    def data(name: str) -> Any:
        return request.POST if sent == name else None

    acts = [_move_act(request, found, move, data(move.name)) for move in moves_for(by, found, now)]
    is_ours = user_writes(by, found) or user_signs(by, found)
    if is_ours and found.state in SIGNED_STATES:
        files = request.FILES if sent == "signed" else None
        acts.append(Act(
            "signed", "Đưa bản ký lên", SignedForm(data("signed"), files, prefix="signed"),
            lambda words: services.add_signed_copy(found, by=by, now=now, **words), "Đã lưu bản ký.",
            hint="Tải Word, in, ký, đóng dấu; quét lại rồi đưa lên đây kèm số và ngày.",
        ))  # fmt: skip
    if user_can_remind(by, found) and found.state != ReportState.ACCEPTED:
        acts.append(Act(
            "extend", "Gia hạn", ExtendForm(data("extend"), prefix="extend"),
            lambda words: services.extend_report(found, by=by, now=now, **words), "Đã gia hạn.",
            hint=f"Hạn đang là {found.due_on:%d/%m/%Y}.",
        ))  # fmt: skip
    return acts


def _move_act(request: HttpRequest, found: Report, move: Move, data: Any) -> Act:
    form: type[forms.Form] = ReasonForm if move.wants_reason else NoForm
    if move.name == "submit" and request.user.is_shared and not found.prepared_by:  # type: ignore[union-attr]
        form = PreparedForm

    def act(words: dict[str, Any]) -> Any:
        if move.name == "return":
            words = {**words, "points": _points(request, found)}
        try:
            return DO[move.name](found, by=request.user, now=timezone.now(), **words)
        except MoveRefused as refused:
            raise ValidationError(str(refused)) from refused

    return Act(
        move.name, move.label, form(data, prefix=move.name), act, SAID[move.name],
        grave=move.name in ("confirm", "submit", "accept", "return"),
    )  # fmt: skip


def _points(request: HttpRequest, found: Report) -> list[Point]:
    """What is to be mended where: `can-v<indicator>` and `can-l<line>`."""
    told: list[Point] = []
    for row in Indicator.objects.filter(version=found.round.layout_id):
        told.append(Point(request.POST.get(f"can-v{row.pk}", ""), indicator=row))
    for line in ReportLine.objects.filter(report=found):
        told.append(Point(request.POST.get(f"can-l{line.pk}", ""), line=line))
    return told


@require_safe
@desk_view
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two revisions side by side: only what differs, the words that differ marked."""
    found = report_for(request, pk)
    kept = {str(row.number): row for row in found.revisions.select_related("event__by")}
    one, other = (kept.get(request.GET.get(name, "")) for name in ("a", "b"))
    if one is None or other is None:
        raise Http404
    context = {
        "report": found, "one": one, "other": other, "rows": differences(one, other),
        "revisions": list(kept.values()),
    }  # fmt: skip
    return render(request, "reporting/compare.html", context)


def differences(one: Revision, other: Revision) -> list[dict[str, Any]]:
    """Places in which two revisions differ, with the words of each marked where they do."""
    before, after = _places(one.content), _places(other.content)
    rows = []
    for place in dict.fromkeys([*before, *after]):
        a, b = before.get(place, ""), after.get(place, "")
        if a != b:
            rows.append({"place": place, "a": marked(a, b, "del"), "b": marked(b, a, "ins")})
    return rows


def _places(content: dict[str, Any]) -> dict[str, str]:
    """Each place of a revision with its words."""
    told = {"Đánh giá chung": content["summary"]}
    for row in content["figures"]:
        why = f" (vì: {row['why']})" if row["why"] else ""
        told[row["label"]] = f"{row['words']}{why}"
    for number, line in enumerate(content["lines"], start=1):
        for heading, words in line["cells"]:
            told[f"Dòng {number} · {heading}"] = words
    return told


def marked(words: str, against: str, tag: str) -> str:
    """The words with what the other does not have in `tag`; everything escaped."""
    mine, theirs = words.split(" "), against.split(" ")
    parts: list[tuple[bool, str]] = []
    for act, i, j, _, _ in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        text = " ".join(mine[i:j])
        if text:
            parts.append((act != "equal", text))
    template = {"del": "<del>{}</del>", "ins": "<ins>{}</ins>"}[tag]
    pieces = [format_html(template if is_marked else "{}", text) for is_marked, text in parts]
    return format_html_join(" ", "{}", ((piece,) for piece in pieces))
