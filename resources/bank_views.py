"""The staff's pages of a bank: its questions with their sums, a file in, files out, one question."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from core.listing import numbered_page
from office.answers import workbook
from office.books import write_book
from resources.bank_forms import (
    AnswerFormSet,
    FileForm,
    NewBankForm,
    QuestionForm,
    answers_initial,
    initial_of,
    question_of,
)
from resources.choices import BankVerdict, ItemKind
from resources.models import BankImport, BankQuestion, LibraryItemPage
from resources.permissions import user_can_begin_banks, user_can_edit_questions
from resources.questions.gift_writing import write_gift
from resources.questions.sheet import NOTES, SHEET, row_of
from resources.services import apply_import, begin_bank, delete_question, hand_in, save_question
from resources.services.banks import known_questions
from resources.sorting import title_key

PER_PAGE = 50
GONE = (
    "Bản xem trước này không còn nữa: có tệp khác đã được tải lên sau, hoặc bộ câu hỏi đã bị xóa."
)
GET_OR_POST = ["GET", "HEAD", "POST"]


def _bank(request: HttpRequest, pk: int) -> LibraryItemPage:
    item: LibraryItemPage = get_object_or_404(LibraryItemPage, pk=pk, kind=ItemKind.QUESTIONS)
    if not user_can_edit_questions(request.user, item):
        raise PermissionDenied
    return item


@require_http_methods(GET_OR_POST)
def banks(request: HttpRequest) -> HttpResponse:
    """All banks that this user may change; a new one is begun here."""
    form = NewBankForm(request.POST or None) if user_can_begin_banks(request.user) else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            try:
                begun = begin_bank(form.cleaned_data["title"], by=request.user)
            except ValidationError as refused:
                form.add_error("title", refused)
            else:
                messages.success(
                    request, "Đã tạo bản nháp. Hãy thêm câu hỏi, rồi điền trang học liệu."
                )
                return redirect("question-bank", begun.pk)
    rows = LibraryItemPage.objects.filter(kind=ItemKind.QUESTIONS).defer_streamfields()
    rows = rows.annotate(asked=Count("questions"))
    mine = [item for item in rows if user_can_edit_questions(request.user, item)]
    mine.sort(key=lambda item: title_key(item.title))
    items = numbered_page(mine, request.GET.get("trang"), per_page=PER_PAGE)
    return render(request, "resources/questions/admin/banks.html", {"items": items, "form": form})


@require_http_methods(GET_OR_POST)
def bank(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions of a bank; a file is handed in here."""
    item = _bank(request, pk)
    is_sent = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if is_sent else FileForm()
    if is_sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            job = hand_in(
                item,
                data=file.read(),
                name=file.name,
                by=request.user,
                now=timezone.localtime(),
            )
        except ValidationError as refused:
            form.add_error("file", refused)
        else:
            return redirect("question-import", job.pk)
    questions = item.questions.select_related("tally", "competence")
    context = {
        "item": item,
        "form": form,
        "items": numbered_page(questions, request.GET.get("trang"), per_page=PER_PAGE),
    }
    return render(request, "resources/questions/admin/bank.html", context)


@require_http_methods(GET_OR_POST)
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What each place of a file would do; applied from here."""
    job = BankImport.objects.select_related("item").filter(pk=pk).first()
    if job is None:
        messages.info(request, GONE)
        return redirect("question-banks")
    item = _bank(request, job.item_id)
    if request.method == "POST":
        try:
            done = apply_import(job, by=request.user, now=timezone.localtime())
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect("question-import", pk)
        said = "Đã ghi tất cả các câu." if done else "Tệp này đã được ghi trước đó."
        messages.success(request, said)
        return redirect("question-bank", item.pk)
    totals = dict(job.lines.order_by().values_list("verdict").annotate(Count("pk")))
    refused_first = BankVerdict.REFUSE if totals.get(BankVerdict.REFUSE) else ""
    wanted = request.GET.get("loai", refused_first)
    wanted = wanted if wanted in BankVerdict.values else ""
    rows = job.lines.filter(verdict=wanted) if wanted else job.lines.all()
    context = {
        "job": job,
        "item": item,
        "totals": [(verdict, verdict.label, totals.get(verdict, 0)) for verdict in BankVerdict],
        "wanted": wanted,
        "is_refused": bool(refused_first),
        "form": FileForm(),
        "writes": totals.get(BankVerdict.ADD, 0) + totals.get(BankVerdict.CHANGE, 0),
        "items": numbered_page(rows, request.GET.get("trang"), per_page=PER_PAGE),
    }
    return render(request, "resources/questions/admin/import.html", context)


@require_http_methods(GET_OR_POST)
def add_question(request: HttpRequest, pk: int) -> HttpResponse:
    """A new question."""
    return _edit(request, _bank(request, pk), None)


@require_http_methods(GET_OR_POST)
def edit_question(request: HttpRequest, pk: int) -> HttpResponse:
    """A question with its answers; it can be taken away here."""
    row = get_object_or_404(BankQuestion.objects.whole(), pk=pk)
    item = _bank(request, row.item_id)
    if request.method == "POST" and request.POST.get("viec") == "xoa":
        delete_question(row, by=request.user)
        messages.success(request, "Đã xóa câu hỏi.")
        return redirect("question-bank", item.pk)
    return _edit(request, item, row)


def _edit(request: HttpRequest, item: LibraryItemPage, old: BankQuestion | None) -> HttpResponse:
    stored = old.as_question() if old else None
    rows: Any
    if request.method == "POST":
        # Without what is stored: a row that was left as it was would count as empty.
        form, rows = QuestionForm(request.POST), AnswerFormSet(request.POST)
    else:
        form = QuestionForm(initial=initial_of(stored) if stored else None)
        rows = AnswerFormSet(initial=answers_initial(stored) if stored else None)
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        try:
            save_question(item, question_of(form, rows), by=request.user, old=old)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Đã lưu câu hỏi.")
            return redirect("question-bank", item.pk)
    context = {"item": item, "question": old, "form": form, "rows": rows}
    return render(request, "resources/questions/admin/question.html", context)


@require_safe
def export_book(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank as a workbook; importing it again changes nothing. An empty bank gives the template."""
    item = _bank(request, pk)
    rows = [row_of(question) for question in known_questions(item)]
    return workbook(write_book([(SHEET, rows)], notes=NOTES), f"{item.slug}.xlsx")


@require_safe
def export_gift(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank in Moodle's GIFT format; importing it again changes nothing."""
    item = _bank(request, pk)
    text = write_gift(known_questions(item))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{item.slug}.gift")
    return response
