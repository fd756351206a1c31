"""Makes uploaded catalogues: rows, workbooks, archives."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from office.books import write_book
from resources.catalogue.columns import ITEMS
from resources.models import ItemImport, Licence
from resources.services.item_imports import Upload, ask_to_apply, hand_in

NAMES = [column.name for column in ITEMS.columns]
SOUND = {"kind": "Tài liệu", "language": "Tiếng Việt"}


def cells(**values: Any) -> list[Any]:
    """A row's cells in the order of the columns; sound unless told otherwise."""
    licence = Licence.objects.filter(may_copy=True).first()
    known = {**SOUND, "licence": licence.name if licence else "", **values}
    return [known.get(name, "") for name in NAMES]


def link_cells(title: str, **values: Any) -> list[Any]:
    """A sound row of a course elsewhere: it needs no file."""
    known = {"kind": "Khóa học", "link": "https://example.gov.vn/khoa-hoc/", **values}
    return cells(title=title, **known)


def book(rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of these rows."""
    return write_book([(ITEMS, rows)])


def packed(files: dict[str, bytes], **options: Any) -> bytes:
    """An archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def uploaded(
    rows: Iterable[Sequence[Any]] | bytes,
    files: dict[str, bytes] | bytes | None = None,
    *,
    by: Any,
    name: str = "danh-muc.xlsx",
    key: str = "",
    now: datetime | None = None,
    archive_of: ItemImport | None = None,
) -> ItemImport:
    """An import that was handed in and judged."""
    data = rows if isinstance(rows, bytes) else book(rows)
    zipped = packed(files) if isinstance(files, dict) else files
    archive = ContentFile(zipped, name="tep.zip") if zipped is not None else None
    upload = Upload(key or uuid4().hex, name, data, archive, archive_of)
    job = hand_in(upload, by=by, now=now or timezone.localtime())
    job.refresh_from_db()
    return job


def imported(job: ItemImport, *, by: Any, known: str = "skip") -> ItemImport:
    """The import, made."""
    ask_to_apply(job, known=known, by=by, now=timezone.localtime())
    job.refresh_from_db()
    return job


def told(job: ItemImport) -> list[tuple[int, str, str]]:
    """What each line says: place, verdict, reason."""
    return list(job.lines.values_list("place", "verdict", "why"))
