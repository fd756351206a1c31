"""People and collectives taken into a proposal: from the roster, by hand, from the tree of units."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaign.activities.evidence_views import key_in
from campaign.awards import services
from campaign.awards.choices import COLLECTIVE_KINDS, NomineeState
from campaign.awards.dossier_views import dossier_for
from campaign.awards.forms import ByHandForm, CollectiveForm
from campaign.awards.models import Dossier, Nominee
from campaign.awards.permissions import user_can_edit
from campaign.awards.queries import reviews_of
from campaign.awards.services import ByHand
from campaign.units.acts import tell
from campaign.units.choices import PersonKind, UnitKind
from campaign.units.desk import desk_view, must
from campaign.units.models import Person, Unit
from campaign.units.reach import under
from core.listing import numbered_page

GET_OR_POST = ["GET", "HEAD", "POST"]
PER_PAGE = 30
UNPROCESSABLE = 422


@require_http_methods(GET_OR_POST)
@desk_view
def add_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in people of the roster: searched without marks, several ticked at once; or a name by hand."""
    found = dossier_for(request, pk)
    must(user_can_edit(request.user, found))
    sent = request.POST.get("viec", "")
    units = _homes(found)
    by_hand = ByHandForm(request.POST if sent == "by-hand" else None, units=units)
    status = 200
    if request.method == "POST":
        added = _added(request, found, by_hand)
        if added:
            _tell_added(request, found, added)
            return redirect("awards:add-people", pk) if sent == "them-nua" else redirect(found)
        status = UNPROCESSABLE
    words = request.GET.get("q", "").strip()[:100]
    where = _wanted_unit(request, units)
    items = numbered_page(
        _people(found, words, where, request.GET.get("la", "")), request.GET.get("trang"),
        per_page=PER_PAGE,
    )  # fmt: skip
    context = {
        "dossier": found, "items": items, "words": words, "units": units, "where": where,
        "kind": request.GET.get("la", ""), "kinds": PersonKind.choices, "by_hand": by_hand,
        "key": request.POST.get("key") or key_in({}),
    }  # fmt: skip
    return render(request, "awards/add_people.html", context, status=status)


def _homes(found: Dossier) -> QuerySet[Unit]:
    """Classes and offices of the school: a unit may propose whom it has worked with."""
    kinds = (UnitKind.OFFICE, UnitKind.FACULTY, UnitKind.CENTRE, UnitKind.STUDENT_CLASS)
    rows: QuerySet[Unit] = Unit.objects.active(timezone.localdate()).filter(
        institution=found.round.owner_id, kind__in=kinds
    )
    return rows.order_by("path")


def _wanted_unit(request: HttpRequest, units: QuerySet[Unit]) -> Unit | None:
    wanted = request.GET.get("don-vi", "")
    is_number = wanted.isascii() and wanted.isdigit() and len(wanted) < 16
    return units.filter(pk=int(wanted)).first() if is_number else None


def _people(found: Dossier, words: str, where: Unit | None, kind: str) -> QuerySet[Person]:
    """People of the school; the unit's own first, before anything was asked for."""
    rows: Any = Person.objects.present(timezone.localdate()).filter(
        institution=found.round.owner_id
    )
    if where is not None:
        rows = rows.filter(under(where.path, "unit"))
    elif not words and found.unit.kind != UnitKind.YOUTH_UNION:
        rows = rows.filter(under(found.unit.path, "unit"))
    if kind in PersonKind.values:
        rows = rows.filter(kind=kind)
    mine = Nominee.objects.filter(dossier=found, person=OuterRef("pk")).exclude(
        state=NomineeState.WITHDRAWN
    )
    rows = rows.found(words).annotate(is_in=Exists(mine)).select_related("unit")
    return rows.order_by("unit__path", "search_key", "pk")  # type: ignore[no-any-return]


def _added(request: HttpRequest, found: Dossier, by_hand: ByHandForm) -> list[Nominee]:
    """Those taken in; nobody where something was wrong, which is told where it is."""
    by, now, key = request.user, timezone.now(), key_in(request.POST)
    try:
        if request.POST.get("viec") == "by-hand":
            if not by_hand.is_valid():
                return []
            told = ByHand(**by_hand.cleaned_data)
            return [services.nominate_by_hand(found, told, key=key, by=by, now=now)]
        ticked = [int(pk) for pk in request.POST.getlist("nguoi") if pk.isascii() and pk.isdigit()]
        people = list(Person.objects.filter(institution=found.round.owner_id, pk__in=ticked[:200]))
        if not people:
            messages.error(request, "Hãy đánh dấu ít nhất một người.")
            return []
        return services.nominate_people(found, people, key=key, by=by, now=now)
    except ValidationError as refused:
        if by_hand.is_bound:
            tell(by_hand, refused)
        else:
            messages.error(request, " ".join(refused.messages))
    return []


def _tell_added(request: HttpRequest, found: Dossier, added: list[Nominee]) -> None:
    """Said at once, with the clause: whom the quota does not hold, and who is proposed elsewhere too."""
    messages.success(request, f"Đã đưa vào hồ sơ: {', '.join(str(row) for row in added)}.")
    keys = {row.pk for row in added}
    for one in reviews_of(found.round, found):
        if one.nominee.pk not in keys:
            continue
        if one.is_over and one.place:
            others = ", ".join(f"{stand.name} ({stand.proposer})" for stand in one.others)
            messages.warning(
                request,
                f"{one.nominee}: vượt chỉ tiêu {one.nominee.home_name or ''}. {one.place.said}. "
                f"Điều khoản: {one.place.allowance.clause}. Cùng chỉ tiêu: {others}. Vẫn đề nghị được; "
                "Hội đồng chọn trong chỉ tiêu.",
            )
        for trap in one.traps:
            if trap.other is not None:
                messages.warning(request, f"{one.nominee}: {trap.said}")


@require_http_methods(GET_OR_POST)
@desk_view
def add_collective(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in an office, a class or a team."""
    found = dossier_for(request, pk)
    must(user_can_edit(request.user, found))
    today = timezone.localdate()
    school: QuerySet[Unit] = Unit.objects.active(today).filter(institution=found.round.owner_id)
    units = school.filter(kind__in=COLLECTIVE_KINDS).order_by("path")
    if found.unit.kind != UnitKind.YOUTH_UNION:
        units = units.filter(under(found.unit.path))
    form = CollectiveForm(
        request.POST or None, units=units,
        faculties=school.filter(kind=UnitKind.FACULTY).order_by("path"),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = services.nominate_collective(
                found, key=key_in(request.POST), by=request.user, now=timezone.now(),
                **form.cleaned_data,
            )  # fmt: skip
        except ValidationError as refused:
            tell(form, refused)
        else:
            _tell_added(request, found, [made])
            return redirect(found)
    context = {"dossier": found, "form": form, "key": request.POST.get("key") or key_in({})}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "awards/add_collective.html", context, status=status)
