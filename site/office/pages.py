"""Pages ready to print: HTML of our own set as PDF, with our own letters, without any network."""

import io
from collections.abc import Iterable, Mapping
from email.message import Message
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from PIL import ImageFile

SCHEME = "tranh:"


class NoPrinter(RuntimeError):
    """The machine lacks the libraries (pango) that set pages."""


def pdf_of(
    template: str,
    context: dict[str, Any],
    *,
    styles: Iterable[str],
    pictures: Mapping[str, str] | None = None,
) -> bytes:
    """The template as PDF. `styles` are static files; `pictures` are SVG texts, called as `tranh:<name>`.

    Nothing else is fetched: neither the network nor any other file. Raises NoPrinter.
    """
    strict = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError as missing:
        raise NoPrinter("pango is not installed") from missing
    finally:
        # WeasyPrint lets Pillow take broken pictures, for the whole process; uploads must go on refusing them.
        ImageFile.LOAD_TRUNCATED_IMAGES = strict

    drawn = pictures or {}

    class Fetcher(URLFetcher):  # type: ignore[misc]
        """Our letters, and what was given; nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """The picture or the static file named by `url`."""
            if url.startswith(SCHEME) and (svg := drawn.get(url.removeprefix(SCHEME))):
                kind = Message()
                kind["Content-Type"] = "image/svg+xml"
                return URLFetcherResponse(url, io.BytesIO(svg.encode()), kind)
            if url.startswith("file:") and "/static/fonts/" in url and ".." not in url:
                return super().fetch(url, headers)
            raise ValueError(f"not fetched: {url}")

    fetcher, letters = Fetcher(allowed_protocols=["file"]), FontConfiguration()
    sheets = [
        CSS(filename=_found(name), font_config=letters, url_fetcher=fetcher) for name in styles
    ]
    page = HTML(string=render_to_string(template, context), url_fetcher=fetcher)
    return bytes(page.write_pdf(stylesheets=sheets, font_config=letters))


def _found(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return found
