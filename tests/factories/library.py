"""Makes library items with their files."""

import io
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from pypdf import PdfWriter

from core.models import SiteDocument
from resources.models import (
    ItemFile,
    Language,
    LearningPathPage,
    LibraryIndexPage,
    LibraryItemPage,
    Licence,
    PathStep,
)

numbers = count(1)


def pdf_bytes(pages: int = 2, *, password: str = "") -> bytes:
    """A sound PDF of empty pages; locked with `password`."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def make_file(data: bytes | None = None, name: str = "to-roi.pdf") -> SiteDocument:
    """A stored file."""
    document = SiteDocument(title=name)
    document.file.save(name, ContentFile(pdf_bytes() if data is None else data), save=False)
    document.save()
    return document


def make_item(
    title: str = "", *, file: SiteDocument | None = None, **fields: Any
) -> LibraryItemPage:
    """A live item; `topics`, `audiences`, `competences` and `tags` as lists."""
    many = {name: fields.pop(name, []) for name in ("topics", "audiences", "competences", "tags")}
    item = LibraryItemPage(
        title=title or f"Học liệu số {next(numbers)}",
        **{
            "kind": "tai-lieu",
            "language": Language.objects.get(code="vi"),
            "licence": Licence.objects.filter(may_copy=True).first(),
            **fields,
        },
    )
    item.topics, item.audiences = many["topics"], many["audiences"]
    item.competences = many["competences"]
    if file is not None:
        item.files = [ItemFile(document=file)]
    item.tags.add(*many["tags"])
    return LibraryIndexPage.objects.get().add_child(instance=item)


def make_path(
    title: str = "", *, steps: list[LibraryItemPage | dict[str, Any]] | None = None, **fields: Any
) -> LearningPathPage:
    """A live path; each step an item, or the fields of a step. `audiences` as a list."""
    path = LearningPathPage(title=title or f"Lộ trình số {next(numbers)}")
    path.audiences = fields.pop("audiences", [])
    for name, value in fields.items():
        setattr(path, name, value)
    path.steps = [
        PathStep(sort_order=place, **(step if isinstance(step, dict) else {"item": step}))
        for place, step in enumerate(steps or [])
    ]
    return LibraryIndexPage.objects.get().add_child(instance=path)


def course(title: str = "Khóa học thử", **fields: Any) -> dict[str, Any]:
    """The fields of a step that leads elsewhere."""
    return {"title": title, "url": "https://example.gov.vn/khoa-hoc/", **fields}
