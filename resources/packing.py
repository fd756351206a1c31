"""Making a pack while it is sent: files first, then the first page, which knows what really went in."""

from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from wagtail import hooks
from wagtail.documents.models import document_served

from core.models import SiteDocument
from core.queries import site_chrome
from core.saving import POLICY, portable
from core.throttle import tries
from core.visitors import client_address
from counters.choices import Act
from counters.visits import count_request, counts_as_download
from files.names import SUMS, sums_text
from files.streams import SlotStream
from files.zipping import ZipStream, chunks_of
from resources.checking import sheet_of
from resources.downloads import file_name
from resources.models import LibraryItemPage
from resources.pack_rules import INDEX, LICENCES
from resources.packs import Pack, PackFile
from resources.queries import public_items

STYLE = Path(__file__).resolve().parent / "pack.css"
# A computer room behind one address may ask at once; a machine that keeps asking may not.
MOST_TRIES, MINUTES = 40, 10
# Sending takes a thread for minutes: the others stay free for readers.
MOST_AT_ONCE = 3
RETRY_SECONDS = 120
WINDOWS_MARK = "\ufeff"
slots = BoundedSemaphore(MOST_AT_ONCE)

TOO_OFTEN = "Từ đường mạng này đã tải nhiều gói liền nhau. Hãy chờ khoảng mười phút rồi tải lại."
BUSY = "Đang có nhiều người cùng tải gói. Hãy chờ vài phút rồi tải lại."


def pack_response(pack: Pack, request: HttpRequest) -> HttpResponseBase:
    """The pack as a download, or a page that says why not now. A HEAD makes nothing."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if pack.problem or not pack.count:
        return refused(pack, request, pack.problem or "Gói này không có tệp nào để mang đi.", 400)
    now = timezone.localtime()
    if request.method == "HEAD":
        return _headed(HttpResponse(content_type="application/zip"), pack)
    who = client_address(request)
    if tries("goi-mang-di", who, minutes=MINUTES, now=now) > MOST_TRIES:
        return refused(pack, request, TOO_OFTEN, 429)
    if not slots.acquire(blocking=False):
        return refused(pack, request, BUSY, 503)
    stream = SlotStream(packed(pack, request, now), slots)
    return _headed(StreamingHttpResponse(stream, content_type="application/zip"), pack)


def _headed(response: HttpResponseBase, pack: Pack) -> HttpResponseBase:
    name = file_name(pack.title, "zip")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def refused(pack: Pack, request: HttpRequest, reason: str, status: int) -> HttpResponse:
    """A page that tells the reason, with the way back."""
    context = {"pack": pack, "reason": reason}
    response = render(request, "resources/pack_refused.html", context, status=status)
    response["Cache-Control"] = "no-store"
    if status in (429, 503):
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def packed(pack: Pack, request: HttpRequest, now: datetime) -> Generator[bytes]:
    """The bytes of the archive. What can't be read is left out, and the first page says so."""
    archive = ZipStream(now)
    # Names of files that did not get in, and of those that broke off on the way.
    absent: set[str] = set()
    for file in pack.files:
        yield from _sent(archive, file, request, absent)
    context = {
        "pack": pack,
        "absent": absent,
        "now": now,
        "school": site_chrome().settings.school_name,
        # Our own file; nothing in it comes from anybody else.
        "policy": POLICY,
        "style": mark_safe(f"<style>{STYLE.read_text()}</style>"),
    }
    for entry in pack.entries:
        if entry.words and entry.item and (body := _words_of(entry.item.pk, entry.address)):
            # Made by our own blocks, which escape what people type; the page's policy lets nothing run.
            told = context | {"entry": entry, "body": mark_safe(body), "index": f"../{INDEX}"}
            page = render_to_string("resources/pack/words.html", told)
            yield from archive.add_text(entry.words, page)
        elif entry.words:
            absent.add(entry.words)
        if entry.sheet and entry.item:
            told = context | {"entry": entry, "asked": sheet_of(entry.item), "index": f"../{INDEX}"}
            page = render_to_string("resources/pack/self_check.html", told)
            yield from archive.add_text(entry.sheet.name, page)
    yield from archive.add_text(INDEX, render_to_string("resources/pack/index.html", context))
    terms = render_to_string("resources/pack/licences.txt", context)
    yield from archive.add_text(LICENCES, WINDOWS_MARK + terms.replace("\n", "\r\n"))
    whole = [(name, digest) for name, digest in archive.sums if name not in absent]
    yield from archive.add_text(SUMS, sums_text(whole))
    yield from archive.end()


def _words_of(number: int, address: str) -> str:
    """The item's body, to be read anywhere; nothing when it is public no more: files take minutes to send."""
    item = public_items([number]).get(number)
    return portable(str(item.body.render_as_block({"page": item})), address) if item else ""


def _sent(
    archive: ZipStream, file: PackFile, request: HttpRequest, absent: set[str]
) -> Iterator[bytes]:
    if not _may_have(file, request):
        absent.add(file.name)
        return
    try:
        source = file.path.open("rb")
    except OSError:
        absent.add(file.name)
        return
    with source:
        yield from archive.add(file.name, _read(source, file, absent), file.size)
    if file.name not in absent:
        _count(file, request)


def _read(source: IO[bytes], file: PackFile, absent: set[str]) -> Iterator[bytes]:
    """The file's bytes; one that ends early or breaks off is marked, and the archive stays sound."""
    came = 0
    try:
        for chunk in chunks_of(source, file.size):
            came += len(chunk)
            yield chunk
    except OSError:
        absent.add(file.name)
    if came != file.size:
        absent.add(file.name)


def _may_have(file: PackFile, request: HttpRequest) -> bool:
    """Whether every guard of documents lets this reader have it, as for a single download."""
    if file.document is None:
        return True
    guards = hooks.get_hooks("before_serve_document")
    return not any(isinstance(guard(file.document, request), HttpResponse) for guard in guards)


def _count(file: PackFile, request: HttpRequest) -> None:
    if file.document is not None:
        document_served.send(sender=SiteDocument, instance=file.document, request=request)
    elif counts_as_download(request):
        count_request(request, LibraryItemPage, file.item, Act.DOWNLOAD)
