"""What the office does with one request, and how a wording is replaced."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from privacy import requests
from privacy.forms import AssignForm, ReasonForm, RequestIntakeForm, WordingForm, WordsForm
from privacy.models import ConsentRecord, DataRequest, DataRequestEvent
from privacy.registry import FoundRecord, data_finders, purposes
from privacy.services import current_text, new_wording, withdraw_consent
from privacy.workflow import allowed_moves

LIST = "privacy_datarequest_modeladmin_index"
CASE = "privacy_datarequest_modeladmin_inspect"
EVENT_WORDS = {
    "receive": "Tiếp nhận",
    "acknowledge": "Báo đã tiếp nhận",
    "assign": "Giao người xử lý",
    "discard": "Thư rác, không phải yêu cầu",
    "extend": "Gia hạn",
    "complete": "Đã thực hiện",
    "refuse": "Không thực hiện được",
    "withdraw": "Người gửi rút yêu cầu",
}
# A move with a form of its own; the others need no more than their button.
FORMS: dict[str, type[django_forms.Form]] = {
    "assign": AssignForm,
    "extend": ReasonForm,
    "complete": WordsForm,
    "refuse": WordsForm,
}
MoveForms = dict[str, django_forms.Form]


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, pk: str) -> HttpResponse:
    """One request: what is asked, until when, what may be done. A POST makes the move named in `viec`."""
    if not request.user.has_perm("privacy.view_datarequest"):
        raise PermissionDenied
    if not pk.isdecimal():
        raise Http404
    asked = get_object_or_404(DataRequest.objects.visible_to(request.user), pk=pk)
    name = request.POST.get("viec", "")
    forms = {
        move: made_of(request.POST if name == move else None, prefix=move)
        for move, made_of in FORMS.items()
    }
    if request.method == "POST":
        try:
            if _made(request, asked, name, forms):
                messages.success(request, f"{EVENT_WORDS[name]}: đã ghi.")
                return redirect(reverse(CASE, args=[asked.pk]))
        except requests.MoveRefused as reason:
            messages.error(request, str(reason))
    return render(request, "privacy/admin/case.html", _context(request, asked, forms))


def _made(request: HttpRequest, asked: DataRequest, name: str, forms: MoveForms) -> bool:
    """Whether the move was made; False leaves the forms to be shown with their errors."""
    form = forms.get(name)
    if form is not None and not form.is_valid():
        return False
    said = form.cleaned_data if form is not None else {}
    by, now = request.user, timezone.now()
    acts: dict[str, Callable[[], Any]] = {
        "acknowledge": lambda: requests.acknowledge(asked, by=by, now=now),
        "discard": lambda: requests.discard(asked, by=by, now=now),
        "assign": lambda: requests.assign(asked, to=said["to"], by=by, now=now),
        "extend": lambda: requests.extend(asked, reason=said["text"], by=by, now=now),
        "complete": lambda: requests.complete(asked, outcome=said["text"], by=by, now=now),
        "refuse": lambda: requests.refuse(asked, reason=said["text"], by=by, now=now),
    }
    if name not in acts:
        raise requests.MoveRefused("Không có việc này.")
    acts[name]()
    return True


def _context(request: HttpRequest, asked: DataRequest, forms: MoveForms) -> dict[str, Any]:
    events = DataRequestEvent.objects.select_related("by")
    asked = DataRequest.objects.prefetch_related(Prefetch("events", events)).get(pk=asked.pk)
    moves = allowed_moves(
        asked.state, requests.roles_of(request.user), extended=asked.extended_at is not None
    )
    return {
        "asked": asked,
        "open": {move.name for move in moves},
        "acts": [(move, forms[move.name]) for move in moves if move.wants_text],
        "assign_form": forms["assign"],
        "events": [(EVENT_WORDS[event.move], event) for event in asked.events.all()],
        "found": found_records(asked),
        "list_url": reverse(LIST),
    }


def found_records(asked: DataRequest) -> list[FoundRecord]:
    """Where else data of the person lie, by what every app can find."""
    if asked.purged_at:
        return []
    here = reverse(CASE, args=[asked.pk])
    return [
        record
        for find in data_finders
        for record in find(asked.full_name, asked.phone, asked.email)
        if record.url != here
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """A request that came by letter, by telephone or in person."""
    if not requests.roles_of(request.user):
        raise PermissionDenied
    form = RequestIntakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = requests.submit_request(
            **form.cleaned_data, now=timezone.now(), entered_by=request.user
        )
        messages.success(request, f"Đã ghi nhận, mã số {asked.reference}.")
        return redirect(reverse(CASE, args=[asked.pk]))
    context = {"form": form, "list_url": reverse(LIST)}
    return render(request, "privacy/admin/enter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, key: str) -> HttpResponse:
    """A new wording of the consent for purpose `key`."""
    if not request.user.has_perm("privacy.change_privacysettings"):
        raise PermissionDenied
    if key not in {purpose.key for purpose in purposes if purpose.consent}:
        raise Http404
    form = WordingForm(request.POST or None, initial={"text": current_text(key).text})
    if request.method == "POST" and form.is_valid():
        made = new_wording(key, form.cleaned_data["text"])
        messages.success(request, f"Từ nay dùng bản {made.version}.")
        return redirect(reverse("privacy_consenttext_modeladmin_index"))
    purpose = next(purpose for purpose in purposes if purpose.key == key)
    return render(request, "privacy/admin/wording.html", {"form": form, "purpose": purpose})


@require_POST
def consent_withdrawn(request: HttpRequest, pk: int) -> HttpResponse:
    """The person has taken a consent back by letter, by telephone or by a request."""
    if not requests.roles_of(request.user):
        raise PermissionDenied
    consent = get_object_or_404(ConsentRecord.objects.visible_to(request.user), pk=pk)
    withdraw_consent(consent, by=request.user, now=timezone.now())
    messages.success(request, "Đã ghi việc rút lại sự đồng ý.")
    return redirect(reverse("privacy_consentrecord_modeladmin_inspect", args=[consent.pk]))
