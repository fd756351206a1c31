"""What may be double, for the standing office: both records side by side, and its word."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaign.activities import services
from campaign.activities.choices import DoubtState
from campaign.activities.models import Suspicion
from campaign.activities.permissions import user_is_office
from campaign.activities.queries import evidence_of
from campaign.units.acts import tell
from campaign.units.choices import Role
from campaign.units.desk import desk_view, must
from campaign.units.reach import inside
from core.listing import numbered_page

PER_PAGE = 20
KEEP_ONE, KEEP_OTHER, BOTH = "one", "other", "both"


def doubts_for(user: Any) -> QuerySet[Suspicion]:
    """Pairs that `user` decides on: those of the schools whose standing office he is."""
    return Suspicion.objects.filter(inside(user, {Role.STANDING_OFFICE}, "institution"))


def may_settle(request: HttpRequest) -> bool:
    """Whether doubts are for this account."""
    return user_is_office(request.user)


@require_safe
@desk_view
def doubts(request: HttpRequest) -> HttpResponse:
    """Pairs that wait, oldest first; then those decided."""
    must(may_settle(request))
    rows = doubts_for(request.user).select_related(
        "one__unit", "other__unit", "one__kind", "decided_by"
    )
    decided = request.GET.get("xong") == "1"
    chosen = rows.exclude(state=DoubtState.OPEN) if decided else rows.filter(state=DoubtState.OPEN)
    items = numbered_page(chosen, request.GET.get("trang"), per_page=PER_PAGE)
    return render(request, "activities/doubts.html", {"items": items, "decided": decided})


class DecideForm(forms.Form):
    """What the office says of a pair."""

    verdict = forms.ChoiceField(
        label="Kết luận",
        widget=forms.RadioSelect,
        choices=[],
        error_messages={"required": "Hãy chọn."},
    )
    note = forms.CharField(
        label="Lý do", max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Hãy ghi lý do: hai đơn vị sẽ đọc."},
    )  # fmt: skip

    def __init__(self, *args: Any, doubt: Suspicion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = [  # type: ignore[attr-defined]
            (BOTH, "Là hai việc khác nhau, tính cả hai"),
            (KEEP_ONE, f"Là một việc: giữ của {doubt.one.unit} (số {doubt.one_id})"),
            (KEEP_OTHER, f"Là một việc: giữ của {doubt.other.unit} (số {doubt.other_id})"),
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair, side by side."""
    must(may_settle(request))
    rows = doubts_for(request.user).select_related(
        "one__unit", "one__kind", "one__commune", "one__author", "other__unit", "other__kind",
        "other__commune", "other__author", "one_photo", "other_photo", "decided_by",
    )  # fmt: skip
    found = get_object_or_404(rows, pk=pk)
    form = DecideForm(request.POST or None, doubt=found)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, found, form.cleaned_data)
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, "Đã ghi kết luận.")
            return redirect("activities:doubts")
    sides = [
        {
            "activity": side, "participants": side.participants.select_related("person"),
            "evidence": evidence_of(side, request.user), "photo": photo,
        }
        for side, photo in ((found.one, found.one_photo), (found.other, found.other_photo))
    ]  # fmt: skip
    context = {
        "doubt": found,
        "sides": sides,
        "form": form,
        "is_open": found.state == DoubtState.OPEN,
    }
    return render(request, "activities/doubt.html", context)


def _decide(request: HttpRequest, found: Suspicion, words: dict[str, Any]) -> None:
    told: dict[str, Any] = {"note": words["note"], "by": request.user, "now": timezone.now()}
    if words["verdict"] == BOTH:
        services.say_different(found, **told)
    else:
        keep = found.one if words["verdict"] == KEEP_ONE else found.other
        services.say_same(found, keep=keep, **told)
