"""The demo's learning material: the school's own sheets and slides, and the national programmes as links."""

from datetime import datetime, time
from typing import Any

from django.core.files import File
from django.utils import timezone
from wagtail.models import Page

from core.models import SiteDocument
from home.demo.reading import FOLDER, read
from resources.models import (
    Audience,
    Competence,
    CompetenceLevel,
    ItemCompetence,
    ItemFile,
    Language,
    LibraryIndexPage,
    LibraryItemPage,
    Licence,
    Topic,
)
from resources.services import import_bank

OWN = "cua-nha-truong-dung-mien-phi-de-day-va-hoc"
LINKED = "chi-duoc-dat-lien-ket"


def load_library() -> None:
    """Items that are not there yet, known by their addresses."""
    index = LibraryIndexPage.objects.get()
    there = set(index.get_children().values_list("slug", flat=True))
    for row in sorted(read("library")["item"], key=lambda row: row["date"]):
        if row["slug"] not in there:
            _add(row)


def _add(row: dict[str, Any]) -> None:
    item = LibraryItemPage(
        title=row["title"],
        slug=row["slug"],
        summary=row["summary"],
        kind=row["kind"],
        minutes=row.get("minutes"),
        year=row.get("year"),
        link=row.get("link", ""),
        author="" if row.get("source") else "Trung tâm Thông tin – Thư viện (mẫu)",
        source=row.get("source", ""),
        language=Language.objects.get(code="vi"),
        licence=Licence.objects.get(slug=LINKED if "link" in row else OWN),
    )
    item.first_published_at = timezone.make_aware(datetime.combine(row["date"], time(8)))
    item.last_published_at = item.first_published_at
    item.audiences = Audience.objects.filter(name__in=row["audiences"])
    item.topics = Topic.objects.filter(slug__in=row["topics"])
    item.competences = [
        ItemCompetence(
            competence=Competence.objects.get(code=code),
            level=CompetenceLevel.objects.get(code=level),
        )
        for code, level in row.get("competences", [])
    ]
    if "file" in row:
        item.files = [ItemFile(document=_document(row["file"], row["title"]))]
    item.tags.add(*row["tags"])
    LibraryIndexPage.objects.get().add_child(instance=item)
    if "questions" in row:
        _ask(item, row["questions"])
    # Published as it stands, on its own day: publishing the revision would date it today.
    revision = item.save_revision(clean=True, changed=False)
    Page.objects.filter(pk=item.pk).update(live_revision=revision)


def _ask(item: LibraryItemPage, name: str) -> None:
    """A bank comes in by the librarians' own door."""
    file = FOLDER / "library" / f"{name}.gift"
    import_bank(item, data=file.read_bytes(), name=file.name, now=timezone.localtime())


def _document(name: str, title: str) -> SiteDocument:
    found = SiteDocument.objects.filter(title=title).first()
    if found:
        return found
    document = SiteDocument(title=title)
    with (FOLDER / "library" / f"{name}.pdf").open("rb") as file:
        document.file.save(f"{name}.pdf", File(file), save=False)
        document.file_size = document.file.size
        document.save()
    return document
