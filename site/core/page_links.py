"""The addresses elsewhere in pages and other records, for those who ask whether they still open."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse

from core.found_links import asked_url, urls_in
from core.registry import FoundLink

CHUNK = 200


def links_of_pages(pages: Any, *fields: str) -> Iterator[FoundLink]:
    """Of these fields and the bodies of these pages, read a few hundred at a time."""
    rows = pages.order_by("pk").values_list("pk", "title", "body", *fields)
    for pk, title, body, *urls in rows.iterator(chunk_size=CHUNK):
        yield from links_of(pk, title, [*urls, *urls_in(body.raw_data)])


def links_of(pk: int, title: str, urls: Iterable[str]) -> Iterator[FoundLink]:
    """These addresses of the page, each once."""
    edit_url = reverse("wagtailadmin_pages:edit", args=[pk])
    for url in dict.fromkeys(asked_url(url) for url in urls):
        if url:
            yield FoundLink(url, pk, title, edit_url)


def links_of_records(rows: Iterable[tuple[int, str, str]], view: str) -> Iterator[FoundLink]:
    """Of records that are no pages: (number, name, address) each, mended in the staff area at `view`."""
    for pk, title, url in rows:
        if address := asked_url(url):
            yield FoundLink(address, pk, title, reverse(view, args=[pk]))
