"""The staff's pages for bringing in many items at once: upload, look at each row, import."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from core.listing import numbered_page
from core.templatetags.site_tags import so
from office.answers import workbook
from resources.catalogue.exports import catalogue_book, template_book
from resources.catalogue.knowing import catalogue_terms
from resources.catalogue.listing import exported_items, rows_of
from resources.choices import ItemImportState, ItemVerdict, KnownItems
from resources.import_forms import CatalogueForm, KnownForm
from resources.models import ItemImport
from resources.permissions import user_can_import_items
from resources.services.item_imports import (
    STALE,
    Upload,
    ask_to_apply,
    drop_import,
    hand_in,
    try_again,
)

PER_PAGE = 50
MOST_JOBS = 30
GET_OR_POST = ["GET", "HEAD", "POST"]
DONE_WORDS = {ItemVerdict.ADD: "Đã thêm"}


def _must(request: HttpRequest) -> None:
    if not user_can_import_items(request.user):
        raise PermissionDenied


@require_http_methods(GET_OR_POST)
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a catalogue; earlier ones; the template and what there is."""
    _must(request)
    form, answer = _handed_in(request, None)
    if answer:
        return answer
    jobs = ItemImport.objects.select_related("given_by")[:MOST_JOBS]
    context = {"form": form, "jobs": jobs}
    return render(request, "resources/imports/list.html", context)


def _handed_in(
    request: HttpRequest, old: ItemImport | None
) -> tuple[CatalogueForm, HttpResponse | None]:
    """The form of an upload, and where to go when it was taken."""
    if request.method != "POST":
        return CatalogueForm(old=old), None
    form = CatalogueForm(request.POST, request.FILES, old=old)
    if not form.is_valid():
        return form, None
    table, archive = form.cleaned_data["table"], form.cleaned_data["archive"]
    upload = Upload(
        key=form.cleaned_data["key"],
        name=table.name,
        data=table.read(),
        archive=archive,
        archive_of=old if old and not archive else None,
    )
    try:
        job = hand_in(upload, by=request.user, now=timezone.localtime())
    except ValidationError as refused:
        form.add_error(None, refused)
        return form, None
    return form, redirect("item-import", job.pk)


@require_http_methods(GET_OR_POST)
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What each row does; imported from here. While it is under way the page comes again by itself."""
    _must(request)
    job = get_object_or_404(ItemImport.objects.select_related("given_by"), pk=pk)
    if request.method == "POST" and request.POST.get("viec") != "sua":
        return _acted(request, job)
    is_mine = job.given_by_id == request.user.pk
    form, answer = _handed_in(request, job if is_mine else None)
    if answer:
        return answer
    context = _shown(request, job) | {"form": form, "is_mine": is_mine}
    response = render(request, "resources/imports/import.html", context)
    if job.is_under_way and not context["is_stale"]:
        response["Refresh"] = "3"
    return response


def _acted(request: HttpRequest, job: ItemImport) -> HttpResponse:
    act, now = request.POST.get("viec"), timezone.localtime()
    if act == "lai":
        try_again(job, by=request.user, now=now)
    elif act == "bo":
        drop_import(job, by=request.user)
        messages.success(request, "Đã bỏ lần nhập này. Thư viện không thay đổi.")
        return redirect("item-imports")
    elif act == "nhap":
        known = request.POST.get("known", KnownItems.SKIP)
        if not ask_to_apply(job, known=known, by=request.user, now=now):
            messages.info(request, "Lần nhập này đang được ghi hoặc đã xong.")
    return redirect("item-import", job.pk)


def _shown(request: HttpRequest, job: ItemImport) -> dict[str, Any]:
    totals = dict(job.lines.order_by().values_list("verdict").annotate(Count("pk")))
    first = ItemVerdict.REFUSE if totals.get(ItemVerdict.REFUSE) else ""
    # What has to be mended stands first.
    wanted = request.GET.get("loai", first)
    wanted = wanted if wanted in ItemVerdict.values else ""
    lines = job.lines.filter(verdict=wanted) if wanted else job.lines.all()
    is_done = job.state == ItemImportState.APPLIED
    adds, known = totals.get(ItemVerdict.ADD, 0), totals.get(ItemVerdict.KNOWN, 0)
    may_add = bool(known) and not job.lines.filter(verdict=ItemVerdict.KNOWN, can_add=False)
    words = [(one, DONE_WORDS.get(one, one.label) if is_done else one.label) for one in ItemVerdict]
    return {
        "job": job,
        "totals": [(one, label, totals.get(one, 0)) for one, label in words],
        "wanted": wanted,
        "items": numbered_page(
            lines.select_related("page"), request.GET.get("trang"), per_page=PER_PAGE
        ),
        "is_stale": job.is_under_way and job.moved_at < timezone.localtime() - STALE,
        "adds": adds,
        "known": known,
        "refused": _to_mend(job) if first else "",
        "may_add": may_add,
        "known_form": KnownForm(may_add=may_add) if known else None,
    }


def _to_mend(job: ItemImport) -> str:
    """How much has to be mended, as a librarian counts it: rows, and what is wrong in them."""
    reasons = job.lines.filter(verdict=ItemVerdict.REFUSE).values_list("place", "why")
    # The first row holds the headings; the archive and the sheet as a whole are no row.
    rows = len({place for place, _ in reasons if place > 1})
    faults = sum(len(why.splitlines()) or 1 for _, why in reasons)
    where = f", ở {so(rows)} dòng" if rows else ""
    return f"{so(faults)} chỗ cần sửa{where}"


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The empty workbook, with examples and the values that cells may name."""
    _must(request)
    return workbook(template_book(catalogue_terms()), "Mẫu nhập học liệu.xlsx")


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All items in the same workbook; importing it again adds nothing."""
    _must(request)
    rows = rows_of(exported_items())
    name = f"Danh mục học liệu {timezone.localdate():%Y-%m-%d}.xlsx"
    return workbook(catalogue_book(rows, catalogue_terms()), name)
