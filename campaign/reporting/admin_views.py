"""A version of a form in the staff area: seen as units will see it, published, copied into the next."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaign.reporting import services
from campaign.reporting.models import LayoutVersion
from campaign.reporting.sources import label_of


@require_http_methods(["GET", "HEAD", "POST"])
def version_acts(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that stands in a version, and what may be done with it."""
    user: Any = request.user
    if not user.has_perm("reporting.change_layoutversion"):
        raise PermissionDenied
    version = get_object_or_404(LayoutVersion.objects.select_related("form"), pk=pk)
    if request.method == "POST":
        return _done(request, version)
    context = {
        "version": version,
        "indicators": [(row, label_of(row.source)) for row in version.indicators.all()],
        "columns": version.columns.all(),
        "tasks": version.tasks.all(),
        "used": version.rounds.count(),
    }
    return render(request, "reporting/admin/version.html", context)


def _done(request: HttpRequest, version: LayoutVersion) -> HttpResponse:
    here = redirect("reporting-version", version.pk)
    if request.POST.get("viec") == "moi":
        made = services.new_version(version)
        messages.success(request, f"Đã lập {made}: sửa rồi ban hành.")
        return redirect(reverse("wagtailsnippets_reporting_layoutversion:edit", args=[made.pk]))
    try:
        services.publish_version(version, now=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return here
    messages.success(request, "Đã ban hành: kỳ báo cáo mới chọn được mẫu này.")
    return here
