"""Roles in the desk: who holds what, giving and ending; the head's delegation."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaign.units import services
from campaign.units.acts import Act, done, tell
from campaign.units.choices import KEEPS_PEOPLE, SEES_PEOPLE, Role
from campaign.units.desk import desk_view, must, seat_in_use
from campaign.units.models import Membership, Person, Unit
from campaign.units.people_views import GET_OR_POST, PER_PAGE, asked_top, may_see_people
from campaign.units.permissions import user_can_grant
from campaign.units.reach import inside, manages_all, under
from campaign.units.role_forms import DelegateForm, EndRoleForm, GrantForm, SharedForm
from campaign.units.sheets import sheet
from core.listing import numbered_page

# People offered after a search; more means that the words were too few.
MOST_FOUND = 20
# The order in which roles are offered: the usual ones first.
OFFERED = (
    Role.REPORTER, Role.UNIT_HEAD, Role.MEMBER, Role.DEPUTY, Role.STANDING_OFFICE, Role.LEADER,
    Role.COUNCIL_MEMBER, Role.COUNCIL_SECRETARY, Role.DEPARTMENT_OFFICER,
)  # fmt: skip


def may_give_roles(request: HttpRequest) -> bool:
    """Whether giving roles is open to the user at the seat in use."""
    seat = seat_in_use(request)
    held = bool(seat and seat.roles & KEEPS_PEOPLE)
    return not request.user.is_shared and (held or manages_all(request.user))  # type: ignore[union-attr]


def is_head(request: HttpRequest) -> bool:
    """Whether the user heads the unit he acts for."""
    seat = seat_in_use(request)
    return bool(seat and Role.UNIT_HEAD in seat.roles) and not request.user.is_shared  # type: ignore[union-attr]


@require_safe
@desk_view
def roles(request: HttpRequest) -> HttpResponse:
    """Who holds which role, in the unit one acts for and below."""
    must(may_see_people(request))
    today = timezone.localdate()
    top = asked_top(request)
    asked = {
        "q": request.GET.get("q", "").strip()[:100],
        "when": request.GET.get("khi", ""),
        "role": request.GET.get("vai", ""),
    }
    rows = _held(request.user, top, asked, today)
    items = numbered_page(rows, request.GET.get("trang"), per_page=PER_PAGE)
    context = {
        "items": items,
        "asked": asked,
        "roles": Role.choices,
        "top": top,
        "today": today,
        "can_give": may_give_roles(request),
    }
    return render(request, "units/roles/list.html", context)


def _held(user: Any, top: Unit | None, asked: dict[str, str], today: date) -> QuerySet[Membership]:
    rows = Membership.objects.visible_to(user).select_related("unit", "user", "user__person")
    if top is not None:
        rows = rows.filter(under(top.path, "unit"))
    # A school of a thousand members would hide its twenty heads.
    wanted = {asked["role"]} & set(Role.values) or set(Role.values) - {Role.MEMBER}
    rows = rows.filter(role__in=wanted)
    if asked["q"]:
        found = Person.objects.found(asked["q"]).values("user")
        rows = rows.filter(Q(user__in=found) | Q(user__username__iexact=asked["q"]))
    if asked["when"] == "da-het":
        return rows.filter(Q(ends__lt=today) | Q(revoked_at__isnull=False)).order_by("-ends", "pk")
    if asked["when"] == "sap-toi":
        return rows.filter(starts__gt=today, revoked_at__isnull=True)
    return rows.filter(pk__in=Membership.objects.active(today).order_by().values("pk"))


@require_http_methods(GET_OR_POST)
@desk_view
def grant(request: HttpRequest) -> HttpResponse:
    """Give a role: first find the person, then say which role, where and when."""
    must(may_give_roles(request))
    today = timezone.localdate()
    seen = (
        Person.objects.visible_to(request.user).filter(left_on=None).select_related("unit", "user")
    )
    wanted = request.GET.get("nguoi", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 16):
        words = request.GET.get("q", "").strip()[:100]
        found = list(seen.found(words)[: MOST_FOUND + 1]) if words else []
        context = {"words": words, "found": found[:MOST_FOUND], "more": len(found) > MOST_FOUND}
        return render(request, "units/roles/find.html", context)
    person = get_object_or_404(seen, pk=int(wanted))
    units = _units_to_grant_in(request, today)
    form = GrantForm(
        request.POST or None,
        units=units,
        roles=_roles_to_grant(request),
        initial={"unit": person.unit_id},
    )
    if request.method == "POST" and form.is_valid() and _given(request, person, form, today):
        messages.success(request, f"Đã giao vai trò cho {person.full_name}.")
        return redirect("units:roles")
    return render(request, "units/roles/grant.html", {"form": form, "person": person})


def _given(request: HttpRequest, person: Person, form: GrantForm, today: date) -> bool:
    words = form.cleaned_data
    if not user_can_grant(request.user, words["role"], words["unit"]):
        form.add_error("role", "Bạn không giao được vai trò này ở đơn vị này.")
        return False
    try:
        services.grant_to_person(person, by=request.user, today=today, **words)
    except ValidationError as refused:
        tell(form, refused)
        return False
    return True


def _units_to_grant_in(request: HttpRequest, today: date) -> QuerySet[Unit]:
    """Running units in reach; a department's schools too, to name their first office."""
    seat = seat_in_use(request)
    rows = Unit.objects.active(today).order_by("path")
    if manages_all(request.user):
        top = asked_top(request)
        return rows.filter(under(top.path)) if top else rows.filter(depth__lte=2)
    reach = inside(request.user, KEEPS_PEOPLE)
    if seat and Role.STANDING_OFFICE in seat.roles:
        reach |= under(seat.at.path) & Q(kind="institution")
    return rows.filter(reach)


def _roles_to_grant(request: HttpRequest) -> list[str]:
    seat = seat_in_use(request)
    if manages_all(request.user) or (seat and Role.STANDING_OFFICE in seat.roles):
        return list(OFFERED)
    narrow = [Role.REPORTER, Role.MEMBER]
    return [*narrow, Role.DEPUTY] if is_head(request) else list(narrow)


@require_http_methods(GET_OR_POST)
@desk_view
def shared(request: HttpRequest) -> HttpResponse:
    """An account for an office's computer; its slip comes at once."""
    must(may_give_roles(request))
    now = timezone.localtime()
    form = SharedForm(request.POST or None, units=_units_to_grant_in(request, now.date()))
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        unit = words.pop("unit")
        try:
            user = services.open_shared_account(unit, by=request.user, today=now.date(), **words)
        except ValidationError as refused:
            tell(form, refused)
        except PermissionDenied:
            form.add_error("unit", "Bạn không mở được tài khoản dùng chung ở đơn vị này.")
        else:
            held = Membership.objects.select_related("user").get(user=user, unit=unit)
            return sheet(request, unit, services.print_shared_slip(held, by=request.user, now=now))
    return render(request, "units/roles/shared.html", {"form": form})


@require_http_methods(GET_OR_POST)
@desk_view
def role(request: HttpRequest, pk: int) -> HttpResponse:
    """One role of one person; it may be ended."""
    now = timezone.localtime()
    rows = Membership.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("unit", "user__person", "given_by"), pk=pk)
    over = found.revoked_at is not None or (found.ends is not None and found.ends < now.date())
    may_end = not over and user_can_grant(request.user, found.role, found.unit)
    acts = [_ending(request, found)] if may_end else []
    prints = may_end and found.user.is_shared
    if request.method == "POST":
        must(may_end)
        if prints and request.POST.get("viec") == "slip":
            slips = services.print_shared_slip(found, by=request.user, now=now)
            return sheet(request, found.unit, slips)
        if act := done(acts, request.POST.get("viec", "")):
            messages.success(request, act.said)
            return redirect("units:roles")
    context = {
        "role": found,
        "acts": acts,
        "over": over,
        "person": _person(found),
        "prints": prints,
    }
    return render(request, "units/roles/role.html", context)


def _person(found: Membership) -> Person | None:
    return getattr(found.user, "person", None)


def _ending(request: HttpRequest, found: Membership) -> Act:
    data = request.POST if request.POST.get("viec") == "end" else None
    return Act(
        "end", "Kết thúc vai trò", EndRoleForm(data, prefix="end"),
        lambda words: services.end_role(found, by=request.user, now=timezone.localtime(), **words),
        "Đã ghi ngày kết thúc.", grave=True,
    )  # fmt: skip


@require_http_methods(GET_OR_POST)
@desk_view
def delegation(request: HttpRequest) -> HttpResponse:
    """The head hands his acts to a deputy for some days."""
    must(is_head(request))
    seat = seat_in_use(request)
    today = timezone.localdate()
    unit = get_object_or_404(Unit, pk=seat.at.unit if seat else 0)
    form = DelegateForm(request.POST or None, people=_who_may_stand_in(request.user, unit))
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            services.grant_to_person(
                words["person"], role=Role.DEPUTY, unit=unit, starts=words["starts"], ends=words["ends"],
                by=request.user, today=today,
            )  # fmt: skip
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, f"Đã ủy quyền cho {words['person'].full_name}.")
            return redirect("units:delegation")
    rows = Membership.objects.filter(unit=unit, role=Role.DEPUTY).select_related("user__person")
    context = {
        "form": form,
        "unit": unit,
        "rows": rows.order_by("-starts", "-pk")[:20],
        "today": today,
    }
    return render(request, "units/roles/delegation.html", context)


def _who_may_stand_in(user: Any, unit: Unit) -> QuerySet[Person]:
    """People of the unit itself, and who reports for it, but oneself."""
    rows = Person.objects.visible_to(user).filter(left_on=None).exclude(user=user)
    own = Q(unit=unit) | Q(user__memberships__unit=unit, user__memberships__revoked_at=None)
    return rows.filter(own).select_related("unit").distinct()


def may_see_roles(request: HttpRequest) -> bool:
    """Whether roles are in the desk's menu."""
    seat = seat_in_use(request)
    return manages_all(request.user) or bool(seat and seat.roles & SEES_PEOPLE)
