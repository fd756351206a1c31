"""Verb on the signed proposal: it comes in, and takes the place of the one before."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from campaign.awards.choices import SIGNED_STATES
from campaign.awards.models import Dossier, SignedProposal
from campaign.awards.permissions import user_signs, user_writes
from core.text import clean
from files.keeping import kept_file

LARGEST = 20 * 1024 * 1024


def add_signed_proposal(
    dossier: Dossier,
    *,
    upload: Any,
    number: str,
    signed_on: date,
    is_digital: bool,
    by: Any,
    now: datetime,
) -> SignedProposal:
    """The signed paper as PDF or photo, tied to the newest revision; the one before is kept as replaced.

    The same file twice is one copy.
    """
    if not (user_writes(by, dossier) or user_signs(by, dossier)):
        raise PermissionDenied
    told = " ".join(clean(number).split())
    _check(told, signed_on, timezone.localtime(now).date())
    data, ending = kept_file(upload, max_size=LARGEST)
    if is_digital and ending != ".pdf":
        raise ValidationError({"is_digital": "Bản ký số là tệp PDF, không phải ảnh chụp."})
    digest = sha256(data).hexdigest()
    with transaction.atomic():
        held = Dossier.objects.select_for_update().get(pk=dossier.pk)
        revision = held.revisions.order_by("-number").first()
        if revision is None or held.state not in SIGNED_STATES:
            raise ValidationError("Tờ trình chưa được ký duyệt: chưa có bản nào để ký trên giấy.")
        if known := held.signed_proposals.current().filter(digest=digest).first():
            return known
        held.signed_proposals.current().update(replaced_at=now)
        copy = SignedProposal(
            dossier=held, revision=revision, number=told, signed_on=signed_on,
            is_digital=is_digital, size=len(data), digest=digest, added_by=by, added_at=now,
        )  # fmt: skip
        copy.file.save(f"{digest[:20]}{ending}", ContentFile(data), save=False)
        copy.save()
    return copy


def _check(number: str, signed_on: date, today: date) -> None:
    problems = {}
    if not number:
        problems["number"] = "Hãy ghi số, ký hiệu của tờ trình."
    elif len(number) > 60:
        problems["number"] = "Số, ký hiệu dài nhất 60 chữ."
    if signed_on > today:
        problems["signed_on"] = "Ngày ký chưa đến."
    if problems:
        raise ValidationError(problems)
