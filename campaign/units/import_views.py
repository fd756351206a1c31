"""Import and export of a school's units, people and roles."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaign.units.choices import ImportState, UnitKind, Verdict
from campaign.units.desk import desk_view, must
from campaign.units.models import RosterImport, Unit
from campaign.units.people_views import GET_OR_POST, PER_PAGE, asked_top
from campaign.units.permissions import user_can_import
from campaign.units.roster.columns import (
    NOTES,
    PEOPLE,
    ROLES_SHEET,
    SCHOOL_NOTES,
    SCHOOLS,
    SHEETS,
    UNITS,
)
from campaign.units.roster.knowing import person_rows, role_rows, school_rows, unit_rows
from campaign.units.services.imports import STALE, ask_to_apply, hand_in, try_again
from core.listing import numbered_page
from office.answers import workbook
from office.books import LARGEST, Column, Sheet, write_book

UNDER_WAY = (ImportState.WAITING, ImportState.READING, ImportState.APPLYING)
REASONS = Sheet(
    "Dòng bị từ chối",
    (
        Column("sheet", "Trang tính", width=14),
        Column("row", "Dòng", width=8),
        Column("what", "Nội dung", width=40),
        Column("why", "Vì sao", width=80),
    ),
)


def top_of(request: HttpRequest) -> Unit | None:
    """The school or the department whose office one is acting for, if one may import there."""
    top = asked_top(request)
    return top if top is not None and user_can_import(request.user, top) else None


def may_import(request: HttpRequest) -> bool:
    """Whether the import is in the desk's menu."""
    return top_of(request) is not None


@require_http_methods(GET_OR_POST)
@desk_view
def imports(request: HttpRequest) -> HttpResponse:
    """Hand in a file; earlier ones; the template and the export."""
    top = top_of(request)
    must(top is not None)
    problem = ""
    if request.method == "POST" and top is not None:
        file = request.FILES.get("tep")
        problem = _file_problem(file)
        if not problem and file is not None:
            try:
                job = hand_in(
                    top,
                    data=file.read(),
                    name=file.name or "",
                    by=request.user,
                    now=timezone.localtime(),
                )
            except ValidationError as refused:
                problem = " ".join(refused.messages)
            else:
                return redirect("units:import", job.pk)
    jobs = RosterImport.objects.filter(school=top).select_related("given_by")[:20]
    context = {
        "top": top,
        "jobs": jobs,
        "problem": problem,
        "is_department": top is not None and top.kind == UnitKind.DEPARTMENT,
    }
    return render(request, "units/imports/list.html", context)


def _file_problem(file: UploadedFile | None) -> str:
    if file is None:
        return "Hãy chọn tệp .xlsx."
    if (file.size or 0) > LARGEST:
        return "Tệp lớn hơn 10 MB."
    if not (file.name or "").lower().endswith(".xlsx"):
        return "Tệp phải là .xlsx. Tệp .xls hoặc .csv thì mở bằng Excel rồi lưu thành .xlsx."
    return ""


@require_http_methods(GET_OR_POST)
@desk_view
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What each row does; applied from here. While it is under way the page comes again by itself."""
    job = get_object_or_404(
        RosterImport.objects.visible_to(request.user).select_related("school", "given_by"), pk=pk
    )
    must(user_can_import(request.user, job.school))
    now = timezone.localtime()
    if request.method == "POST":
        if request.POST.get("viec") == "again":
            try_again(job, now=now)
        elif request.POST.get("viec") == "apply" and not ask_to_apply(
            job, by=request.user, now=now
        ):
            messages.info(request, "Lần nhập này đang được áp dụng hoặc đã xong.")
        return redirect("units:import", pk)
    totals = dict(job.lines.order_by().values_list("verdict").annotate(Count("pk")))
    wanted = request.GET.get("loai", "")
    if not wanted and totals.get(Verdict.REFUSE):
        # What has to be mended stands first.
        wanted = Verdict.REFUSE
    wanted = wanted if wanted in Verdict.values else ""
    lines = job.lines.filter(verdict=wanted) if wanted else job.lines.all()
    context = {
        "job": job,
        "totals": [(verdict, verdict.label, totals.get(verdict, 0)) for verdict in Verdict],
        "items": numbered_page(lines, request.GET.get("trang"), per_page=PER_PAGE),
        "wanted": wanted,
        "under_way": job.state in UNDER_WAY,
        "stale": job.state in UNDER_WAY and job.moved_at < now - STALE,
    }
    response = render(request, "units/imports/import.html", context)
    if job.state in UNDER_WAY and not context["stale"]:
        response["Refresh"] = "3"
    return response


@require_safe
@desk_view
def refused(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows with their reasons, as a workbook."""
    job = get_object_or_404(RosterImport.objects.visible_to(request.user), pk=pk)
    must(user_can_import(request.user, job.school))
    rows = job.lines.filter(verdict=Verdict.REFUSE).values_list("sheet", "row", "what", "why")
    return workbook(write_book([(REASONS, rows)]), f"Dòng bị từ chối {pk}.xlsx")


@require_safe
@desk_view
def template(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    top = top_of(request)
    must(top is not None)
    if top is not None and top.kind == UnitKind.DEPARTMENT:
        return workbook(write_book([(SCHOOLS, [])], notes=SCHOOL_NOTES), "Mẫu nhập trường.xlsx")
    book = write_book([(sheet, []) for sheet in SHEETS], notes=NOTES)
    return workbook(book, "Mẫu nhập đơn vị và người.xlsx")


@require_safe
@desk_view
def export(request: HttpRequest) -> HttpResponse:
    """The same workbook with what there is today; importing it again changes nothing."""
    top = top_of(request)
    must(top is not None)
    today = timezone.localdate()
    if top is not None and top.kind == UnitKind.DEPARTMENT:
        book = write_book([(SCHOOLS, school_rows(top, today))], notes=SCHOOL_NOTES)
        return workbook(book, f"Các trường {today:%Y-%m-%d}.xlsx")
    rows: list[tuple[Sheet, Any]] = []
    if top is not None:
        rows = [
            (UNITS, unit_rows(top, today)),
            (PEOPLE, person_rows(top)),
            (ROLES_SHEET, role_rows(top, today)),
        ]
    return workbook(write_book(rows, notes=NOTES), f"Đơn vị và người {today:%Y-%m-%d}.xlsx")
