"""The privacy page, made from the register; the form of a request, and its private page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.registry import privacy_notes
from core.share import qr_svg
from core.templatetags.site_tags import absolute
from privacy.choices import RequestKind
from privacy.forms import DataRequestForm
from privacy.models import ConsentText, DataRequest, PrivacySettings
from privacy.registry import purposes
from privacy.requests import MoveRefused, submit_request, withdraw_request
from privacy.rules import LIMITS


@require_safe
def privacy_page(request: HttpRequest) -> HttpResponse:
    """`/quyen-rieng-tu/`: what is taken, what for, who gets it, how long; nothing of it typed twice."""
    request.is_public_page = True  # type: ignore[attr-defined]
    texts: dict[str, ConsentText] = {}
    for text in ConsentText.objects.order_by("version"):
        texts[text.purpose] = text
    words = PrivacySettings.load()
    context = {
        "words": words,
        "changed_at": max([words.changed_at, *(text.since for text in texts.values())]),
        "entries": [(purpose, texts.get(purpose.key)) for purpose in purposes],
        "notes": list(privacy_notes),
        "limits": [
            (
                RequestKind(kind).label,
                limit.with_processor if words.uses_processor else limit.days,
                limit.extension,
            )
            for kind, limit in LIMITS.items()
        ],
    }
    return render(request, "privacy/page.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form of a request; the law is its ground, so that no consent is asked for."""
    form = DataRequestForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        names = ("kind", "message", "full_name", "phone", "email", "for_child")
        made = submit_request(
            **{name: form.cleaned_data[name] for name in names}, key=form.key, now=timezone.now()
        )
        return redirect(made.get_absolute_url() + "?vua-gui=1")
    status = 200 if not form.is_bound else 429 if form.must_wait else 422
    return render(request, "privacy/ask.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """The private page of a request: where it stands, until when, what came of it."""
    asked = _by_token(token)
    refused = ""
    if request.method == "POST":
        try:
            withdraw_request(asked, now=timezone.now())
            return redirect(asked.get_absolute_url())
        except MoveRefused as reason:
            refused = str(reason)
    context = {
        "asked": asked,
        "just_sent": "vua-gui" in request.GET,
        "refused": refused,
        "link": absolute(asked.get_absolute_url()),
    }
    response = render(request, "privacy/follow.html", context, status=409 if refused else 200)
    # Not `no-referrer`: the form of this page would then be sent with the origin “null” and be refused.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@never_cache
@require_safe
def follow_qr(request: HttpRequest, token: str) -> HttpResponse:
    """The private link as a QR code."""
    address = absolute(_by_token(token).get_absolute_url())
    return HttpResponse(qr_svg(address), content_type="image/svg+xml")


def _by_token(token: str) -> DataRequest:
    asked = DataRequest.objects.filter(token=token).first()
    if asked is None:
        raise Http404
    return asked
