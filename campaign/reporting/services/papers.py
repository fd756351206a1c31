"""Verbs on papers of a report: its signed copy, and evidence of its own."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.activities.models import Activity
from campaign.reporting.choices import ReportState
from campaign.reporting.models import Indicator, Report, ReportLine, ReportPiece, SignedCopy
from campaign.reporting.permissions import user_can_edit, user_signs, user_writes
from core.uploads import check_upload
from files.keeping import PDF, kept_file, web_link

LARGEST = 20 * 1024 * 1024
MOST_PIECES = 60
SIGNED_STATES = frozenset({ReportState.CONFIRMED, ReportState.SUBMITTED, ReportState.ACCEPTED})


def add_signed_copy(
    report: Report,
    *,
    upload: Any,
    number: str,
    signed_on: date,
    is_digital: bool,
    by: Any,
    now: datetime,
) -> SignedCopy:
    """The signed paper as PDF, tied to the revision that it was printed from.

    The same file twice is one copy.
    """
    if not (user_writes(by, report) or user_signs(by, report)):
        raise PermissionDenied
    if signed_on > timezone.localtime(now).date():
        raise ValidationError({"signed_on": "Ngày ký chưa đến."})
    data = _pdf(upload)
    digest = sha256(data).hexdigest()
    if known := report.signed_copies.filter(digest=digest).first():
        return known
    with transaction.atomic():
        held = Report.objects.select_for_update().get(pk=report.pk)
        revision = held.revisions.order_by("-number").first()
        if revision is None or held.state not in SIGNED_STATES:
            raise ValidationError("Báo cáo chưa được ký duyệt: chưa có bản nào để ký trên giấy.")
        return _kept_copy(
            SignedCopy(
                report=held, revision=revision, number=number.strip(), signed_on=signed_on,
                is_digital=is_digital, size=len(data), digest=digest, added_by=by, added_at=now,
            ),
            data,
        )  # fmt: skip


def _kept_copy(copy: SignedCopy, data: bytes) -> SignedCopy:
    copy.file.save(f"{copy.digest[:20]}.pdf", ContentFile(data), save=False)
    try:
        with transaction.atomic():
            copy.save()
    except IntegrityError:
        copy.file.storage.delete(str(copy.file.name))
        return SignedCopy.objects.get(report=copy.report, digest=copy.digest)
    return copy


def _pdf(upload: Any) -> bytes:
    upload.seek(0)
    data: bytes = upload.read()
    if not data.startswith(PDF):
        raise ValidationError({"upload": "Bản ký phải là tệp PDF (bản quét hoặc tệp ký số)."})
    try:
        check_upload(upload, max_size=LARGEST)
    except ValidationError as refused:
        raise ValidationError({"upload": refused.messages}) from refused
    return data


def add_piece(
    report: Report,
    *,
    key: UUID,
    by: Any,
    now: datetime,
    indicator: Indicator | None = None,
    line: ReportLine | None = None,
    activity: Activity | None = None,
    upload: Any = None,
    url: str = "",
    title: str = "",
) -> ReportPiece:
    """Evidence of a figure or a line: an activity of the log by reference, a file, or a link."""
    if known := report.pieces.filter(key=key).first():
        return known
    piece = ReportPiece(
        report=report, indicator=indicator, line=line, activity=activity, title=title.strip()[:160],
        key=key, added_by=by, added_at=now,
    )  # fmt: skip
    if url:
        piece.url = web_link(url)
    data, ending = kept_file(upload, max_size=LARGEST) if upload else (b"", "")
    if not (activity or url or data):
        raise ValidationError("Hãy chọn tệp, dán đường dẫn hoặc chọn một hoạt động.")
    with transaction.atomic():
        held = Report.objects.select_for_update().get(pk=report.pk)
        if not user_can_edit(by, held):
            raise PermissionDenied
        if held.pieces.filter(removed_at=None).count() >= MOST_PIECES:
            raise ValidationError(f"Mỗi báo cáo giữ nhiều nhất {MOST_PIECES} minh chứng.")
        if data:
            piece.size = len(data)
            piece.file.save(f"{key}{ending}", ContentFile(data), save=False)
        piece.save()
    return piece


def remove_piece(piece: ReportPiece, *, by: Any, now: datetime) -> None:
    """Taken away while the report may be changed: the row tells that it was there, the file is gone."""
    with transaction.atomic():
        report = Report.objects.select_for_update().get(pk=piece.report_id)
        if not user_can_edit(by, report):
            raise PermissionDenied
        stored = (piece.file.storage, str(piece.file.name)) if piece.file else None
        piece.file, piece.url, piece.title = "", "", ""
        piece.activity = None
        piece.removed_at = now
        piece.save()
        if stored:
            transaction.on_commit(lambda: stored[0].delete(stored[1]))
