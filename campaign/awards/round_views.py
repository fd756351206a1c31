"""Rounds of awards on the desk: what stands open for one's units; made, opened, checked by the office."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.activities.evidence_views import key_in
from campaign.awards import services
from campaign.awards.choices import PROPOSING, SEEN_BY_OFFICE, DossierState, NomineeState
from campaign.awards.forms import (
    CriterionForm,
    ExtendForm,
    NewRoundForm,
    NoForm,
    QuotaForm,
    RoundForm,
    proposed_round,
    round_initial,
)
from campaign.awards.models import AwardRound, Dossier
from campaign.awards.permissions import (
    schools_to_keep,
    units_proposed_for,
    units_to_propose,
    user_handles_round,
    user_keeps_round,
    user_meets_awards,
    user_sits_over,
)
from campaign.units.acts import Act, done, tell
from campaign.units.desk import desk_view, must
from campaign.units.models import Unit
from core.listing import numbered_page

GET_OR_POST = ["GET", "HEAD", "POST"]
PER_PAGE = 20
UNPROCESSABLE = 422


def may_see_awards(request: HttpRequest) -> bool:
    """Whether awards are in the desk's menu."""
    return user_meets_awards(request.user)


@require_safe
@desk_view
def home(request: HttpRequest) -> HttpResponse:
    """Rounds one may propose in, keeps or sits over, the newest first."""
    must(may_see_awards(request))
    rows: Any = AwardRound.objects.visible_to(request.user).select_related("owner")
    items = numbered_page(rows, request.GET.get("trang"), per_page=PER_PAGE)
    context = {
        "items": items,
        "lines": _lines(request, list(items)),
        "keeps": schools_to_keep(request.user).exists(),
        "today": timezone.localdate(),
    }
    return render(request, "awards/home.html", context)


@dataclass(frozen=True, slots=True)
class _RoundLine:
    """A round with the proposals of one's own units in it."""

    round: AwardRound
    own: list[tuple[Unit, Dossier | None]]
    sits: bool


def _lines(request: HttpRequest, rounds: list[AwardRound]) -> list[_RoundLine]:
    """Each round with the units one proposes for. Two queries, however many rounds."""
    units = list(
        units_proposed_for(request.user, {row.owner_id for row in rounds}).order_by("path")
    )
    rows = Dossier.objects.filter(round__in=rounds, unit__in=units)
    begun = {(row.round_id, row.unit_id): row for row in rows}
    today = timezone.localdate()
    lines = []
    for asked in rounds:
        sits = user_sits_over(request.user, asked)
        own: list[tuple[Unit, Dossier | None]] = [
            (unit, begun.get((asked.pk, unit.pk)))
            for unit in units
            if asked.is_open and not sits and unit.institution_id == asked.owner_id
        ]
        if today > asked.closes_on:
            own = [(unit, row) for unit, row in own if row]
        lines.append(_RoundLine(asked, own, sits))
    return lines


@require_POST
@desk_view
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit's proposal: the one there is, or a new one."""
    asked = get_object_or_404(AwardRound.objects.visible_to(request.user), pk=pk)
    wanted = request.POST.get("don-vi", "")
    key = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 16 else 0
    unit = get_object_or_404(units_to_propose(request.user, asked), pk=key)
    try:
        made = services.begin_dossier(asked, unit, by=request.user, now=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("awards:home")
    return redirect(made)


@require_http_methods(GET_OR_POST)
@desk_view
def new_round(request: HttpRequest) -> HttpResponse:
    """A new round, with the criteria and quotas of a plan."""
    owner = schools_to_keep(request.user).order_by("path").first()
    if owner is None:
        raise PermissionDenied
    form = NewRoundForm(request.POST or None, initial=proposed_round())
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_round(
                owner, form.told(), template=form.cleaned_data["template"],
                key=key_in(request.POST), by=request.user, now=timezone.now(),
            )  # fmt: skip
        except ValidationError as refused:
            tell(form, refused)
        else:
            return redirect(made)
    context = {"form": form, "owner": owner, "key": request.POST.get("key") or key_in({})}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "awards/new_round.html", context, status=status)


def round_for(request: HttpRequest, pk: int) -> AwardRound:
    """A round that one keeps or sits over."""
    rows = AwardRound.objects.visible_to(request.user).select_related("owner")
    found: AwardRound = get_object_or_404(rows, pk=pk)
    must(user_sits_over(request.user, found))
    return found


@require_http_methods(GET_OR_POST)
@desk_view
def one_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Who proposes whom, how it stands; opened and changed from here."""
    found = round_for(request, pk)
    keeps = user_keeps_round(request.user, found)
    acts = _acts(request, found) if keeps else []
    status = 200
    if request.method == "POST":
        must(keeps)
        act = done(acts, request.POST.get("viec", ""))
        if act is not None:
            messages.success(request, act.said)
            return redirect("awards:home") if act.name == "discard" else redirect(found)
        status = UNPROCESSABLE
        found.refresh_from_db()
    lines = unit_lines(found)
    context = {
        "round": found,
        "keeps": keeps,
        "handles": user_handles_round(request.user, found),
        "main": next((act for act in acts if act.name == "open"), None),
        "acts": [act for act in acts if act.name != "open"],
        "criteria": _by_side(found),
        "quotas": found.quotas.all(),
        "lines": lines,
        "sent": sum(1 for line in lines if line.state in SEEN_BY_OFFICE),
        "waiting": sum(1 for line in lines if line.state == DossierState.SUBMITTED),
        "ready": sum(1 for line in lines if line.state == DossierState.READY),
        "today": timezone.localdate(),
    }
    return render(request, "awards/round.html", context, status=status)


def _by_side(found: AwardRound) -> list[tuple[str, list[Any]]]:
    sides: dict[str, list[Any]] = {}
    for row in found.criteria.order_by("-for_what", "number"):
        sides.setdefault(row.get_for_what_display(), []).append(row)
    return list(sides.items())


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the round: how its proposal stands."""

    name: str
    dossier: Dossier | None
    people: int = 0
    groups: int = 0
    wanting: int = 0

    @property
    def state(self) -> str:
        """The proposal's state; "" where none was begun."""
        return self.dossier.state if self.dossier else ""

    @property
    def is_received(self) -> bool:
        """Whether the office has it."""
        return self.state in SEEN_BY_OFFICE


def unit_lines(found: AwardRound) -> list[UnitLine]:
    """Every unit that may propose, and those that did. Two queries, however many."""
    standing = ~Q(nominees__state=NomineeState.WITHDRAWN)
    rows = Dossier.objects.filter(round=found).select_related("unit", "round").annotate(
        people=Count("nominees", filter=standing & Q(nominees__unit=None)),
        groups=Count("nominees", filter=standing & Q(nominees__unit__isnull=False)),
        wanting=Count("nominees", filter=Q(nominees__state=NomineeState.RETURNED)),
    )  # fmt: skip
    begun: dict[int, Any] = {row.unit_id: row for row in rows}
    today = timezone.localdate()
    may = Q(pk__in=Unit.objects.active(today).filter(kind__in=PROPOSING).values("pk"))
    units = Unit.objects.filter(may | Q(pk__in=list(begun)), institution=found.owner_id)
    return [_line(unit, begun.get(unit.pk)) for unit in units.order_by("path")]


def _line(unit: Unit, row: Any) -> UnitLine:
    if row is None:
        return UnitLine(unit.name, None)
    return UnitLine(unit.name, row, row.people, row.groups, row.wanting)


def _acts(request: HttpRequest, found: AwardRound) -> list[Act]:
    """What its keeper may do with the round; the act that was sent is bound."""
    by, sent, now = request.user, request.POST.get("viec", ""), timezone.now()

    def data(name: str) -> Any:
        return request.POST if sent == name else None

    change = RoundForm(data("change"), prefix="change", initial=round_initial(found))
    acts = [Act(
        "change", "Sửa tên, ngày, lựa chọn", change,
        lambda words: services.change_round(found, change.told(), by=by), "Đã sửa đợt.",
    )]  # fmt: skip
    if found.is_open:
        units = Unit.objects.active(timezone.localdate()).filter(
            institution=found.owner_id, kind__in=PROPOSING
        )
        form = ExtendForm(data("extend"), prefix="extend", units=units.order_by("path"))
        acts.append(Act(
            "extend", "Gia hạn cho một đơn vị", form,
            lambda words: services.extend_unit(found, by=by, now=now, **words), "Đã gia hạn.",
            hint=f"Hạn chung là hết ngày {found.closes_on:%d/%m/%Y}.",
        ))  # fmt: skip
    else:
        acts.append(Act(
            "open", "Mở đợt", NoForm(data("open"), prefix="open"),
            lambda words: services.open_round(found, by=by, now=now),
            "Đã mở đợt. Các đơn vị lập được hồ sơ.", grave=True,
        ))  # fmt: skip
    if not found.dossiers.exists():
        acts.append(Act(
            "discard", "Bỏ đợt này", NoForm(data("discard"), prefix="discard"),
            lambda words: services.discard_round(found, by=by), "Đã bỏ đợt.",
            hint="Chưa đơn vị nào lập hồ sơ; lập lại được bất cứ lúc nào.", grave=True,
        ))  # fmt: skip
    return acts


@require_http_methods(GET_OR_POST)
@desk_view
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    """The criteria and quotas of a round that is not open yet, each with its clause."""
    found = round_for(request, pk)
    must(user_keeps_round(request.user, found) and not found.is_open)
    data = request.POST or None
    criteria = [
        CriterionForm(data, prefix=f"c{row.pk}", instance=row)
        for row in found.criteria.order_by("-for_what", "number")
    ]
    quotas = [QuotaForm(data, prefix=f"q{row.pk}", instance=row) for row in found.quotas.all()]
    problems: list[str] = []
    if request.method == "POST":
        forms: list[Any] = [*criteria, *quotas]
        # Each is asked, so that every wrong field is marked at once.
        if sum(not form.is_valid() for form in forms) == 0:
            problems = _kept(request, found, criteria, quotas)
            if not problems:
                messages.success(request, "Đã lưu tiêu chí và chỉ tiêu.")
                return redirect(found)
        else:
            problems = ["Có ô chưa đúng: xem chỗ được đánh dấu."]
    context = {"round": found, "criteria": criteria, "quotas": quotas, "problems": problems}
    return render(request, "awards/rules.html", context, status=UNPROCESSABLE if problems else 200)


def _kept(request: HttpRequest, found: AwardRound, criteria: Any, quotas: Any) -> list[str]:
    try:
        services.save_rules(
            found, [form.instance for form in criteria], [form.instance for form in quotas],
            by=request.user,
        )  # fmt: skip
    except ValidationError as refused:
        return list(refused.messages)
    return []
