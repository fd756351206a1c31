"""The rows of the office's list, and the list as a table for Excel."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.documents import get_document_model
from wagtail.models import Page

from counters.registry import countables, model_of

FILES = "tep"
HEAD = ("STT", "Tên", "Loại", "Lượt xem", "Lượt tải", "Địa chỉ")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing in the list's filter."""

    label: str
    content_type: ContentType


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of the list; `title` says so when it is not there any more."""

    place: int
    title: str
    url: str
    kind: str
    views: int
    downloads: int


def kind_choices() -> dict[str, Kind]:
    """All kinds that are counted, by the key of the filter."""
    kinds = {kind.key: model_of(kind) for kind in countables} | {FILES: get_document_model()}
    return {key: _kind(model) for key, model in kinds.items()}


def _kind(model: type[models.Model]) -> Kind:
    label = str(model._meta.verbose_name)
    return Kind(label[:1].upper() + label[1:], ContentType.objects.get_for_model(model))


def count_rows(found: Iterable[dict[str, Any]], first: int) -> list[Row]:
    """The things behind the figures, fetched kind by kind, numbered from `first`."""
    found = list(found)
    wanted: dict[int, list[int]] = {}
    for entry in found:
        wanted.setdefault(entry["content_type_id"], []).append(entry["object_id"])
    labels = {kind.content_type.pk: kind.label for kind in kind_choices().values()}
    things = {pk: _things(pk, numbers) for pk, numbers in wanted.items()}
    rows = []
    for place, entry in enumerate(found, start=first):
        thing = things[entry["content_type_id"]].get(entry["object_id"])
        rows.append(
            Row(
                place=place,
                title=str(getattr(thing, "title", "") or thing) if thing else "(đã xóa)",
                url=_url(thing),
                kind=labels.get(entry["content_type_id"], "Khác"),
                views=entry["views"],
                downloads=entry["downloads"],
            )
        )
    return rows


def _things(content_type: int, numbers: list[int]) -> dict[int, Any]:
    model: Any = ContentType.objects.get_for_id(content_type).model_class()
    if model is None:
        return {}
    # A page's title and address are all in its base: no body is read.
    manager = Page.objects if issubclass(model, Page) else model._default_manager
    return dict(manager.in_bulk(numbers))


def _url(thing: Any) -> str:
    address = getattr(thing, "get_absolute_url", None)
    return str(getattr(thing, "url", "") or (address() if address else "") or "")


def table(rows: Iterable[Row]) -> str:
    """As Vietnamese Excel opens it: byte order mark, semicolons."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEAD)
    for row in rows:
        writer.writerow(
            [row.place, _harmless(row.title), row.kind, row.views, row.downloads, row.url]
        )
    return out.getvalue()


def _harmless(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
