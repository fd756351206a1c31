"""Files of a proposal: opened after the rights check, each opening told to the office; taken away again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaign.awards import services
from campaign.awards.models import Confirmation, NomineeConsent, NomineePiece
from campaign.awards.permissions import user_sees_personal
from campaign.units.desk import desk_view, must
from files.serving import served


@require_safe
@desk_view
def piece(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of evidence, or the way to its link."""
    found = _row(NomineePiece, request, pk)
    if found.removed_at:
        raise Http404
    if found.url:
        return redirect(found.url)
    return _served(request, found, "Minh chứng")


@require_safe
@desk_view
def confirmation(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A signed slip: for those who handle the proposal."""
    return _served(request, _row(Confirmation, request, pk), "Giấy xác nhận", personal=True)


@require_safe
@desk_view
def consent(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A signed consent: for those who handle the proposal."""
    return _served(request, _row(NomineeConsent, request, pk), "Giấy đồng ý", personal=True)


def _row(model: Any, request: HttpRequest, pk: int) -> Any:
    rows = model.objects.visible_to(request.user).select_related(
        "nominee__dossier__round", "nominee__dossier__unit"
    )
    return get_object_or_404(rows, pk=pk)


def _served(
    request: HttpRequest, found: Any, what: str, *, personal: bool = False
) -> HttpResponseBase:
    dossier, stored = found.nominee.dossier, found.file
    must(not personal or user_sees_personal(request.user, dossier))
    response = served(stored, f"{what} - {found.nominee}".replace("/", "-"))
    services.log_opening(
        dossier, by=request.user, what=f"{what}: {found.nominee}", now=timezone.now()
    )
    return response


@require_POST
@desk_view
def remove_piece(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken away, while the proposal may be changed."""
    found = _row(NomineePiece, request, pk)
    services.remove_piece(found, by=request.user, now=timezone.now())
    messages.success(request, "Đã bỏ minh chứng.")
    return redirect(found.nominee)


@require_POST
@desk_view
def take_back_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody takes his consent back; the proof of it stays."""
    found = _row(NomineeConsent, request, pk)
    services.withdraw_consent(found, by=request.user, now=timezone.now())
    messages.success(request, "Đã ghi việc rút lại: tên, ảnh sẽ không được công bố.")
    return redirect(found.nominee)
