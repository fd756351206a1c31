"""Letters about what units offer: to whoever has to do something next, and to those who wait for an answer."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from core.templatetags.site_tags import absolute
from outbox.services import queue_letter
from resources.choices import ContributionState
from resources.models import Contribution, ContributionEvent, LibraryItemPage

ANSWERS = {
    "give_back": "được trưởng đơn vị trả lại để sửa",
    "return": "được thư viện trả lại để sửa",
    "decline": "không được thư viện nhận",
    "take_up": "được nhận vào thư viện, đang chờ đăng",
}


def librarians() -> list[User]:
    """Those in a group that decides on what units offer, with an address."""
    right = Permission.objects.filter(
        content_type__app_label="resources", codename="change_contribution"
    )
    rows = User.objects.filter(
        Q(groups__permissions__in=right) | Q(user_permissions__in=right), is_active=True
    )
    # Administrators may do it too, but need no letter for every piece.
    rows = rows.filter(groups__name="librarian").exclude(email="")
    return list(rows.distinct().order_by("pk"))


def tell(contribution: Contribution, event: ContributionEvent, *, heads: Iterable[User]) -> None:
    """The letters that follow from a step, in its transaction."""
    if event.to_state == ContributionState.SENT:
        _letters(librarians(), contribution, event, "contribution_sent", "Học liệu mới từ đơn vị")
    elif event.move == "hand_up":
        _letters(heads, contribution, event, "contribution_to_pass_on", "Chờ bạn chuyển thư viện")
    elif event.move in ANSWERS:
        _letters(_writers(contribution), contribution, event, "contribution_answered",
                 "Học liệu " + ANSWERS[event.move])  # fmt: skip


def _writers(contribution: Contribution) -> list[User]:
    """Who wrote it, and who handed it on."""
    steps = contribution.events.filter(move__in=["send", "pass_on", "hand_up"])
    people = {contribution.author_id, *steps.values_list("by", flat=True)}
    return list(User.objects.filter(pk__in=people, is_active=True).exclude(email="").order_by("pk"))


def _letters(
    users: Iterable[User], contribution: Contribution, event: ContributionEvent, template: str,
    subject: str,
) -> None:  # fmt: skip
    at_library = template == "contribution_sent"
    view = "resources_contribution_modeladmin_inspect" if at_library else "resources:contribution"
    for user in users:
        if user.email and user.pk != event.by_id:
            queue_letter(
                to=user.email, subject=f"{subject}: {contribution}", template=template,
                context={
                    "name": user.get_full_name() or user.username, "contribution": contribution,
                    "event": event, "said": ANSWERS.get(event.move, ""),
                    "link": absolute(reverse(view, args=[contribution.pk])),
                },
                key=f"gop-{event.pk}-{user.pk}", now=event.at, about="Đóng góp học liệu",
            )  # fmt: skip


def tell_published(item: LibraryItemPage, *, now: datetime) -> None:
    """The unit hears that its material stands in the library; once, however often the page is published."""
    contribution = Contribution.objects.filter(item=item).select_related("unit").first()
    if contribution is None:
        return
    for user in _writers(contribution):
        queue_letter(
            to=user.email, subject=f"Đã đăng trong thư viện: {item.title}",
            template="contribution_published",
            context={
                "name": user.get_full_name() or user.username, "contribution": contribution,
                "link": absolute(item.url or ""),
            },
            key=f"gop-dang-{contribution.pk}-{user.pk}", now=now, about="Đóng góp học liệu",
        )  # fmt: skip
