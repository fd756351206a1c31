"""Keeping what was read from files."""

from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction

from core.models import SiteDocument
from resources.models import FileFacts, LibraryItemPage
from resources.reading import Reading, read_file


def facts_of(document: SiteDocument) -> FileFacts:
    """The facts of the file; read now when it is new or was replaced."""
    facts = FileFacts.objects.filter(document=document).first()
    if facts and facts.stored_name == document.file.name:
        return facts
    return _keep(document, read_file(Path(document.file.path)))


@transaction.atomic
def _keep(document: SiteDocument, reading: Reading) -> FileFacts:
    old = FileFacts.objects.filter(document=document).first()
    facts, _ = FileFacts.objects.update_or_create(
        document=document,
        defaults={
            "stored_name": document.file.name or "",
            "extension": reading.extension[:12],
            "size": reading.size,
            "pages": reading.pages,
            "problem": reading.problem,
            "cover": "",
        },
    )
    if reading.cover:
        facts.cover.save(f"{document.pk}.webp", ContentFile(reading.cover))
    stale = old.cover.name if old else ""
    if old and stale and stale != facts.cover.name:
        storage = old.cover.storage
        transaction.on_commit(lambda: storage.delete(stale))
    return facts


def read_again(document: SiteDocument) -> None:
    """After a file was replaced: read it, and put the new facts on the cards of the items that hold it."""
    from resources.services.shelf import shelve

    facts = FileFacts.objects.filter(document=document).first()
    if facts is None or facts.stored_name == document.file.name:
        return
    facts_of(document)
    for item in LibraryItemPage.objects.filter(files__document=document).distinct():
        shelve(item)
