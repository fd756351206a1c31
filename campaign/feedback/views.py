"""The contact page, the private page of a message, the public questions."""

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from campaign.feedback.choices import FeedbackState
from campaign.feedback.forms import FeedbackForm, FollowUpForm
from campaign.feedback.models import FaqEntry, Feedback, FeedbackSettings
from campaign.feedback.queries import contacts, faq_groups
from campaign.feedback.services import MoveRefused, ask_on, settle_feedback, submit_feedback
from core.share import qr_svg
from core.templatetags.site_tags import absolute

TOO_MANY = 429
UNPROCESSABLE = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """`/lien-he/`: whom to call, and a form that works without script."""
    if request.method == "POST":
        form = FeedbackForm(request.POST, request=request)
        if form.is_valid():
            return redirect(_submitted(form).get_absolute_url() + "?vua-gui=1")
    else:
        form = FeedbackForm(request=request, initial={"about": _came_from(request)})
    context = {"form": form, "contacts": contacts(), "promise": FeedbackSettings.load()}
    return render(request, "feedback/contact.html", context, status=_status(form))


def _submitted(form: FeedbackForm) -> Feedback:
    names = ("kind", "message", "full_name", "phone", "email", "about")
    return submit_feedback(
        **{name: form.cleaned_data[name] for name in names},
        consents=form.consents(),
        key=form.key,
        now=timezone.now(),
    )


def _came_from(request: HttpRequest) -> str:
    """The page of ours the reader was on, from the link or the browser's word."""
    asked = request.GET.get("ve", "")
    if asked:
        return asked[:300]
    came = urlsplit(request.headers.get("Referer", ""))
    own = came.netloc == request.get_host() and came.path != "/"
    # A private page is no place to name.
    own = own and not came.path.startswith(request.path)
    return came.path[:300] if own else ""


def _status(form: Any) -> int:
    if not form.is_bound:
        return 200
    return TOO_MANY if form.must_wait else UNPROCESSABLE


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """The private page of a message: where it stands, the answer, room to ask on."""
    feedback = _by_token(token)
    form = FollowUpForm(request=request)
    refused = ""
    if request.method == "POST":
        try:
            form = FollowUpForm(request.POST, request=request)
            if _did(request, feedback, form):
                return redirect(feedback.get_absolute_url())
        except MoveRefused as reason:
            refused = str(reason)
    context = {
        "feedback": feedback,
        "replies": feedback.replies.all(),
        "rejection": feedback.events.filter(move="reject").last(),
        "may_ask": feedback.state == FeedbackState.ANSWERED,
        "just_sent": "vua-gui" in request.GET,
        "form": form,
        "refused": refused,
        "link": absolute(feedback.get_absolute_url()),
    }
    status = 409 if refused else _status(form) if request.method == "POST" else 200
    response = render(request, "feedback/follow.html", context, status=status)
    # Whoever has the address has the key: it must not travel to other sites. Not `no-referrer`: the forms of
    # this page would then be sent with the origin “null”, which the protection against forgery refuses.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _did(request: HttpRequest, feedback: Feedback, form: FollowUpForm) -> bool:
    """Do what the sender pressed; False when the form has to be shown again."""
    if request.POST.get("viec") == "da-ro":
        settle_feedback(feedback, now=timezone.now())
        return True
    if not form.is_valid():
        return False
    ask_on(feedback, text=form.cleaned_data["text"], now=timezone.now(), key=form.key)
    return True


def _by_token(token: str) -> Feedback:
    feedback = Feedback.objects.filter(token=token).first()
    if feedback is None:
        raise Http404
    return feedback


@never_cache
@require_safe
def follow_qr(request: HttpRequest, token: str) -> HttpResponse:
    """The private link as a QR code, to be photographed or printed."""
    address = absolute(_by_token(token).get_absolute_url())
    return HttpResponse(qr_svg(address), content_type="image/svg+xml")


@require_safe
def faq(request: HttpRequest) -> HttpResponse:
    """`/hoi-dap/`: questions that many have."""
    request.is_public_page = True  # type: ignore[attr-defined]
    groups = faq_groups()
    data = _faq_data([entry for _, entries in groups for entry in entries])
    return render(request, "feedback/faq.html", {"groups": groups, "data": data})


def _faq_data(entries: list[FaqEntry]) -> dict[str, Any]:
    """The page for machines (schema.org)."""
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": entry.question,
                "acceptedAnswer": {"@type": "Answer", "text": entry.answer_text},
            }
            for entry in entries
        ],
    }
