"""Uploaded files handed out by the site itself, whole or in the parts that players ask for."""

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.static import serve

from files.ranges import BeyondEnd, asked_part

PIECE = 64 * 1024
PARTIAL, NO_SUCH_PART = 206, 416


def media(request: HttpRequest, path: str, document_root: Any) -> HttpResponseBase:
    """The file; only the part asked for, where a part was. 404 and 304 as Django's own view gives them."""
    whole = serve(request, path, document_root=document_root)
    if not isinstance(whole, FileResponse):
        return whole
    whole["Accept-Ranges"] = "bytes"
    asked, size = request.headers.get("Range", ""), int(whole["Content-Length"])
    # The part of a file that was replaced meanwhile would not fit the parts had before.
    if (
        not asked
        or request.headers.get("If-Range", whole["Last-Modified"]) != whole["Last-Modified"]
    ):
        return whole
    try:
        part = asked_part(asked, size)
    except BeyondEnd:
        # The file alone: closing the answer would end the request as well.
        stream: Any = whole.file_to_stream
        stream.close()
        return HttpResponse(status=NO_SUCH_PART, headers={"Content-Range": f"bytes */{size}"})
    return whole if part is None else _partial(whole, part, size)


def _partial(whole: FileResponse, part: tuple[int, int], size: int) -> StreamingHttpResponse:
    first, last = part
    response = StreamingHttpResponse(
        _pieces(whole.file_to_stream, first, last - first + 1), status=PARTIAL,
        content_type=whole["Content-Type"],
    )  # fmt: skip
    # Said, or the compression of pages would change the bytes that the range counts.
    response["Content-Encoding"] = "identity"
    response["Accept-Ranges"] = "bytes"
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    response["Last-Modified"] = whole["Last-Modified"]
    return response


def _pieces(file: Any, first: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        while length > 0 and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece
