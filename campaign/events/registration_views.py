"""Registration: the public form, the private page, and the unit's list."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from campaign.events import services
from campaign.events.choices import RegistrationState
from campaign.events.exports import GUESTS, guest_rows
from campaign.events.models import Admission, Event, Registration
from campaign.events.permissions import events_for, user_can_change, user_keeps_guests
from campaign.events.registration_forms import (
    AdmissionForm,
    CameForm,
    DeskGuestForm,
    HeadsFields,
    RegistrationForm,
    known_offer,
)
from campaign.events.registration_rules import NO_PLACES
from campaign.events.services import Full
from campaign.events.services.registrations import closed
from campaign.units.acts import tell
from campaign.units.desk import desk_view, must
from core.cache import remember
from core.heads import HOME, Head
from core.registry import Link
from core.share import qr_svg
from core.spam import read_stamp
from core.templatetags.site_tags import absolute
from office.answers import workbook
from office.books import write_book

UNPROCESSABLE, CONFLICT, TOO_MANY = 422, 409, 429
GET_OR_POST = ["GET", "HEAD", "POST"]
LIST = Link("Ngày hội, sự kiện", "/ngay-hoi/")
MOST_OTHERS = 4


@never_cache
@require_http_methods(GET_OR_POST)
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ngay-hoi/<pk>/dang-ky/`: the form; a place, or clear words that there is none."""
    rows = Event.objects.public().select_related("unit", "commune", "admission")
    event: Event = get_object_or_404(rows.exclude(admission=None), pk=pk)
    admission = event.admission
    problem = closed(event, admission, timezone.now())
    status, full = 200, ""
    is_full = admission.left is not None and admission.left <= 0
    # Said at once: whoever comes too late waits neither for the lock nor for those who still get a place.
    too_late = request.method == "POST" and is_full and not problem
    form = RegistrationForm(
        None if too_late else request.POST or None,
        request=request, admission=admission, initial=_typed(request) if too_late else None,
    )  # fmt: skip
    if request.method == "POST":
        if too_late:
            made, status, full = _known(request), CONFLICT, NO_PLACES
        else:
            made, status, full = _registered(event, form, problem)
        if made:
            return redirect(made.get_absolute_url() + "?vua-xong=1")
    context = {
        "page": Head("Đăng ký dự", reverse("events:register", args=[pk]), "",
                     (HOME, LIST, Link(event.title, event.get_absolute_url()))),
        "event": event, "admission": admission, "form": form, "closed": problem,
        "full": full, "is_full": is_full, "others": _others(event) if full or is_full else (),
    }  # fmt: skip
    return render(request, "events/register.html", context, status=status)


def _known(request: HttpRequest) -> Registration | None:
    """The registration that this very form has made before: its answer was lost, its place was not."""
    stamp = read_stamp(request.POST.get("stamp", ""))
    return Registration.objects.filter(key=stamp[0]).first() if stamp else None


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was typed, for a form that is shown again; a consent is given anew each time."""
    names = ("full_name", "phone", "email", "unit_name", "heads", "note")
    return {name: request.POST.get(name, "") for name in names}


def _registered(
    event: Event, form: RegistrationForm, problem: str | None
) -> tuple[Registration | None, int, str]:
    """What came of a form: the registration; else the answer's status, and that it is full."""
    if problem:
        return None, CONFLICT, ""
    if not form.is_valid():
        return None, TOO_MANY if form.must_wait else UNPROCESSABLE, ""
    try:
        made = services.register(
            event, form.guest(), consents=form.consents(), key=form.key, now=timezone.now()
        )
    except Full as full:
        return None, CONFLICT, str(full)
    except ValidationError as refused:
        tell(form, refused)
        return None, UNPROCESSABLE, ""
    return made, 200, ""


def _others(event: Event) -> list[Event]:
    """What else comes, for those who found no place; kept, since they come in a rush."""
    return list(remember(f"events-instead-of-{event.pk}", lambda: _coming(event)))


def _coming(event: Event) -> list[Event]:
    rows = Event.objects.public().coming(timezone.localdate()).exclude(pk=event.pk)
    return list(rows.select_related("unit", "commune")[:MOST_OTHERS])


@never_cache
@require_http_methods(GET_OR_POST)
def registration(request: HttpRequest, token: str) -> HttpResponse:
    """The private page: change, or give the place back. A forged link is no page at all."""
    found = _by_token(token)
    admission = found.event.admission
    problem = closed(found.event, admission, timezone.now())
    act = request.POST.get("viec", "")
    form = HeadsFields(
        request.POST if act == "doi" else None,
        initial={"heads": found.heads, "note": found.note},
    )
    form.limit(admission)
    status = 200
    if act == "huy":
        done = services.cancel_registration(found, now=timezone.now())
        messages.success(
            request, "Đã hủy chỗ. Cảm ơn bạn đã báo." if done else "Phiếu này đã hủy từ trước."
        )
        return redirect(found.get_absolute_url())
    if act == "doi":
        if _changed(found, form):
            messages.success(request, "Đã đổi.")
            return redirect(found.get_absolute_url())
        status = UNPROCESSABLE
    link = absolute(found.get_absolute_url())
    context = {
        "registration": found, "event": found.event, "form": form, "closed": problem,
        "just_done": "vua-xong" in request.GET, "link": link, "admission": admission,
    }  # fmt: skip
    response = render(request, "events/registration.html", context, status=status)
    # Whoever has the address has the key: it must not travel to other sites.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _changed(found: Registration, form: HeadsFields) -> bool:
    if not form.is_valid():
        return False
    told = form.cleaned_data
    try:
        services.change_registration(
            found, heads=told["heads"], note=told["note"], now=timezone.now()
        )
    except Full as full:
        form.add_error("heads", str(full))
        return False
    except ValidationError as refused:
        tell(form, refused)
        return False
    return True


def _by_token(token: str) -> Registration:
    rows = Registration.objects.select_related("event__unit", "event__admission", "event__commune")
    found = rows.filter(token=token).first()
    if found is None or found.purged_at is not None:
        raise Http404
    return found


@never_cache
@require_safe
def registration_qr(request: HttpRequest, token: str) -> HttpResponse:
    """The private link as a QR code."""
    code = qr_svg(absolute(_by_token(token).get_absolute_url()))
    return HttpResponse(code, content_type="image/svg+xml")


@require_http_methods(GET_OR_POST)
@desk_view
def guests(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's list: places, who comes, who came, somebody entered by hand."""
    event: Event = get_object_or_404(events_for(request.user).select_related("unit"), pk=pk)
    keeps = user_keeps_guests(request.user, event)
    must(keeps or user_can_change(request.user))
    admission = Admission.objects.filter(event=event).first()
    act = request.POST.get("viec", "")
    status = UNPROCESSABLE if request.method == "POST" else 200
    offer = _offer(request, admission, act)
    if act == "nhan" and _offered(request, event, offer):
        return redirect("events:guests", event.pk)
    key = _key(request)
    by_hand = None
    if admission and keeps:
        data = request.POST if act == "ghi" else None
        by_hand = DeskGuestForm(data, prefix="khach", admission=admission, initial={"heads": 1})
        if act == "ghi" and _entered(request, event, by_hand, key):
            return redirect("events:guests", event.pk)
    rows = _guest_rows(request, event, act) if keeps else []
    if act == "den" and keeps and _came(request, event, rows):
        return redirect("events:guests", event.pk)
    context = {
        "event": event, "admission": admission, "offer": offer, "by_hand": by_hand, "rows": rows,
        "keeps": keeps, "key": key, "act": act,
        "closed": closed(event, admission, timezone.now()) if admission else None,
    }  # fmt: skip
    return render(request, "events/desk/guests.html", context, status=status)


def _offer(request: HttpRequest, admission: Admission | None, act: str) -> AdmissionForm:
    known = known_offer(admission)
    return AdmissionForm(request.POST if act == "nhan" else None, prefix="nhan", initial=known)


def _offered(request: HttpRequest, event: Event, form: AdmissionForm) -> bool:
    if not form.is_valid():
        return False
    try:
        services.admit(event, **form.cleaned_data, by=request.user)
    except ValidationError as refused:
        tell(form, refused)
        return False
    messages.success(request, "Đã ghi. Trang công khai của sự kiện có nút đăng ký.")
    return True


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _entered(request: HttpRequest, event: Event, form: DeskGuestForm, key: UUID) -> bool:
    if not form.is_valid():
        return False
    try:
        services.register(event, form.guest(), key=key, now=timezone.now())
    except Full as full:
        form.add_error("heads", str(full))
        return False
    except ValidationError as refused:
        tell(form, refused)
        return False
    messages.success(request, "Đã ghi thêm một phiếu.")
    return True


def _guest_rows(
    request: HttpRequest, event: Event, act: str
) -> list[tuple[Registration, CameForm]]:
    data = request.POST if act == "den" else None
    return [
        (row, CameForm(data, prefix=f"den-{row.pk}", initial={"came": row.came}))
        for row in event.registrations.filter(
            state=RegistrationState.CONFIRMED
        ).order_by("created_at", "pk")
    ]  # fmt: skip


def _came(request: HttpRequest, event: Event, rows: list[tuple[Registration, CameForm]]) -> bool:
    if not all(form.is_valid() for _, form in rows):
        return False
    told = {row.pk: form.cleaned_data["came"] for row, form in rows}
    try:
        services.note_came(event, told, by=request.user)
    except ValidationError as refused:
        problems = refused.message_dict
        for row, form in rows:
            if str(row.pk) in problems:
                form.add_error("came", problems[str(row.pk)])
        return False
    messages.success(request, "Đã ghi ai đến.")
    return True


@require_safe
@desk_view
def guests_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as a workbook, to tick off at the door."""
    event: Event = get_object_or_404(events_for(request.user), pk=pk)
    must(user_keeps_guests(request.user, event))
    return workbook(write_book([(GUESTS, guest_rows(event))]), f"dang-ky-{event.slug}.xlsx")
