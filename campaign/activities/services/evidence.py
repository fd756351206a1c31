"""Verbs on evidence: each piece is checked, made fit to keep, and a row from then on."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction

from campaign.activities.choices import COMES_LATER, PAPERS, PICTURES, EvidenceKind
from campaign.activities.models import Activity, Evidence
from campaign.activities.permissions import user_can_edit, user_writes
from campaign.activities.queries import MOST_EVIDENCE, MOST_PHOTOS
from campaign.activities.services.doubts import remember_likeness, signed
from core.uploads import check_upload
from files.photos import BadPhoto, take_photo

LARGEST_PAPER = 20 * 1024 * 1024
LONGEST_LINK = 500
PDF = ".pdf"


def add_evidence(
    activity: Activity,
    *,
    upload: Any,
    kind: str,
    key: UUID,
    by: Any,
    now: datetime,
    title: str = "",
) -> Evidence:
    """A photo, or a paper as PDF or photographed. The same press, or the same file, twice makes one row.

    ValidationError says in words why a file can't be taken.
    """
    _must_add(by, activity, kind)
    if known := activity.evidence.filter(key=key).first():
        return known
    if kind not in PAPERS | PICTURES:
        raise ValidationError("Hãy chọn loại minh chứng.")
    upload.seek(0)
    data = upload.read()
    digest = sha256(data).hexdigest()
    if known := activity.evidence.kept().filter(digest=digest).first():
        return known
    piece = Evidence(
        activity=activity, key=key, kind=kind, title=title.strip()[:160], digest=digest,
        uploaded_by=by, uploaded_at=now,
    )  # fmt: skip
    is_paper = PurePath(upload.name or "").suffix.lower() == PDF or data.startswith(b"%PDF-")
    if is_paper and kind not in PICTURES:
        check_upload(upload, max_size=LARGEST_PAPER)
        return _kept(piece, lambda: _put_paper(piece, data))
    return _take(piece, data, now)


def _take(piece: Evidence, data: bytes, now: datetime) -> Evidence:
    try:
        photo = take_photo(data)
    except BadPhoto as bad:
        raise ValidationError(str(bad)) from bad
    piece.width, piece.height, piece.size = photo.width, photo.height, len(photo.data)
    # Two sheets of paper look alike to a hash: only pictures of what was done are compared.
    compared = photo.likeness if piece.kind == EvidenceKind.PHOTO else None
    piece.likeness = None if compared is None else signed(compared)

    def put() -> None:
        piece.file.save(f"{piece.key}.jpg", ContentFile(photo.data), save=False)
        piece.thumb.save(f"{piece.key}-nho.jpg", ContentFile(photo.thumb), save=False)

    return _kept(piece, put, lambda: remember_likeness(piece, compared, now))


def _put_paper(piece: Evidence, data: bytes) -> None:
    piece.size = len(data)
    piece.file.save(f"{piece.key}.pdf", ContentFile(data), save=False)


def _kept(
    piece: Evidence, put: Callable[[], None], then: Callable[[], Any] = lambda: None
) -> Evidence:
    """The row, while there is room; of two equal ones sent at once, the first. Files of the other go again."""
    try:
        with transaction.atomic():
            # Held, so that no two pieces take the last place, and none comes into what was just sent.
            held = Activity.objects.select_for_update().get(pk=piece.activity_id)
            _must_add(piece.uploaded_by, held, piece.kind)
            _must_have_room(piece)
            put()
            piece.save()
            then()
    except IntegrityError:
        _drop_files(piece)
        same = piece.activity.evidence.kept()
        found = same.filter(key=piece.key).first() or same.filter(digest=piece.digest).first()
        if found is None:
            raise
        return found
    except Exception:
        _drop_files(piece)
        raise
    return piece


def _must_have_room(piece: Evidence) -> None:
    there = piece.activity.evidence.kept()
    if there.count() >= MOST_EVIDENCE:
        raise ValidationError(f"Mỗi hoạt động giữ nhiều nhất {MOST_EVIDENCE} minh chứng.")
    if piece.kind in PICTURES and there.filter(kind__in=PICTURES).count() >= MOST_PHOTOS:
        raise ValidationError(
            f"Mỗi hoạt động giữ nhiều nhất {MOST_PHOTOS} ảnh: hãy chọn những ảnh rõ nhất."
        )


def _drop_files(piece: Evidence) -> None:
    for stored in (piece.file, piece.thumb):
        if stored.name:
            stored.storage.delete(stored.name)


def add_link(
    activity: Activity, *, url: str, title: str, key: UUID, by: Any, now: datetime
) -> Evidence:
    """A place elsewhere that shows the activity."""
    _must_edit(by, activity)
    if known := activity.evidence.filter(key=key).first():
        return known
    if len(url) > LONGEST_LINK:
        raise ValidationError(f"Đường dẫn dài quá {LONGEST_LINK} ký tự.")
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError as wrong:
        raise ValidationError("Đường dẫn bắt đầu bằng http:// hoặc https://.") from wrong
    piece = Evidence(
        activity=activity, key=key, kind=EvidenceKind.LINK, url=url, title=title.strip()[:160],
        uploaded_by=by, uploaded_at=now,
    )  # fmt: skip
    return _kept(piece, lambda: None)


def remove_evidence(piece: Evidence, *, by: Any, now: datetime) -> None:
    """Taken away, while the activity may be changed: the row tells that it was there, the file is gone."""
    with transaction.atomic():
        activity = Activity.objects.select_for_update().get(pk=piece.activity_id)
        _must_edit(by, activity)
        forget_files([piece], now)


def forget_files(pieces: list[Evidence], now: datetime) -> None:
    """Delete files once the rows say so; rows, kinds and dates stay."""
    for piece in pieces:
        stored = [(one.storage, one.name) for one in (piece.file, piece.thumb) if one.name]
        piece.bands.all().delete()
        piece.file, piece.thumb, piece.url, piece.title = "", "", "", ""
        piece.likeness, piece.removed_at = None, now
        piece.save()
        for storage, name in stored:
            transaction.on_commit(partial(storage.delete, name))


def _must_add(by: Any, activity: Activity, kind: str) -> None:
    """Whoever may write; what others sign or write about it may come later too."""
    if kind in COMES_LATER and user_writes(by, activity):
        return
    _must_edit(by, activity)


def _must_edit(by: Any, activity: Activity) -> None:
    if not user_can_edit(by, activity):
        raise PermissionDenied
