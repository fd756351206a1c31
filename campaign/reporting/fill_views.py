"""The screen on which a report is filled in: saved row by row as one types, or all by one press."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.activities.evidence_views import key_in
from campaign.activities.models import Activity
from campaign.reporting import services
from campaign.reporting.models import Report, ReportLine, ReturnPoint
from campaign.reporting.permissions import actors_of, lock_problem, moment_of, user_can_edit
from campaign.reporting.queries import (
    Cell,
    Entry,
    Line,
    activities_of,
    entries_of,
    last_before,
    lines_of,
    offers_for,
    problems_in,
    report_rows,
)
from campaign.reporting.rows import Outcome, names_in, other_words, save_row, told_of
from campaign.reporting.sources import label_of, rows_behind
from campaign.units.desk import desk_view, must
from core.listing import numbered_page

UNPROCESSABLE, CONFLICT = 422, 409
PER_PAGE = 30
LATER = "Phần ghi đúng đã được lưu. Xin xem lại phần được đánh dấu."


def report_for(request: HttpRequest, pk: int) -> Report:
    """A report that one may open."""
    rows: Any = report_rows()
    found: Report = get_object_or_404(rows.visible_to(request.user), pk=pk)
    return found


@dataclass(frozen=True)
class Field:
    """One row of the screen: what stands there, what was typed instead, what is wrong, what another saved."""

    name: str
    version: int
    entry: Entry | None = None
    cell: Cell | None = None
    typed: dict[str, str] | None = None
    outcome: Outcome | None = None
    said: tuple[str, ...] = ()
    point: str = ""
    pieces: int = 0

    @property
    def problems(self) -> list[str]:
        """What is wrong, in words."""
        return list(self.outcome.problems.values()) if self.outcome else []

    @property
    def stale(self) -> dict[str, Any] | None:
        """What another has saved meanwhile."""
        return other_words(self.outcome.stale) if self.outcome and self.outcome.is_stale else None

    @property
    def sent_version(self) -> int:
        """The version that the next sending replaces: another's, once it was shown."""
        return self.stale["version"] if self.stale else self.version

    def words(self, part: str) -> str:
        """What stands in one field."""
        if self.typed is not None:
            return self.typed.get(part, "")
        row: Any = self.entry.value if self.entry else None
        value = getattr(row, part, "") if row else ""
        return "" if value is None else str(value)

    @property
    def number(self) -> str:
        """The number as typed."""
        return self.words("number")

    @property
    def numerator(self) -> str:
        """Those who reached it."""
        return self.words("numerator")

    @property
    def denominator(self) -> str:
        """All."""
        return self.words("denominator")

    @property
    def text(self) -> str:
        """The words."""
        if self.cell is not None and self.typed is None:
            return self.cell.text
        return self.words("text")

    @property
    def choice(self) -> str:
        """The choice."""
        return self.words("choice")

    @property
    def why(self) -> str:
        """The reason."""
        return self.words("why")

    @property
    def is_na(self) -> bool:
        """Whether it does not apply."""
        if self.typed is not None:
            return bool(self.typed.get("na"))
        return bool(self.entry and self.entry.value and self.entry.value.not_applicable)


@dataclass(frozen=True)
class LineFields:
    """A line of the table with its cells as rows of the screen."""

    line: Line
    fields: list[Field]
    point: str = ""
    pieces: int = 0

    @property
    def key(self) -> str:
        """Its name on the screen."""
        return f"l{self.line.row.pk}"


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in a report. Sent whole, each row is saved by itself; what was wrong stays on the screen."""
    report = report_for(request, pk)
    must(user_can_edit(request.user, report))
    now = timezone.now()
    services.begin_filling(report, by=request.user, now=now)
    if request.method != "POST":
        return _screen(request, report, {})
    outcomes = {name: _saved(request, report, name, now) for name in names_in(request.POST)}
    wrong = {name: outcome for name, outcome in outcomes.items() if not outcome.is_fine}
    if refused := _line_act(request, report, now):
        messages.error(request, refused)
    if wrong:
        messages.info(request, LATER)
        stale = any(outcome.is_stale for outcome in wrong.values())
        return _screen(
            request, report_for(request, pk), wrong, status=CONFLICT if stale else UNPROCESSABLE
        )
    wanted = request.POST.get("viec", "")
    messages.success(request, f"Đã lưu lúc {timezone.localtime(now):%H:%M}.")
    if wanted == "xem":
        return redirect(report)
    anchor = "#bang-nhiem-vu" if wanted else ""
    return redirect(f"{reverse('reporting:fill', args=[pk])}{anchor}")


def _saved(request: HttpRequest, report: Report, name: str, now: Any) -> Outcome:
    try:
        return save_row(report, name, request.POST, by=request.user, now=now)
    except KeyError:
        return Outcome(name)


def _line_act(request: HttpRequest, report: Report, now: Any) -> str:
    """Another line, or one less; why not, in words."""
    wanted, _, key = request.POST.get("viec", "").partition(":")
    try:
        if wanted == "them-dong":
            services.add_line(report, key=key_in(request.POST), by=request.user, now=now)
        elif wanted == "bo-dong" and key.isdigit():
            line = ReportLine.objects.filter(report=report, pk=int(key)).first()
            if line is not None:
                services.drop_line(line, by=request.user, now=now)
    except ValidationError as refused:
        return " ".join(refused.messages)
    return ""


def _screen(
    request: HttpRequest, report: Report, wrong: dict[str, Outcome], *, status: int = 200
) -> HttpResponse:
    offers = offers_for(report)
    entries = entries_of(report, offers)
    problems = problems_in(report, entries)
    said: dict[str, list[str]] = {}
    for problem in problems:
        if not problem.is_hard:
            said.setdefault(problem.key, []).append(problem.said)
    points = points_of(report)
    proofs = _proofs(report)

    def typed(name: str) -> dict[str, str] | None:
        if name not in wrong:
            return None
        prefix = f"{name}-"
        return {
            key.removeprefix(prefix): str(value)
            for key, value in request.POST.items()
            if key.startswith(prefix)
        }

    figures = []
    for entry in entries:
        name = f"v{entry.indicator.pk}"
        figures.append(
            Field(
                name, entry.version, entry, None, typed(name), wrong.get(name),
                tuple(said.get(name, ())), points.get(name, ""), proofs.get(name, 0),
            )
        )  # fmt: skip
    lines = []
    for line in lines_of(report, offers):
        cells = []
        for cell in line.cells:
            name = f"c{line.row.pk}-{cell.column.pk}"
            cells.append(Field(name, cell.version, None, cell, typed(name), wrong.get(name)))
        key = f"l{line.row.pk}"
        lines.append(LineFields(line, cells, points.get(key, ""), proofs.get(key, 0)))
    summary = Field(
        "summary", report.summary_version, typed=typed("summary"), outcome=wrong.get("summary")
    )
    now = timezone.now()
    is_returned = report.state == "returned"
    context = {
        "report": report,
        "figures": figures,
        "lines": lines,
        "summary": summary,
        "summary_text": summary.text if summary.typed is not None else report.summary,
        "hard": [problem for problem in problems if problem.is_hard],
        "last": last_before(report),
        "reason": report.events.filter(move="return").last() if is_returned else None,
        "locked": lock_problem(report, now),
        "moment": moment_of(report, now).value,
        "new_key": key_in({}),
    }
    return render(request, "reporting/fill.html", context, status=status)


def _proofs(report: Report) -> dict[str, int]:
    """How many pieces of evidence each row has."""
    rows = report.pieces.filter(removed_at=None).values_list("indicator", "line")
    return dict(Counter(f"v{one}" if one else f"l{line}" for one, line in rows))


def points_of(report: Report) -> dict[str, str]:
    """What the receiver wants mended where, by row, from the last time it was given back."""
    event = report.events.filter(move="return").last()
    rows = ReturnPoint.objects.filter(event=event) if event and report.state == "returned" else []
    return {
        f"v{row.indicator_id}" if row.indicator_id else f"l{row.line_id}": row.reason
        for row in rows
    }


@require_POST
@desk_view
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """One row, as one types."""
    report = report_rows().filter(pk=pk).first()
    name = request.POST.get("row", "")
    if report is None:
        raise Http404
    try:
        outcome = save_row(report, name, request.POST, by=request.user, now=timezone.now())
    except KeyError as unknown:
        raise Http404 from unknown
    except PermissionDenied:
        return JsonResponse({"row": name, "closed": "Báo cáo không còn sửa được."}, status=403)
    return JsonResponse(told_of(outcome))


@require_safe
@desk_view
def records(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The activities behind a figure, for those who may see them; of the others only how many."""
    report = report_for(request, pk)
    rows = rows_behind(key, activities_of(report))
    if rows is None:
        raise Http404
    rows = rows.select_related("unit", "kind", "commune").order_by("-starts_on", "-pk")
    seen = Activity.objects.visible_to(request.user).filter(pk__in=rows.order_by().values("pk"))
    found = seen.select_related("unit", "kind", "commune").order_by("-starts_on", "-pk")
    context = {
        "report": report,
        "source": label_of(key),
        "items": numbered_page(found, request.GET.get("trang"), per_page=PER_PAGE),
        "hidden": rows.count() - found.count(),
        "may_edit": user_can_edit(request.user, report) and bool(actors_of(request.user, report)),
    }
    return render(request, "reporting/records.html", context)
