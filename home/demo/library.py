"""The demo's learning material: the school's own sheets and slides, and the national programmes as links."""

from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.models import Page

from core.models import SiteDocument, SiteImage, SiteMedia
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
        item.files = _files(row)
    if "picture" in row:
        item.picture, item.picture_alt = _picture(row["picture"]), row["picture_alt"]
    if "media" in row:
        item.media = _media(row)
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


def _files(row: dict[str, Any]) -> list[ItemFile]:
    """The item's own file, then what is handed out with it."""
    wanted = [(row["file"], row.get("label", "")), *row.get("handouts", [])]
    return [
        ItemFile(document=_document(name), label=label, sort_order=n)
        for n, (name, label) in enumerate(wanted)
    ]


def _document(name: str) -> SiteDocument:
    """One document for each file, under the title of the item that it belongs to first."""
    title = _titles().get(name, name)
    found = SiteDocument.objects.filter(title=title).first()
    if found:
        return found
    document = SiteDocument(title=title)
    with _opened(f"{name}.pdf") as file:
        document.file.save(f"{name}.pdf", file, save=False)
        document.file_size = document.file.size
        document.save()
    return document


@cache
def _titles() -> dict[str, str]:
    """Files by name; what is only handed out has the words that it is handed out under."""
    rows = read("library")["item"]
    handed_out = dict(pair for row in rows for pair in row.get("handouts", []))
    own = {row["file"]: row["title"] for row in reversed(rows) if "file" in row}
    return handed_out | own


def _picture(name: str) -> SiteImage:
    """The infographic itself, to be seen on the page."""
    found = SiteImage.objects.filter(title=name).first()
    if found:
        return found
    picture = SiteImage(title=name, credit="Trung tâm Thông tin – Thư viện (mẫu)")
    with _opened(f"{name}.webp") as file:
        picture.file = ImageFile(file, name=f"{name}.webp")
        picture.save()
    return picture


def _media(row: dict[str, Any]) -> SiteMedia:
    """The video or sound with all that lets everybody follow it."""
    name = row["media"]
    found = SiteMedia.objects.filter(title=row["title"]).first()
    if found:
        return found
    media = SiteMedia(
        title=row["title"],
        type="video" if "still" in row else "audio",
        duration=row["seconds"],
        transcript=_spoken(Path(name).stem),
    )
    parts = {"file": name, "thumbnail": row.get("still"), "captions": row.get("captions")}
    for field, part in parts.items():
        if part:
            with _opened(part) as file:
                getattr(media, field).save(part, file, save=False)
    media.save()
    return media


def _spoken(name: str) -> str:
    """What is said in the piece, line by line."""
    piece = next(piece for piece in read("spoken")["piece"] if piece["name"] == name)
    return "\n".join(line["text"] for line in piece["line"])


def _opened(name: str) -> File:
    return File((FOLDER / "library" / name).open("rb"), name=name)
