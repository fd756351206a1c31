"""Verbs on what a unit offers while it is the unit's own: begin, save, put a file, throw away, forget."""

import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path, PurePath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Q

from campaign.units.models import Unit
from core.text import clean
from core.uploads import check_upload
from files.photos import BadPhoto, take_photo
from resources.choices import ContributionState, FileSort
from resources.contribution_rules import SORTS, sort_of
from resources.models import Contribution
from resources.permissions import units_to_offer_for, user_can_edit_contribution
from resources.reading import read_file

MANY = ("audiences", "topics")


class Stale(Exception):
    """Somebody else has written meanwhile; nothing was changed."""


def begin_contribution(
    unit: Unit, told: Mapping[str, Any], *, key: UUID, by: Any, now: datetime
) -> Contribution:
    """A draft for `unit`. The same form sent again is the first one's draft, as it was."""
    if not units_to_offer_for(by).filter(pk=unit.pk).exists():
        raise PermissionDenied
    try:
        with transaction.atomic():
            made = Contribution(unit=unit, author=by, key=key, created_at=now, changed_at=now)
            _write(made, told)
    except IntegrityError:
        known = Contribution.objects.visible_to(by).filter(key=key).first()
        if known is None:
            raise
        return known
    return made


def save_contribution(
    contribution: Contribution, told: Mapping[str, Any], *, version: int, by: Any, now: datetime
) -> Contribution:
    """What was typed, of a draft. Stale where another tab or person has written since `version`."""
    with transaction.atomic():
        held = held_to_edit(contribution, by)
        if held.version != version:
            raise Stale
        held.version += 1
        held.changed_at = now
        _write(held, told)
    return held


def _write(contribution: Contribution, told: Mapping[str, Any]) -> None:
    for name, value in told.items():
        if name not in MANY:
            setattr(contribution, name, clean(value).strip() if isinstance(value, str) else value)
    contribution.save()
    for name in MANY:
        if name in told:
            getattr(contribution, name).set(told[name])


def held_to_edit(contribution: Contribution, by: Any) -> Contribution:
    """The row as it is now, held; PermissionDenied where it is not for `by` to change it."""
    held = locked(contribution)
    if not user_can_edit_contribution(by, held):
        raise PermissionDenied
    return held


def locked(contribution: Contribution) -> Contribution:
    """The row as it is now, held until the transaction ends."""
    rows = Contribution.objects.select_for_update(of=("self",))
    return rows.select_related("unit", "licence", "author").get(pk=contribution.pk)


def put_file(contribution: Contribution, upload: Any, *, by: Any, now: datetime) -> Contribution:
    """Keep the file in the place of any other; ValidationError under `file` when it can't be taken."""
    if not user_can_edit_contribution(by, contribution):
        raise PermissionDenied
    name, data = _checked(upload)
    storage = contribution.file.storage
    stored = storage.save(
        contribution.file.field.generate_filename(contribution, _stored_as(contribution, name)),
        data,
    )
    try:
        with transaction.atomic():
            held = held_to_edit(contribution, by)
            old = held.file.name
            held.file, held.file_name, held.size = stored, name, storage.size(stored)
            held.changed_at = now
            held.version += 1
            held.save()
            if old:
                transaction.on_commit(partial(storage.delete, old))
    except Exception:
        storage.delete(stored)
        raise
    return held


def _stored_as(contribution: Contribution, name: str) -> str:
    return f"{contribution.key}{PurePath(name).suffix.lower()}"


def _checked(upload: Any) -> tuple[str, Any]:
    """The name and the content to keep, checked as the library checks its own files."""
    name = " ".join(clean(PurePath(upload.name or "").name).split())[-200:]
    extension = PurePath(name).suffix.lstrip(".").lower()
    sort = sort_of(extension)
    if sort is None:
        takes = ", ".join(f".{end}" for ends in SORTS.values() for end in sorted(ends))
        raise ValidationError(
            {"file": f"Thư viện không nhận tệp .{extension or '(không đuôi)'}. Nhận: {takes}."}
        )
    try:
        if sort == FileSort.PICTURE:
            # Upright, and without the place where it was taken.
            return f"{PurePath(name).stem}.jpg", ContentFile(_picture(upload))
        most = (
            settings.MEDIA_MAX_UPLOAD_SIZE
            if sort == FileSort.MEDIA
            else settings.DOCUMENT_MAX_UPLOAD_SIZE
        )
        check_upload(upload, max_size=most)
    except (ValidationError, BadPhoto) as refused:
        said = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
        raise ValidationError({"file": said}) from refused
    if sort == FileSort.DOCUMENT and (problem := _problem(upload, extension)):
        raise ValidationError({"file": problem})
    upload.seek(0)
    return name, upload


def _picture(upload: Any) -> bytes:
    upload.seek(0)
    return take_photo(upload.read()).data


def _problem(upload: Any, extension: str) -> str:
    """What keeps readers from opening it: a password, damage."""
    with tempfile.NamedTemporaryFile(suffix=f".{extension}") as copy:
        upload.seek(0)
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        return read_file(Path(copy.name)).problem


def drop_file(contribution: Contribution, *, by: Any, now: datetime) -> Contribution:
    """The file away again."""
    with transaction.atomic():
        held = held_to_edit(contribution, by)
        forget_file(held)
        held.changed_at = now
        held.version += 1
        held.save()
    return held


def forget_file(contribution: Contribution) -> None:
    """Take the file from the row, which the caller saves; it is gone once that is committed."""
    if contribution.file:
        stored = str(contribution.file.name)
        transaction.on_commit(partial(contribution.file.storage.delete, stored))
    contribution.file, contribution.size = "", 0


def throw_away(contribution: Contribution, *, by: Any) -> None:
    """A draft that was never handed on goes, with its file."""
    with transaction.atomic():
        held = held_to_edit(contribution, by)
        if held.state != ContributionState.DRAFT or held.sent_at is not None:
            raise PermissionDenied
        forget_file(held)
        held.delete()


def forget_declined(before: datetime) -> int:
    """Of what was declined before then: take the file and what may name people; how many it were."""
    told = ~Q(file="", file_name="", source="", note="", alt="")
    old = Contribution.objects.filter(told, state=ContributionState.DECLINED, settled_at__lt=before)
    numbers = list(old.values_list("pk", flat=True))
    for pk in numbers:
        with transaction.atomic():
            held = Contribution.objects.select_for_update().get(pk=pk)
            forget_file(held)
            held.file_name, held.source, held.note, held.alt = "", "", "", ""
            held.save()
    return len(numbers)
