"""People in the desk: the list, one person with his acts."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaign.units import services
from campaign.units.acts import Act, done, tell
from campaign.units.choices import SEES_PEOPLE, PersonKind
from campaign.units.desk import desk_view, must, seat_in_use, unit_asked
from campaign.units.models import Person, Unit
from campaign.units.people_forms import (
    AddPersonForm,
    CorrectForm,
    EmailForm,
    LetGoForm,
    MovePersonForm,
    NoForm,
)
from campaign.units.people_queries import (
    Asked,
    described,
    people_of,
    state_of,
    units_kept,
    units_seen,
)
from campaign.units.permissions import (
    slip_problem,
    user_can_keep_people,
    user_can_let_go,
    user_can_see_people,
)
from campaign.units.reach import manages_all
from campaign.units.sheets import sheet
from core.listing import numbered_page

PER_PAGE = 50
GET_OR_POST = ["GET", "HEAD", "POST"]


def asked_top(request: HttpRequest) -> Unit | None:
    """The unit whose people are meant: the one asked for, when one sees its people, else the seat in use."""
    return unit_asked(request, SEES_PEOPLE)


def may_see_people(request: HttpRequest) -> bool:
    """Whether the roster is in the desk's menu."""
    seat = seat_in_use(request)
    return manages_all(request.user) or bool(seat and seat.roles & SEES_PEOPLE)


@require_safe
@desk_view
def people(request: HttpRequest) -> HttpResponse:
    """Who belongs to the unit one acts for, and below; found by name or code."""
    must(may_see_people(request))
    now = timezone.localtime()
    top = asked_top(request)
    units = list(units_seen(request.user, top, now.date()))
    wanted = request.GET.get("don-vi", "")
    asked = Asked(
        words=request.GET.get("q", "").strip()[:100],
        unit=next((unit for unit in units if str(unit.pk) == wanted), None),
        kind=request.GET.get("la", ""),
        account=request.GET.get("tai-khoan", ""),
        gone=request.GET.get("da-thoi") == "1",
    )
    rows = numbered_page(
        people_of(request.user, top, asked, now), request.GET.get("trang"), per_page=PER_PAGE
    )
    context = {
        "rows": [(person, state_of(person)) for person in rows],
        "items": rows,
        "asked": asked,
        "units": units,
        "kinds": PersonKind.choices,
        "top": top,
        "can_add": top is not None and user_can_keep_people(request.user, top),
    }
    return render(request, "units/people/list.html", context)


@require_http_methods(GET_OR_POST)
@desk_view
def add_person(request: HttpRequest) -> HttpResponse:
    """Somebody new in the roster."""
    top = asked_top(request)
    now = timezone.localtime()
    units = units_kept(request.user, top, now.date())
    must(top is not None and user_can_keep_people(request.user, top))
    form = AddPersonForm(
        request.POST or None, units=units, initial={"unit": request.GET.get("don-vi")}
    )
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        with_account = words.pop("with_account")
        try:
            person = services.add_person(by=request.user, **words)
        except ValidationError as refused:
            tell(form, refused)
        else:
            if with_account:
                services.open_account(person, by=request.user, today=now.date())
            messages.success(request, f"Đã thêm {person.full_name}.")
            return redirect("units:person", person.pk)
    return render(request, "units/people/add.html", {"form": form, "top": top})


@require_http_methods(GET_OR_POST)
@desk_view
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: what is known, roles, teams, and what may be done. A POST does the act named in `viec`."""
    now = timezone.localtime()
    rows = described(Person.objects.visible_to(request.user), now).select_related("institution")
    found = get_object_or_404(rows, pk=pk)
    if request.method == "POST" and request.POST.get("viec") == "slip":
        return _slip(request, found, now)
    acts = _acts(request, found, now)
    if request.method == "POST":
        must(bool(acts))
        if act := done(acts, request.POST.get("viec", "")):
            messages.success(request, act.said)
            # The act may have moved the person out of one's sight.
            still = Person.objects.visible_to(request.user).filter(pk=pk).exists()
            return redirect("units:person", pk) if still else redirect("units:people")
    sees = user_can_see_people(request.user, found.unit)
    context = {
        "person": found,
        "state": state_of(found),
        "acts": acts,
        "slip_problem": slip_problem(request.user, found) if sees else "",
        "is_oneself": found.user_id == request.user.pk,
        "roles": found.user.memberships.select_related("unit") if found.user else [],
        "teams": found.teams.select_related("unit"),
        "can_keep": user_can_keep_people(request.user, found.unit),
        "history": found.user.slips.select_related("issued_by")[:5] if found.user and sees else [],
    }
    return render(request, "units/people/person.html", context)


def _slip(request: HttpRequest, found: Person, now: datetime) -> HttpResponse:
    try:
        slips = services.print_slips([found], by=request.user, now=now)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("units:person", found.pk)
    return sheet(request, found.unit, slips)


def _acts(request: HttpRequest, found: Person, now: datetime) -> list[Act]:
    """What the user may do with this person, each with its form; the one that was sent is bound."""
    by, sent = request.user, request.POST.get("viec", "")

    def data(name: str) -> Any:
        return request.POST if sent == name else None

    keeps = user_can_keep_people(by, found.unit)
    if found.left_on is not None:
        back = Act(
            "back", "Nhận lại", NoForm(data("back"), prefix="back"),
            lambda words: services.take_back(found, by=by, now=now), "Đã nhận lại.",
            hint=f"{found.full_name} trở lại {found.unit} với vai trò thành viên; "
            "vai trò khác phải giao lại.",
        )  # fmt: skip
        return [back] if keeps else []
    acts = []
    if keeps:
        acts = [_correct(found, by, data("correct")), _move(found, by, data("move"), now)]
        if slip_problem(by, found) is None:
            acts.append(_invite(found, by, data("invite"), now))
    if user_can_let_go(by, found):
        acts.append(Act(
            "go", "Cho thôi", LetGoForm(data("go"), prefix="go"),
            lambda words: services.let_go(found, by=by, now=now, **words), "Đã ghi thôi.",
            hint="Mọi vai trò kết thúc và tài khoản bị khóa ngay. Hồ sơ cũ vẫn giữ tên.", grave=True,
        ))  # fmt: skip
    return acts


def _correct(found: Person, by: Any, data: Any) -> Act:
    return Act(
        "correct", "Sửa tên, mã, năm sinh", CorrectForm(data, person=found, prefix="correct"),
        lambda words: services.correct_person(found, by=by, **words), "Đã sửa.",
        hint="Tên đăng nhập không đổi theo mã.",
    )  # fmt: skip


def _move(found: Person, by: Any, data: Any, now: datetime) -> Act:
    units = units_kept(by, found.institution, now.date()).exclude(pk=found.unit_id)
    return Act(
        "move", "Chuyển lớp, chuyển đơn vị", MovePersonForm(data, units=units, prefix="move"),
        lambda words: services.move_person(found, by=by, now=now, **words), "Đã chuyển.",
        hint="Vai trò ở nơi cũ kết thúc.",
    )  # fmt: skip


def _invite(found: Person, by: Any, data: Any, now: datetime) -> Act:
    email = found.user.email if found.user else ""
    return Act(
        "invite", "Mời bằng thư điện tử", EmailForm(data, prefix="invite", initial={"email": email}),
        lambda words: services.invite_person(found, by=by, now=now, **words), "Đã gửi thư mời.",
        hint="Thư có đường dẫn để chọn mật khẩu, dùng được một lần, trong 3 ngày.",
    )  # fmt: skip
