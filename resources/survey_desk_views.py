"""Self-assessment on the desk: surveys of one's units, paper counted, results before and after."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.units.acts import tell
from campaign.units.desk import desk_view, must
from campaign.units.models import Unit
from campaign.units.reach import posts_of
from core.listing import numbered_page
from core.templatetags.site_tags import absolute
from office.answers import workbook
from office.books import write_book
from resources import services
from resources.choices import RUNS_SURVEYS, WAVE_SLUGS, SheetSource, Wave
from resources.models import SheetPile, Survey
from resources.permissions import (
    mending_problem,
    runs_surveys,
    sees_surveys,
    units_to_enter_for,
    user_can_enter_for,
    user_can_run,
)
from resources.services import Group
from resources.survey_exports import NOTES, as_csv, book_rows, sheet_of
from resources.survey_forms import (
    DaysForm,
    SurveyForm,
    TallyForm,
    counted,
    key_of,
    proposed,
    stored,
)
from resources.survey_queries import results_of, sheets_so_far
from resources.survey_views import Asked, asked_of

GET_OR_POST = ["GET", "HEAD", "POST"]
PER_PAGE = 20
UNPROCESSABLE = 422
# What may be done with a round, and what is said then, or else.
MOVES = {
    "ket-thuc": (
        services.close_wave,
        "Đã kết thúc đợt. Nhập xong phiếu giấy thì chốt số liệu để xem kết quả.",
        "Đợt này không mở.",
    ),
    "chot": (
        services.settle_wave,
        "Đã chốt số liệu. Bấm “Xem kết quả”.",
        "Đợt này chưa kết thúc, hoặc đã chốt rồi.",
    ),
}
SLUGS = {wave: slug for slug, wave in WAVE_SLUGS.items()}


def may_see_surveys(request: HttpRequest) -> bool:
    """Whether the desk shows surveys."""
    return sees_surveys(request.user)


@require_safe
@desk_view
def surveys(request: HttpRequest) -> HttpResponse:
    """Surveys of one's units, the newest first."""
    must(may_see_surveys(request))
    rows = Survey.objects.visible_to(request.user).select_related("unit")
    items = numbered_page(rows, request.GET.get("trang"), per_page=PER_PAGE)
    today = timezone.localdate()
    context = {
        "items": items,
        "rows": [(row, _waves(row, today)) for row in items],
        "may_make": runs_surveys(request.user),
    }
    return render(request, "resources/surveys/desk/list.html", context)


def _waves(survey: Survey, today: Any) -> list[dict[str, Any]]:
    """Both rounds as a page shows them."""
    states = survey.states(today)
    return [
        {
            "wave": wave, "label": wave.label, "slug": SLUGS[wave], "state": states[wave],
            "days": survey.round_of(wave), "takes_paper": survey.round_of(wave).takes_paper(today),
        }
        for wave in Wave
    ]  # fmt: skip


def _survey(request: HttpRequest, pk: int) -> Survey:
    rows = Survey.objects.visible_to(request.user).select_related("unit")
    found: Survey = get_object_or_404(rows, pk=pk)
    return found


@require_http_methods(GET_OR_POST)
@desk_view
def new(request: HttpRequest) -> HttpResponse:
    """A new survey: what most units need stands there already."""
    must(runs_surveys(request.user))
    sent = request.POST if request.method == "POST" else None
    form = SurveyForm(sent, units=_own_units(request), initial=proposed())
    if sent is not None and form.is_valid():
        unit = Unit.objects.get(pk=form.cleaned_data["unit"])
        try:
            made = services.make_survey(
                unit, form.plan(), key=key_of(sent), by=request.user, now=timezone.now()
            )
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, "Đã tạo phiếu. Gửi đường dẫn hoặc in phiếu cho người học.")
            return redirect(made)
    context = {"form": form, "key": key_of(sent or {})}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "resources/surveys/desk/edit.html", context, status=status)


def _own_units(request: HttpRequest) -> list[tuple[int, str]]:
    """The units one acts for, the seat in use first."""
    seat = request.desk.seat  # type: ignore[attr-defined]
    held = {post.at.unit: post.name for post in posts_of(request.user) if post.role in RUNS_SURVEYS}
    first = seat.at.unit if seat else None
    return sorted(held.items(), key=lambda pair: pair[0] != first)


@require_http_methods(GET_OR_POST)
@desk_view
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """A survey put right: all of it until somebody has answered, then its name and days."""
    found = _survey(request, pk)
    must(user_can_run(request.user, found.unit))
    sent = request.POST if request.method == "POST" else None
    has_sheets = found.piles.exists()
    form: DaysForm
    if has_sheets:
        form = DaysForm(sent, initial=stored(found))
    else:
        units = [(found.unit_id, found.unit.name)]
        form = SurveyForm(sent, units=units, initial=stored(found))
    if sent is not None and form.is_valid() and _changed(request, found, form):
        messages.success(request, "Đã lưu.")
        return redirect(found)
    context = {"form": form, "survey": found, "has_sheets": has_sheets}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "resources/surveys/desk/edit.html", context, status=status)


def _changed(request: HttpRequest, found: Survey, form: DaysForm) -> bool:
    seen = form.cleaned_data["seen"] or 0
    try:
        services.change_survey(found, form.plan(), seen=seen, by=request.user, now=timezone.now())
    except ValidationError as refused:
        tell(form, refused)
        return False
    return True


@require_safe
@desk_view
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """One survey: what to hand out, how far its rounds are, what was entered, what was done."""
    found = _survey(request, pk)
    asked = asked_of(found)
    today = timezone.localdate()
    mine = list(units_to_enter_for(request.user, found).order_by("path"))
    may_run = user_can_run(request.user, found.unit)
    piles = found.piles.filter(source=SheetSource.PAPER, unit__in=mine)
    piles = piles.select_related("unit", "audience", "entered_by")
    so_far = sheets_so_far(found)
    waves = [row | {"so_far": so_far.get(row["wave"])} for row in _waves(found, today)]
    context = {
        "survey": found, "asked": asked, "waves": waves,
        "address": absolute(found.public_url), "mine": mine, "may_run": may_run,
        "may_delete": may_run and not found.piles.exists(),
        "piles": numbered_page(piles, request.GET.get("trang"), per_page=PER_PAGE),
        "takes_paper": [row for row in waves if row["takes_paper"]],
        # Nothing is handed out any more once nothing can come in.
        "is_over": all(row["state"] == "ended" for row in waves),
        "events": found.events.select_related("by", "pile__unit", "pile__audience")[:PER_PAGE],
    }  # fmt: skip
    return render(request, "resources/surveys/desk/survey.html", context)


@require_POST
@desk_view
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """End a round, settle it, or throw the survey away."""
    found = _survey(request, pk)
    wanted, _, slug = request.POST.get("viec", "").partition(":")
    if wanted == "xoa":
        return _deleted(request, found)
    if wanted not in MOVES or slug not in WAVE_SLUGS:
        raise Http404
    move, said, refused = MOVES[wanted]
    if move(found, WAVE_SLUGS[slug], by=request.user, now=timezone.now()):
        messages.success(request, said)
    else:
        messages.error(request, refused)
    return redirect(found)


def _deleted(request: HttpRequest, found: Survey) -> HttpResponse:
    try:
        services.delete_survey(found, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(found)
    messages.success(request, f"Đã xóa phiếu “{found.title}”.")
    return redirect("surveys:surveys")


@require_http_methods(GET_OR_POST)
@desk_view
def tally(request: HttpRequest, pk: int) -> HttpResponse:
    """`?dot=truoc|sau&lop=&nhom=`: what was counted on paper of one group."""
    found = _survey(request, pk)
    asked = asked_of(found)
    group = _group(request, asked)
    pile = _pile(found, group)
    if pile and (problem := mending_problem(request.user, pile)):
        messages.error(request, problem)
        return redirect(found)
    sent = request.POST if request.method == "POST" else None
    form = TallyForm(sent, questions=asked.questions, pile=pile, initial=_initial(request, pile))
    if sent is not None and form.is_valid() and _entered(request, found, group, form):
        messages.success(
            request, f"Đã lưu {form.cleaned_data['sheets']} phiếu giấy của {group.unit}."
        )
        return redirect(found)
    context = {
        "survey": found, "group": group, "wave": Wave(group.wave), "pile": pile, "form": form,
        "is_own": pile is None or pile.entered_by_id == request.user.pk,
    }  # fmt: skip
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "resources/surveys/desk/tally.html", context, status=status)


def _group(request: HttpRequest, asked: Asked) -> Group:
    """The group of the address, the only one where nothing else can be meant; 404 and 403 as it deserves."""
    wave = WAVE_SLUGS.get(request.GET.get("dot", ""))
    unit = asked.unit(request.GET.get("lop", "")) or (
        asked.units[0] if len(asked.units) == 1 else None
    )
    audience = asked.audience(request.GET.get("nhom", "")) or (
        asked.audiences[0] if len(asked.audiences) == 1 else None
    )
    if wave is None or unit is None or audience is None:
        raise Http404
    if not user_can_enter_for(request.user, asked.survey, unit):
        raise PermissionDenied
    return Group(wave, unit, audience)


def _pile(survey: Survey, group: Group) -> SheetPile | None:
    rows = survey.piles.filter(
        wave=group.wave, unit=group.unit, audience=group.audience, source=SheetSource.PAPER
    )
    return rows.select_related("entered_by", "unit").first()


def _initial(request: HttpRequest, pile: SheetPile | None) -> dict[str, Any]:
    """What was counted is shown again to whoever counted it: small numbers are nobody else's to see."""
    if pile is None:
        return {"seen": 0}
    numbers = counted(pile) if pile.entered_by_id == request.user.pk else {}
    return {"seen": pile.version, **numbers}


def _entered(request: HttpRequest, survey: Survey, group: Group, form: TallyForm) -> bool:
    told = form.cleaned_data
    try:
        services.enter_tally(
            survey, group, told["sheets"], form.counts, seen=told["seen"] or 0,
            reason=told.get("reason", ""), by=request.user, now=timezone.now(),
        )  # fmt: skip
    except ValidationError as refused:
        _tell(form, refused)
        return False
    return True


def _tell(form: TallyForm, refused: ValidationError) -> None:
    """Put what is wrong with a statement at its first number."""
    problems = refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
    for name, said in problems.items():
        field = f"q{name}-1" if f"q{name}-1" in form.fields else name
        form.add_error(field if field in form.fields else None, said)


@require_safe
@desk_view
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """`?xem=`: before and after for the whole, one unit, or one audience."""
    found = _survey(request, pk)
    today = timezone.localdate()
    told = results_of(found, today)
    group = told.group(request.GET.get("xem", ""))
    context = {
        "survey": found, "results": told, "group": group, "summary": told.summary(group),
        "domains": told.domains(group), "waves": _waves(found, today),
        "units": told.summaries(told.units), "audiences": told.summaries(told.audiences),
        "may_run": user_can_run(request.user, found.unit),
        "address": reverse("surveys:results", args=[found.pk]),
    }  # fmt: skip
    return render(request, "resources/surveys/desk/results.html", context)


@require_safe
@desk_view
def results_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """What the page shows, for spreadsheets."""
    found = _survey(request, pk)
    data = as_csv(results_of(found, timezone.localdate()))
    response = HttpResponse(data, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{_name(found)}.csv")
    return response


@require_safe
@desk_view
def results_book(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a workbook."""
    found = _survey(request, pk)
    told = results_of(found, timezone.localdate())
    book = write_book([(sheet_of(), book_rows(told))], notes=NOTES)
    return workbook(book, f"{_name(found)}.xlsx")


def _name(survey: Survey) -> str:
    return f"tu-danh-gia-{slugify(survey.code)}"
