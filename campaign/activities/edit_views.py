"""The one screen where an activity is entered: begun, saved as typed, sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from campaign.activities import services
from campaign.activities.choices import PAPERS, EvidenceKind
from campaign.activities.evidence_views import key_in
from campaign.activities.forms import commune_label, person_label
from campaign.activities.models import Activity, Commune
from campaign.activities.permissions import (
    units_to_enter,
    user_can_edit,
    user_can_enter,
)
from campaign.activities.queries import MOST_PHOTOS, evidence_of
from campaign.activities.services import MoveRefused, Stale
from campaign.activities.typed import Typed, typed
from campaign.units.desk import desk_view, must
from campaign.units.models import Person, TeamMember, Unit
from campaign.units.services import home_of
from core.kept_posts import kept_post

GET_OR_POST = ["GET", "HEAD", "POST"]
UNPROCESSABLE, CONFLICT = 422, 409
MOST_COMMUNES = 400
MOST_NAMES = 300
SEND, MORE_ROWS, WHOLE_TEAM = "gui", "them-dong", "ca-doi"
FIELDS = {"people": "people_count", "served": "served_count"}


@require_http_methods(GET_OR_POST)
@desk_view
def new_activity(request: HttpRequest) -> HttpResponse:
    """An empty screen; the first saving makes the record, however often it is pressed."""
    must(user_can_enter(request.user))
    now = timezone.now()
    data = request.POST if request.method == "POST" else kept_post(request, now)
    key = key_in(data) if data else uuid4()
    screen = typed(request, None, data)
    if data is None:
        return _screen(request, None, screen, key)
    screen.is_valid()
    if request.method != "POST":
        messages.info(request, "Những gì bạn đã gõ trước khi đăng nhập lại vẫn còn: hãy bấm Lưu.")
        return _screen(request, None, screen, key)
    told = screen.form.understood
    if "kind" not in told or "unit" not in told:
        return _screen(request, None, screen, key, status=UNPROCESSABLE)
    activity = _begun(request, screen, key, now)
    if not user_can_edit(request.user, activity):
        return redirect(activity)
    return _after(request, activity, screen, now)


@require_http_methods(GET_OR_POST)
@desk_view
def edit_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen of a draft. What was not understood stays on the screen beside its message."""
    activity = _editable(request, pk)
    now = timezone.now()
    data = request.POST if request.method == "POST" else kept_post(request, now)
    screen = typed(request, activity, data)
    if data is None:
        return _screen(request, activity, screen, activity.key)
    screen.is_valid()
    if request.method != "POST":
        messages.info(request, "Những gì bạn đã gõ trước khi đăng nhập lại vẫn còn: hãy bấm Lưu.")
        return _screen(request, activity, screen, activity.key)
    try:
        activity = _saved(request, activity, screen, now)
    except Stale as stale:
        return _screen(request, stale.now, screen, activity.key, status=CONFLICT, stale=stale.now)
    except ValidationError as refused:
        _tell(screen, refused)
        return _screen(request, activity, screen, activity.key, status=UNPROCESSABLE)
    return _after(request, activity, screen, now)


@require_POST
@desk_view
def autosave(request: HttpRequest) -> HttpResponse:
    """What was typed so far, from the script: begun by its key or saved into `pk`; answered as JSON."""
    must(user_can_enter(request.user))
    now = timezone.now()
    pk = request.POST.get("pk", "")
    activity = _editable(request, int(pk)) if pk.isascii() and pk.isdigit() else None
    screen = typed(request, activity, request.POST)
    screen.is_valid()
    told = screen.form.understood
    if activity is None and not ("kind" in told and "unit" in told):
        return JsonResponse({"problems": screen.problems()}, status=UNPROCESSABLE)
    try:
        if activity is None:
            activity = _begun(request, screen, key_in(request.POST), now)
        else:
            activity = _saved(request, activity, screen, now)
    except Stale as stale:
        return JsonResponse({"stale": str(stale)}, status=CONFLICT)
    except ValidationError as refused:
        _tell(screen, refused)
        return JsonResponse({"problems": screen.problems()}, status=UNPROCESSABLE)
    return JsonResponse(
        {
            "pk": activity.pk,
            "version": activity.version,
            "at": f"{timezone.localtime(now):%H:%M}",
            "problems": screen.problems(),
        }
    )


def _begun(request: HttpRequest, screen: Typed, key: UUID, now: datetime) -> Activity:
    """The record of this form. One that is there already, because its answer was lost, takes what is new."""
    told = screen.form.understood
    entry = screen.entry(home_of(told["unit"]))
    activity = services.begin_activity(
        told["unit"], told["kind"], entry, key=key, by=request.user, now=now
    )
    if activity.created_at == now or not user_can_edit(request.user, activity):
        return activity
    try:
        return services.save_activity(
            activity, entry, version=activity.version, by=request.user, now=now
        )
    except (Stale, PermissionDenied):
        # Pressed many times at once: another of these presses has saved, or sent, the very same words.
        return Activity.objects.get(pk=activity.pk)


def _editable(request: HttpRequest, pk: int) -> Activity:
    rows = Activity.objects.visible_to(request.user)
    found: Activity = get_object_or_404(rows.select_related("kind", "unit", "institution"), pk=pk)
    must(user_can_edit(request.user, found))
    return found


def _saved(request: HttpRequest, activity: Activity, screen: Typed, now: datetime) -> Activity:
    version = request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
    told = screen.form.understood
    school = home_of(told["unit"]) if told.get("unit") else activity.institution
    return services.save_activity(
        activity, screen.entry(school), version=number, by=request.user, now=now
    )


def _after(request: HttpRequest, activity: Activity, screen: Typed, now: datetime) -> HttpResponse:
    """Saved: then the files, then what was pressed."""
    refused = take_files(request, activity, now)
    wanted = request.POST.get("viec", "")
    if wanted == WHOLE_TEAM:
        _add_team(request, activity, now)
    clean = not screen.problems() and not refused
    if wanted == SEND and clean:
        try:
            services.send_activity(activity, by=request.user, now=now)
        except MoveRefused as problem:
            if not user_can_edit(request.user, Activity.objects.get(pk=activity.pk)):
                # Another press of the same button was faster.
                return redirect(activity)
            _tell(screen, problem)
        except ValidationError as problem:
            _tell(screen, problem)
        else:
            where = Activity.objects.select_related("confirming_unit").get(pk=activity.pk)
            messages.success(request, f"Đã gửi. Chờ trưởng {where.confirming_unit} xác nhận.")
            return redirect(activity)
    for said in refused:
        messages.error(request, said)
    if screen.problems() or screen.form.errors or (refused and request.POST.get("evidence_link")):
        messages.info(request, "Phần ghi đúng đã được lưu. Xin xem lại phần được đánh dấu.")
        activity.refresh_from_db()
        return _screen(request, activity, screen, activity.key, status=UNPROCESSABLE)
    if not refused:
        messages.success(request, f"Đã lưu lúc {timezone.localtime(now):%H:%M}.")
    query = "?dong=10#nguoi-tham-gia" if wanted == MORE_ROWS else ""
    return redirect(f"{_edit_address(activity)}{query}")


def _edit_address(activity: Activity) -> str:
    return f"{activity.get_absolute_url()}sua/"


def take_files(request: HttpRequest, activity: Activity, now: datetime) -> list[str]:
    """Each file of the form a piece of its own: one that is refused, with its name and why, stops no other."""
    paper = request.POST.get("paper_kind", "")
    given: list[tuple[Any, str]] = [
        (upload, EvidenceKind.PHOTO)
        for name in ("camera", "photos")
        for upload in request.FILES.getlist(name)
    ]
    kind = paper if paper in PAPERS or paper == EvidenceKind.SCREENSHOT else ""
    given += [(upload, kind) for upload in request.FILES.getlist("paper")]
    said = [_take(request, activity, upload, kind, now) for upload, kind in given]
    return [words for words in [*said, _take_link(request, activity, now)] if words]


def _take_link(request: HttpRequest, activity: Activity, now: datetime) -> str:
    url, title = (
        request.POST.get(name, "").strip() for name in ("evidence_link", "evidence_title")
    )
    if not url or activity.evidence.kept().filter(url=url).exists():
        return ""
    try:
        services.add_link(activity, url=url, title=title, key=uuid4(), by=request.user, now=now)
    except ValidationError as refused:
        return f"{url}: {' '.join(refused.messages)}"
    return ""


def _take(request: HttpRequest, activity: Activity, upload: Any, kind: str, now: datetime) -> str:
    try:
        services.add_evidence(
            activity, upload=upload, kind=kind, key=uuid4(), by=request.user, now=now
        )
    except ValidationError as refused:
        return f"{upload.name}: {' '.join(refused.messages)}"
    return ""


def _add_team(request: HttpRequest, activity: Activity, now: datetime) -> None:
    """The members of the hosting team, or of the class, who are not named yet."""
    rows = [
        services.ShareRow(row.person, row.name, row.task, row.served_count)
        for row in activity.participants.select_related("person")
    ]
    there = {row.person.pk for row in rows if row.person}
    members = TeamMember.objects.filter(unit=activity.unit, ends=None).select_related("person")
    rows += [
        services.ShareRow(member.person, task=member.task)
        for member in members
        if member.person_id not in there
    ]
    services.save_activity(
        activity, services.Entry(shares=rows), version=activity.version, by=request.user, now=now
    )


def _tell(screen: Typed, refused: Exception) -> None:
    """Put a refusal at its field, else above the form."""
    problems: dict[str, Any] = {"": [str(refused)]}
    if isinstance(refused, ValidationError):
        has_fields = hasattr(refused, "error_dict")
        problems = refused.message_dict if has_fields else {"": refused.messages}
    form = screen.form
    form.errors  # noqa: B018  A form that was not asked yet has nowhere to put them.
    for name, said in problems.items():
        field = FIELDS.get(name, name)
        for words in [said] if isinstance(said, str) else said:
            form.add_error(field if field in form.fields else None, words)


def _screen(
    request: HttpRequest,
    activity: Activity | None,
    screen: Typed,
    key: UUID,
    *,
    status: int = 200,
    stale: Activity | None = None,
) -> HttpResponse:
    more = request.GET.get("dong", "")
    if not screen.shares.is_bound and more == "10":
        screen.shares.extra = 10
    unit = activity.unit if activity else _unit_of(screen)
    context = {
        "activity": activity,
        "screen": screen,
        "form": screen.form,
        "key": key,
        "units_number": screen.form.fields["unit"].queryset.count(),  # type: ignore[attr-defined]
        "communes": [commune_label(row) for row in Commune.objects.filter(is_active=True)[:MOST_COMMUNES]],
        "names": _names(unit),
        "is_team": bool(unit and unit.team_members.filter(ends=None).exists()),
        "evidence": evidence_of(activity, request.user) if activity else [],
        "papers": [kind for kind in EvidenceKind.choices if kind[0] in PAPERS | {EvidenceKind.SCREENSHOT}],
        "most_photos": MOST_PHOTOS,
        "stale": stale,
        **_link_typed(request, activity),
        "reason": activity.events.filter(move__in=["return", "unconfirm"]).last()
        if activity and activity.state == "returned"
        else None,
    }  # fmt: skip
    return render(request, "activities/edit.html", context, status=status)


def _link_typed(request: HttpRequest, activity: Activity | None) -> dict[str, str]:
    """The link as typed, until it is a piece of evidence."""
    url = request.POST.get("evidence_link", "").strip()
    if not url or (activity and activity.evidence.kept().filter(url=url).exists()):
        return {"link_typed": "", "link_title": ""}
    return {"link_typed": url, "link_title": request.POST.get("evidence_title", "")}


def _unit_of(screen: Typed) -> Unit | None:
    chosen = screen.form.initial.get("unit")
    units = screen.form.fields["unit"].queryset  # type: ignore[attr-defined]
    return units.filter(pk=chosen).first() or units.first()  # type: ignore[no-any-return]


def _names(unit: Unit | None) -> Sequence[str]:
    """Names offered while typing: of the unit and below it, and of a team's members."""
    if unit is None:
        return []
    rows = Person.objects.filter(left_on=None, institution=home_of(unit))
    near = rows.filter(unit__path__startswith=unit.path) | rows.filter(
        teams__unit=unit, teams__ends=None
    )
    return [person_label(row) for row in near.distinct()[:MOST_NAMES]]


def may_enter(request: HttpRequest) -> bool:
    """Whether the log is in the desk's menu."""
    return user_can_enter(request.user) and units_to_enter(request.user).exists()
