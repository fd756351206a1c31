"""Papers of a report: the Word file, the workbook there and back, signed copies, evidence of its own."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.activities.evidence_views import key_in
from campaign.activities.models import Activity
from campaign.reporting import services
from campaign.reporting.fill_views import report_for
from campaign.reporting.forms import PieceForm
from campaign.reporting.models import Indicator, Report, ReportLine, ReportPiece, SignedCopy
from campaign.reporting.papers import document_of, file_name
from campaign.reporting.permissions import user_can_edit
from campaign.reporting.queries import activities_of
from campaign.reporting.rows import save_row
from campaign.reporting.workbooks import NOTHING_CHANGED, Change, Refused, changes_in, workbook_of
from campaign.units.acts import tell
from campaign.units.desk import desk_view, must
from files.serving import served
from office.answers import word, workbook
from office.books import LARGEST

GET_OR_POST = ["GET", "HEAD", "POST"]
UNPROCESSABLE = 422
SALT = "reporting.workbook.changes"
# A preview is good for as long as somebody looks at it.
LASTS = 2 * 3600
MOST_OFFERED = 60


@require_safe
@desk_view
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as a Word file, ready to number and sign."""
    report = report_for(request, pk)
    return word(document_of(report), file_name(report, "docx"))


@require_safe
@desk_view
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as a workbook, to be edited without a network."""
    report = report_for(request, pk)
    if user_can_edit(request.user, report):
        services.begin_filling(report, by=request.user, now=timezone.now())
    return workbook(workbook_of(report), file_name(report, "xlsx"))


@require_http_methods(GET_OR_POST)
@desk_view
def book_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook comes back: what it changes is shown, then kept."""
    report = report_for(request, pk)
    must(user_can_edit(request.user, report))
    if request.method == "POST" and "thay-doi" in request.POST:
        return _apply(request, report)
    context: dict[str, Any] = {"report": report}
    status = 200
    if request.method == "POST":
        try:
            changes = _read(request, report)
        except Refused as refused:
            context["problem"], status = str(refused), UNPROCESSABLE
        else:
            packed = [[change.row, change.place, change.fields] for change in changes]
            context |= {
                "changes": changes,
                "packed": signing.dumps([report.pk, packed], salt=SALT, compress=True),
            }
    return render(request, "reporting/workbook.html", context, status=status)


def _read(request: HttpRequest, report: Report) -> list[Change]:
    file = request.FILES.get("tep")
    if file is None:
        raise Refused("Hãy chọn tệp .xlsx.")
    if (file.size or 0) > LARGEST:
        raise Refused("Tệp lớn hơn 10 MB.")
    changes = changes_in(report, file.read())
    if not changes:
        raise Refused(NOTHING_CHANGED)
    return changes


def _apply(request: HttpRequest, report: Report) -> HttpResponse:
    """Each row by the same door as on the screen; what was refused is told with its place."""
    try:
        pk, packed = signing.loads(request.POST["thay-doi"], salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        messages.error(request, "Bản xem trước đã cũ: hãy tải tệp lên lại.")
        return redirect("reporting:book-back", report.pk)
    must(pk == report.pk)
    now, kept = timezone.now(), 0
    for row, place, fields in packed:
        outcome = save_row(report, row, fields, by=request.user, now=now)
        if outcome.is_fine:
            kept += 1
        elif outcome.is_stale:
            messages.error(request, f"{place}: người khác vừa sửa, chưa lưu phần này.")
        else:
            messages.error(request, f"{place}: {' '.join(outcome.problems.values())}")
    if kept:
        messages.success(request, f"Đã lưu {kept} chỗ từ tệp.")
    return redirect("reporting:fill", report.pk)


@require_safe
@desk_view
def signed(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A signed copy, for those who may open the report."""
    seen: Any = Report.objects.all()
    copy = get_object_or_404(
        SignedCopy.objects.filter(report__in=seen.visible_to(request.user)).select_related(
            "report__round", "report__unit"
        ),
        pk=pk,
    )
    return served(
        copy.file, f"{copy.report.round.title} - {copy.report.unit.name}".replace("/", "-")
    )


@require_safe
@desk_view
def piece(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of the report's own evidence."""
    seen: Any = Report.objects.all()
    found = get_object_or_404(
        ReportPiece.objects.filter(report__in=seen.visible_to(request.user), removed_at=None), pk=pk
    )
    return served(found.file, found.title or "minh-chung")


@require_http_methods(GET_OR_POST)
@desk_view
def pieces(request: HttpRequest, pk: int, row: str) -> HttpResponse:
    """Evidence of one figure or one line: of the log by reference, or a file or link of the report's own."""
    report = report_for(request, pk)
    must(user_can_edit(request.user, report))
    target = _target(report, row)
    seen = Activity.objects.visible_to(request.user).filter(
        pk__in=activities_of(report).order_by().values("pk")
    )
    newest = list(seen.order_by("-starts_on", "-pk").values_list("pk", flat=True)[:MOST_OFFERED])
    activities = Activity.objects.filter(pk__in=newest).select_related("kind")
    form = PieceForm(request.POST or None, request.FILES or None, activities=activities)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_piece(
                report, key=key_in(request.POST), by=request.user, now=timezone.now(), **target,
                **form.cleaned_data,
            )  # fmt: skip
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, "Đã thêm minh chứng.")
            return redirect("reporting:pieces", pk, row)
    context = {
        "report": report, "row": row, "form": form, "key": key_in({}),
        "name": next(value for value in target.values() if value),
        "items": report.pieces.filter(removed_at=None, **target).select_related("activity__kind", "added_by"),
    }  # fmt: skip
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "reporting/pieces.html", context, status=status)


def _target(report: Report, row: str) -> dict[str, Any]:
    key = int(row[1:]) if row[1:].isascii() and row[1:].isdigit() else 0
    if row[:1] == "v":
        rows = Indicator.objects.filter(version=report.round.layout_id)
        return {"indicator": get_object_or_404(rows, pk=key)}
    if row[:1] == "l":
        return {"line": get_object_or_404(ReportLine.objects.filter(report=report), pk=key)}
    raise Http404


@require_POST
@desk_view
def remove_piece(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken away, while the report may still be changed."""
    found = get_object_or_404(ReportPiece.objects.select_related("report"), pk=pk)
    report_for(request, found.report_id)
    services.remove_piece(found, by=request.user, now=timezone.now())
    messages.success(request, "Đã bỏ minh chứng.")
    row = f"v{found.indicator_id}" if found.indicator_id else f"l{found.line_id}"
    return redirect(reverse("reporting:pieces", args=[found.report_id, row]))
