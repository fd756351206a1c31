"""Evidence: opened after its rights check, uploaded one by one, taken away again."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaign.activities import services
from campaign.activities.choices import EvidenceKind
from campaign.activities.models import Activity, Evidence, Suspicion
from campaign.activities.permissions import user_can_edit
from campaign.units.desk import desk_view
from core.text import slugify
from files.serving import served

UNPROCESSABLE = 422


@require_safe
@desk_view
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of a piece, or the way to its link."""
    piece = _piece(request, pk)
    if piece.kind == EvidenceKind.LINK:
        return redirect(piece.url)
    return _served(piece, piece.file)


@require_safe
@desk_view
def thumb(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Its small picture: for those who may open the piece, and for those who are shown a double of it."""
    rows = Evidence.objects.visible_to(request.user).kept()
    piece = rows.filter(pk=pk).first() or _as_double(request, pk)
    return _served(piece, piece.thumb)


def _as_double(request: HttpRequest, pk: int) -> Evidence:
    """A photo that stands beside one's own activity as its possible double: the small picture and no more."""
    mine = Activity.objects.visible_to(request.user)
    rows = Evidence.objects.kept().filter(pk=pk, kind=EvidenceKind.PHOTO)
    shown = Suspicion.objects.filter(state="open", one__in=mine, other_photo=pk).exists() or (
        Suspicion.objects.filter(state="open", other__in=mine, one_photo=pk).exists()
    )
    if not shown:
        raise Http404
    return get_object_or_404(rows)


def _piece(request: HttpRequest, pk: int) -> Evidence:
    rows = Evidence.objects.visible_to(request.user).kept()
    found: Evidence = get_object_or_404(rows.select_related("activity"), pk=pk)
    return found


def _served(piece: Evidence, stored: FieldFile) -> HttpResponseBase:
    return served(stored, f"{slugify(str(piece)) or 'minh-chung'}-{piece.pk}")


@require_POST
@desk_view
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """One file from the script, by the key it gave it: answered as JSON, so that each tells its own fate."""
    activity = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    given = request.FILES.get("file")
    if given is None:
        return JsonResponse({"problem": "Chưa có tệp nào."}, status=UNPROCESSABLE)
    try:
        piece = services.add_evidence(
            activity, upload=given, kind=request.POST.get("kind", EvidenceKind.PHOTO),
            key=key_in(request.POST), by=request.user, now=timezone.now(),
        )  # fmt: skip
    except ValidationError as refused:
        return JsonResponse({"problem": " ".join(refused.messages)}, status=UNPROCESSABLE)
    return JsonResponse(
        {
            "pk": piece.pk,
            "thumb": reverse("activities:thumb", args=[piece.pk]) if piece.is_photo else "",
            "url": piece.get_absolute_url(),
            "title": str(piece),
        }
    )


def key_in(data: Any) -> UUID:
    """The key that a form carries, so that a second press is known; a new one for nonsense."""
    try:
        return UUID(data.get("key", ""))
    except ValueError:
        return uuid4()


@require_POST
@desk_view
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken away, while the activity may still be changed."""
    piece = _piece(request, pk)
    services.remove_evidence(piece, by=request.user, now=timezone.now())
    messages.success(request, "Đã bỏ minh chứng.")
    address = piece.activity.get_absolute_url()
    edits = user_can_edit(request.user, piece.activity)
    return redirect(f"{address}sua/#minh-chung" if edits else address)
