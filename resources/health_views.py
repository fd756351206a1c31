"""The health page of the library, and the pages of one item and of one address elsewhere."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from core.registry import checked_links
from resources.choices import Fault, LinkState
from resources.health import (
    ADVICE,
    deadlines,
    fault_counts,
    faults_of,
    link_counts,
    with_faults_told,
)
from resources.link_sources import ITEMS
from resources.models import CheckedLink, ItemReview, LibraryItemPage, LinkUse
from resources.permissions import user_keeps_library
from resources.services import ask_again, mark_reviewed

LINKS = "resources_checkedlink_modeladmin_index"
LINK = "resources_checkedlink_modeladmin_inspect"
LIST = "library-items:index"


def _must_keep(request: HttpRequest) -> None:
    if not user_keeps_library(request.user):
        raise PermissionDenied


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """What is wrong, how often, and the way to each list."""
    _must_keep(request)
    counts, links = fault_counts(), link_counts()
    rows = [
        {
            "fault": fault,
            "count": counts[fault],
            "advice": ADVICE[fault],
            "url": f"{reverse(LIST)}?loi={fault.value}",
        }
        for fault in Fault
    ]
    context = {
        "rows": rows,
        "items": LibraryItemPage.objects.live().count(),
        "links": [
            (LinkState(state).label, count, f"{reverse(LINKS)}?state__exact={state}")
            for state, count in links.items()
        ],
        "last": CheckedLink.objects.aggregate(last=Max("checked_at"))["last"],
        "days": deadlines(timezone.localdate()),
        "may_set": request.user.has_perm("resources.change_libraryhealthsettings"),  # type: ignore[union-attr]
        "settings_url": reverse(
            "wagtailsettings:edit", args=["resources", "libraryhealthsettings"]
        ),
    }
    return render(request, "resources/health/health.html", context)


class ReviewForm(forms.Form):
    """When to read an item over again."""

    review_by = forms.DateField(
        label="Lần sau xem lại trước ngày", required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Để trống thì theo số tháng trong cài đặt.",
        error_messages={"invalid": "Ngày không đúng: hãy chọn lại."},
    )  # fmt: skip

    def clean_review_by(self) -> Any:
        """A day to come."""
        day = self.cleaned_data["review_by"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError("Hãy chọn một ngày sau hôm nay.")
        return day


@require_http_methods(["GET", "HEAD", "POST"])
def item_health(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: its faults, its addresses elsewhere, and that it was read over today."""
    _must_keep(request)
    items = LibraryItemPage.objects.defer_streamfields()
    item = get_object_or_404(with_faults_told(items), pk=pk)
    review = ItemReview.objects.filter(item=item).select_related("reviewed_by").first()
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        mark_reviewed(
            item, review_by=form.cleaned_data["review_by"], by=request.user, now=timezone.now()
        )
        messages.success(request, f"Đã ghi: hôm nay xem lại “{item.title}”.")
        return redirect(f"{reverse(LIST)}?loi={Fault.REVIEW.value}")
    uses = LinkUse.objects.filter(source=ITEMS, object_id=item.pk).select_related("link")
    context = {
        "item": item,
        "faults": [(fault, ADVICE[fault]) for fault in faults_of(item)],
        "uses": uses.order_by("link__url"),
        "review": review,
        "form": form,
        "can_edit": item.permissions_for_user(request.user).can_edit(),
        "list_url": reverse(LIST),
    }
    return render(request, "resources/health/item.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def link_case(request: HttpRequest, pk: str) -> HttpResponse:
    """One address: how it answered, where it stands; a press asks it again."""
    _must_keep(request)
    if not (pk.isascii() and pk.isdecimal()):
        raise Http404
    link = get_object_or_404(CheckedLink, pk=pk)
    if request.method == "POST":
        ask_again(link, by=request.user, now=timezone.now())
        messages.success(request, "Sẽ kiểm tra lại trong vài phút tới.")
        return redirect(reverse(LINK, args=[link.pk]))
    labels = {source.key: source.label for source in checked_links}
    uses = [(labels.get(use.source, ""), use) for use in link.uses.order_by("source", "title")]
    context = {"link": link, "uses": uses, "list_url": reverse(LINKS)}
    return render(request, "resources/health/link.html", context)
