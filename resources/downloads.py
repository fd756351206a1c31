"""Handing out an item's files under the names that people gave them."""

from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date
from django.views.decorators.http import condition
from wagtail import hooks
from wagtail.documents.models import document_served

from core.models import SiteDocument
from core.text import clean
from counters.choices import Act
from counters.visits import count_request, counts_as_download
from resources.models import LibraryItemPage

# Asked for with this, a PDF is saved instead of opened.
SAVE = "tai"
MAX_NAME = 100
# What no system takes in a file's name.
FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|', " "))


def file_name(title: str, extension: str) -> str:
    """A name that people and every system can read: `Sổ tay VNeID.pdf`."""
    words = " ".join(clean(title).translate(FORBIDDEN).split())
    name = words[:MAX_NAME].strip(" .") or "hoc-lieu"
    return f"{name}.{extension}" if extension else name


def item_file(item: LibraryItemPage, request: HttpRequest, number: int) -> HttpResponseBase:
    """The item's file under its Vietnamese name, counted and guarded as every file is."""
    row = item.files.filter(pk=number).select_related("document").first()
    if row is None:
        raise Http404
    document = row.document
    for guard in hooks.get_hooks("before_serve_document"):
        refused = guard(document, request)
        if isinstance(refused, HttpResponse):
            return refused
    document_served.send(sender=SiteDocument, instance=document, request=request)
    extension = document.file_extension.lower()
    name = file_name(row.label or item.title, extension)
    is_opened = document.content_disposition == "inline" and SAVE not in request.GET
    try:
        path = Path(document.file.path)
        stamp = f'"{document.pk}-{path.stat().st_mtime_ns:x}"'
    except OSError as missing:
        raise Http404 from missing

    def answer(request: HttpRequest) -> Any:
        response = FileResponse(
            path.open("rb"),
            as_attachment=not is_opened,
            filename=name,
            content_type=document.content_type,
        )
        response["Last-Modified"] = http_date(path.stat().st_mtime)
        # What Wagtail itself says of the files that it hands out.
        response["Content-Security-Policy"] = "default-src 'none'"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    return condition(etag_func=lambda request: stamp)(answer)(request)  # type: ignore[no-any-return]


def media_file(item: LibraryItemPage, request: HttpRequest) -> FileResponse:
    """The item's video or sound as a file, counted for the item: media have no address that counts."""
    media = item.media
    if media is None:
        raise Http404
    try:
        file = media.file.open("rb")
    except OSError as missing:
        raise Http404 from missing
    if counts_as_download(request):
        count_request(request, LibraryItemPage, item.pk, Act.DOWNLOAD)
    name = file_name(item.title, media.file_extension.lower())
    response = FileResponse(file, as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store"
    return response
