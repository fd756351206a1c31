"""The achievement report as it is written, checked as one types; the activities behind the figures."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.activities.models import Activity, Participant
from campaign.awards import services
from campaign.awards.dossier_views import points_of
from campaign.awards.figures import activities_behind, lessons_behind
from campaign.awards.models import Nominee
from campaign.awards.nominee_views import nominee_for, review_for
from campaign.awards.permissions import user_can_edit_nominee
from campaign.awards.queries import report_of, words_told
from campaign.awards.report_forms import CollectiveReportForm, IndividualForm, ReportForm
from campaign.awards.services import Stale
from campaign.units.desk import desk_view, must
from core.listing import numbered_page

GET_OR_POST = ["GET", "HEAD", "POST"]
UNPROCESSABLE, CONFLICT = 422, 409
PER_PAGE = 30


@require_http_methods(GET_OR_POST)
@desk_view
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The report, the check beside it. Without a script one press saves all and shows the check anew."""
    found = nominee_for(request, pk)
    must(user_can_edit_nominee(request.user, found))
    form, status, saved = report_form(found, request.POST or None), 200, None
    if request.method == "POST":
        problem = save_typed(found, form, request)
        if problem is None:
            messages.success(request, f"Đã lưu lúc {timezone.localtime():%H:%M}.")
            return redirect(found if request.POST.get("viec") == "xem" else request.path)
        if problem == CONFLICT:
            found = nominee_for(request, pk)
            form, saved = over_other(found, request), report_of(found)
        status = problem
    context = {
        "nominee": found, "dossier": found.dossier, "form": form, "review": review_for(found),
        "saved": saved, "saved_words": words_told(saved, personal=True),
        "point": points_of(found.dossier).get(pk),
        "lessons": _lessons(found) if not found.is_individual else (),
    }  # fmt: skip
    return render(request, "awards/write.html", context, status=status)


def report_form(found: Nominee, data: Any) -> ReportForm:
    """The form of the nominee's report, with what stands there."""
    kind = IndividualForm if found.is_individual else CollectiveReportForm
    criteria = services.judged_criteria(found)
    said = {row.criterion_id: row.text for row in found.claims.all()}
    initial: dict[str, Any] = {f"tc{row.pk}": said.get(row.pk, "") for row in criteria}
    report = report_of(found)
    initial |= {"award_form": found.award_form, "version": report.version if report else 0}
    if not found.is_individual and report is None and found.unit:
        initial["members"] = (
            found.class_size or found.unit.team_members.filter(ends=None).count() or None
        )
    return kind(data, instance=report, initial=initial, criteria=criteria)


def over_other(found: Nominee, request: HttpRequest) -> ReportForm:
    """What was typed, on top of the version that another has saved: the next press writes over it."""
    report = report_of(found)
    typed = request.POST.copy()
    typed["version"] = str(report.version if report else 0)
    form = report_form(found, typed)
    form.is_valid()
    return form


def save_typed(found: Nominee, form: ReportForm, request: HttpRequest) -> int | None:
    """None when it is kept; else the status that says why not."""
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        services.save_report(
            found, form.words_told(), claims=form.claims_told(),
            award_form=form.cleaned_data["award_form"], version=form.cleaned_data["version"],
            by=request.user, now=timezone.now(),
        )  # fmt: skip
    except Stale:
        return CONFLICT
    return None


@require_POST
@desk_view
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """The report as one types: kept where it can be, with the check as it stands now."""
    found = nominee_for(request, pk)
    if not user_can_edit_nominee(request.user, found):
        return JsonResponse({"closed": "Hồ sơ không còn sửa được."}, status=403)
    form = report_form(found, request.POST)
    problem = save_typed(found, form, request)
    if problem == CONFLICT:
        return JsonResponse(
            {
                "stale": "Người khác vừa lưu báo cáo này. Bấm Lưu để xem bản của họ bên cạnh bản của bạn."
            },
            status=CONFLICT,
        )
    if problem:
        wrong = {name: " ".join(str(one) for one in said) for name, said in form.errors.items()}
        return JsonResponse({"problems": wrong}, status=problem)
    fresh = nominee_for(request, pk)
    context = {"review": review_for(fresh), "nominee": fresh, "dossier": fresh.dossier}
    return JsonResponse({
        "version": report_of(fresh).version, "at": f"{timezone.localtime():%H:%M}",
        "checks": render_to_string("awards/checks.html", context, request),
        "sum": render_to_string("awards/sum.html", context, request),
    })  # fmt: skip


def _lessons(found: Nominee) -> list[tuple[Activity, bool]]:
    """The skill classes a collective may count, each with whether it does."""
    left = set(found.left_out.values_list("pk", flat=True))
    return [(row, row.pk not in left) for row in lessons_behind(found)]


@require_POST
@desk_view
def lessons(request: HttpRequest, pk: int) -> HttpResponse:
    """Which skill classes count for this collective."""
    found = nominee_for(request, pk)
    counted = [int(one) for one in request.POST.getlist("lop") if one.isascii() and one.isdigit()]
    services.choose_lessons(found, counted, by=request.user, now=timezone.now())
    messages.success(request, "Đã ghi các lớp được tính.")
    return redirect(f"{reverse('awards:write', args=[pk])}#cac-lop")


@require_safe
@desk_view
def records(request: HttpRequest, pk: int) -> HttpResponse:
    """The confirmed activities behind the figures, for those who may see them; of the others only how many."""
    found = nominee_for(request, pk)
    behind = activities_behind(found)
    seen = Activity.objects.visible_to(request.user).filter(pk__in=behind.order_by().values("pk"))
    rows = seen.select_related("unit", "kind", "commune").order_by("-starts_on", "-pk")
    taken = Participant.objects.filter(person=found.person_id, person__isnull=False)
    own = dict(taken.values_list("activity", "served_count"))
    items = numbered_page(rows, request.GET.get("trang"), per_page=PER_PAGE)
    context = {
        "nominee": found, "dossier": found.dossier, "items": items,
        "rows": [(row, own.get(row.pk)) for row in items], "hidden": behind.count() - seen.count(),
    }  # fmt: skip
    return render(request, "awards/records.html", context)
