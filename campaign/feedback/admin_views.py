"""What the office does with one message: each button is one service."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from campaign.feedback import services
from campaign.feedback.choices import WITH_ANSWER
from campaign.feedback.forms import (
    CONTACT,
    PUBLISHING,
    AssignForm,
    FaqForm,
    IntakeForm,
    MoveForm,
)
from campaign.feedback.models import FaqEntry, Feedback, FeedbackEvent
from campaign.feedback.permissions import roles_of, user_can_handle, user_can_publish_faq
from campaign.feedback.rules import redact
from campaign.feedback.workflow import allowed_moves
from privacy.services import current_text, has_consent

LIST = "feedback_feedback_modeladmin_index"
CASE = "feedback_feedback_modeladmin_inspect"
SAID = {
    "assign": "Đã giao.",
    "answer": "Đã gửi câu trả lời.",
    "reject": "Đã ghi là không tiếp nhận.",
    "close": "Đã khép lại.",
    "reopen": "Đã mở lại.",
}
EVENT_WORDS = {
    "receive": "Tiếp nhận",
    "assign": "Giao người xử lý",
    "answer": "Trả lời",
    "reject": "Không tiếp nhận",
    "close": "Khép lại",
    "reopen": "Mở lại",
    "ask": "Người gửi hỏi thêm",
    "settle": "Người gửi đã rõ",
    "publish": "Đưa vào Hỏi đáp",
}


def case_url(feedback: Feedback) -> str:
    """Where the office works on `feedback`."""
    return reverse(CASE, args=[feedback.pk])


def _visible(request: HttpRequest, pk: str) -> Feedback:
    """The message, for those who may see it: 403 for the rest, 404 when there is none."""
    if not request.user.has_perm("feedback.view_feedback"):
        raise PermissionDenied
    if not (str(pk).isascii() and str(pk).isdecimal()):
        raise Http404
    return get_object_or_404(Feedback.objects.visible_to(request.user), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, pk: str) -> HttpResponse:
    """One message: what was said, what may be done now. A POST makes the move named in `viec`."""
    feedback = _visible(request, pk)
    answer, reject, assign = _forms(request)
    if request.method == "POST":
        if not user_can_handle(request.user):
            raise PermissionDenied
        try:
            if _made(request, feedback, answer, reject, assign):
                messages.success(request, SAID[request.POST["viec"]])
                return redirect(case_url(feedback))
        except services.MoveRefused as reason:
            messages.error(request, str(reason))
    context = _case_context(request, feedback)
    context |= {"answer_form": answer, "reject_form": reject, "assign_form": assign}
    return render(request, "feedback/admin/case.html", context)


def _forms(request: HttpRequest) -> tuple[MoveForm, MoveForm, AssignForm]:
    """The three forms of a message; only the one that was sent is bound."""

    def data(name: str) -> Any:
        return request.POST if request.POST.get("viec") == name else None

    fresh = {"key": uuid4()}
    return (
        MoveForm(data("answer"), initial=fresh, prefix="answer"),
        MoveForm(data("reject"), initial=fresh, prefix="reject"),
        AssignForm(data("assign"), initial={"to": request.user.pk}, prefix="assign"),
    )


def _made(
    request: HttpRequest, feedback: Feedback, answer: MoveForm, reject: MoveForm, assign: AssignForm
) -> bool:
    """Whether the move was made; False leaves the forms to be shown with their errors."""
    by, now = request.user, timezone.now()

    def give() -> Any:
        return services.assign_feedback(feedback, to=assign.cleaned_data["to"], by=by, now=now)

    def reply() -> Any:
        words = answer.cleaned_data
        return services.answer_feedback(
            feedback, text=words["text"], by=by, now=now, key=words["key"]
        )

    def refuse() -> Any:
        return services.reject_feedback(
            feedback, reason=reject.cleaned_data["text"], by=by, now=now
        )

    acts: dict[str, tuple[forms.Form | None, Callable[[], Any]]] = {
        "assign": (assign, give),
        "answer": (answer, reply),
        "reject": (reject, refuse),
        "close": (None, lambda: services.close_feedback(feedback, by=by, now=now)),
        "reopen": (None, lambda: services.reopen_feedback(feedback, by=by, now=now)),
    }
    form, act = acts.get(request.POST.get("viec", ""), (None, None))
    if act is None or (form is not None and not form.is_valid()):
        return False
    act()
    return True


def _case_context(request: HttpRequest, feedback: Feedback) -> dict[str, Any]:
    feedback = (
        Feedback.objects.select_related("assigned_to", "entered_by")
        .prefetch_related(
            "replies__by",
            Prefetch("events", FeedbackEvent.objects.select_related("by")),
        )
        .get(pk=feedback.pk)
    )
    moves = {move.name for move in allowed_moves(feedback.state, roles_of(request.user))}
    answered = feedback.state in WITH_ANSWER and not feedback.purged_at
    return {
        "feedback": feedback,
        "moves": moves,
        "events": [(EVENT_WORDS[event.move], event) for event in feedback.events.all()],
        "may_contact": has_consent(feedback, CONTACT),
        "may_publish": has_consent(feedback, PUBLISHING),
        "can_publish": answered and user_can_publish_faq(request.user),
        "entry": FaqEntry.objects.filter(source=feedback).first(),
        "list_url": reverse(LIST),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """A message that came by telephone, by letter or in person."""
    if not user_can_handle(request.user):
        raise PermissionDenied
    form = IntakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        agreed = words.pop("agreed")
        feedback = services.submit_feedback(
            **words,
            now=timezone.now(),
            entered_by=request.user,
            consents=[current_text(CONTACT)] if agreed else [],
        )
        messages.success(request, f"Đã ghi nhận, mã số {feedback.reference}.")
        return redirect(case_url(feedback))
    return render(request, "feedback/admin/enter.html", {"form": form, "list_url": reverse(LIST)})


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: str) -> HttpResponse:
    """A message as a question for everybody: the proposal is already without personal data."""
    feedback = _visible(request, pk)
    if not user_can_publish_faq(request.user):
        raise PermissionDenied
    if feedback.state not in WITH_ANSWER or feedback.purged_at:
        messages.error(request, "Chưa có câu trả lời để đăng.")
        return redirect(case_url(feedback))
    proposal, removed = _proposal(feedback)
    form = FaqForm(request.POST or None, initial=proposal)
    if request.method == "POST" and form.is_valid():
        entry = services.publish_as_faq(
            feedback,
            by=request.user,
            now=timezone.now(),
            **{name: form.cleaned_data[name] for name in ("question", "answer", "heading")},
        )
        messages.success(
            request, "Đã đăng lên trang Hỏi đáp.", buttons=[messages.button(entry.url, "Xem")]
        )
        return redirect(case_url(feedback))
    context = {
        "feedback": feedback,
        "form": form,
        "removed": removed,
        "may_publish": has_consent(feedback, PUBLISHING),
        "case_url": case_url(feedback),
    }
    return render(request, "feedback/admin/publish.html", context)


def _proposal(feedback: Feedback) -> tuple[dict[str, str], list[str]]:
    """Question, answer and heading to begin with, and what was taken out of them."""
    entry = FaqEntry.objects.filter(source=feedback).first()
    if entry:
        known = {"question": entry.question, "answer": entry.answer, "heading": entry.heading}
        return known, []
    names = [feedback.full_name, *feedback.full_name.split()[-1:]]
    asked = redact(feedback.message, names)
    last = feedback.replies.filter(from_office=True).last()
    told = redact(last.text if last else "", names)
    question = Truncator(" ".join(asked.text.split())).chars(200)
    proposal = {
        "question": question,
        "answer": linebreaks(told.text, autoescape=True),
        "heading": "",
    }
    return proposal, [*asked.removed, *told.removed]
