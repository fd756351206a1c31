"""Publishing past the workflow: a publisher may do it, but not past the check list."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin import messages
from wagtail.models import Page

from core.forms import ChecklistForm


def needs_checklist(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Leads a publisher from the editor to the check list; the draft is already saved."""
    if not page.pk:
        return None
    if request.resolver_match and request.resolver_match.url_name == "add":
        # Wagtail stores a new page as live before it asks.
        page.live, page.has_unpublished_changes = False, True
        page.save(update_fields=["live", "has_unpublished_changes"])
    return redirect("publish-checklist", page.pk)


def publish_checklist(request: HttpRequest, page_id: int) -> HttpResponse:
    """The check list; once each line is ticked, the newest draft is published."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    form = ChecklistForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _publish(page, request.user)
        messages.success(request, _told(page))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return render(request, "core/publish_checklist.html", {"page": page, "form": form})


def _publish(page: Page, user: Any) -> None:
    revision = page.get_latest_revision() or page.save_revision(user=user)
    PublishPageRevisionAction(revision, user=user).execute()


def _told(page: Page) -> str:
    page.refresh_from_db()
    if page.go_live_at and page.go_live_at > timezone.now():
        return f"Trang “{page.title}” sẽ tự đăng lúc {timezone.localtime(page.go_live_at):%H:%M %d/%m/%Y}."
    return f"Đã đăng trang “{page.title}”."
