"""Handing out a kept file, once whoever asks has been found to have the right to it."""

from typing import Any

from django.http import FileResponse, Http404


def served(stored: Any, name: str) -> FileResponse:
    """The file under `name` with its own ending; nothing in it runs. 404 where it is gone from the disk."""
    if not stored or not stored.storage.exists(stored.name):
        raise Http404
    ending = str(stored.name).rpartition(".")[2].lower()
    # Chromium's own viewer does not open a PDF in a sandbox; to be saved it needs none.
    response = FileResponse(
        stored.open("rb"), as_attachment=ending == "pdf", filename=f"{name}.{ending}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
