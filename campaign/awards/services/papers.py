"""Verbs on a nominee's papers: the achievement report, the place's confirmation, consents, evidence."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.awards.choices import Actor, ConfirmedBy, CriterionFor
from campaign.awards.models import (
    AwardCriterion,
    Claim,
    CollectiveReport,
    Confirmation,
    IndividualReport,
    Nominee,
    NomineeConsent,
    NomineePiece,
)
from campaign.awards.permissions import actors_of, user_can_edit_nominee
from campaign.awards.services.nominees import Stale, held_to_edit
from core.text import clean
from files.keeping import kept_file, web_link
from privacy.models import ConsentText

LARGEST = 20 * 1024 * 1024
MOST_PIECES = 60


def _held(nominee: Nominee, by: Any) -> Nominee:
    """The nominee as he is now, his proposal held; PermissionDenied where it isn't for `by`."""
    held = held_to_edit(nominee.dossier, by)
    row = Nominee.objects.select_for_update().get(pk=nominee.pk)
    row.dossier = held
    if not user_can_edit_nominee(by, row):
        raise PermissionDenied
    return row


def save_report(
    nominee: Nominee,
    told: Mapping[str, Any],
    *,
    claims: Mapping[AwardCriterion, str],
    award_form: str,
    version: int,
    by: Any,
    now: datetime,
) -> Nominee:
    """The achievement report as typed. Stale where another tab or person has written since `version`."""
    model: Any = IndividualReport if nominee.is_individual else CollectiveReport
    with transaction.atomic():
        row = _held(nominee, by)
        report = model.objects.filter(nominee=row).first() or model(nominee=row, version=0)
        if report.version != version:
            raise Stale
        put_words(report, told)
        row.award_form = " ".join(clean(award_form).split())[:160] or row.award_form
        row.save(update_fields=["award_form"])
        side = CriterionFor.INDIVIDUAL if row.is_individual else CriterionFor.COLLECTIVE
        for criterion, text in claims.items():
            if criterion.round_id != row.dossier.round_id or criterion.for_what != side:
                raise PermissionDenied
            if text.strip():
                Claim.objects.update_or_create(
                    nominee=row, criterion=criterion, defaults={"text": clean(text).strip()[:1000]}
                )
            else:
                Claim.objects.filter(nominee=row, criterion=criterion).delete()
        row.dossier.changed_at = now
        row.dossier.save(update_fields=["changed_at"])
    return row


def put_words(report: Any, told: Mapping[str, Any]) -> None:
    """What was typed, mended, as the report's next version."""
    for name, value in told.items():
        setattr(report, name, clean(value).strip() if isinstance(value, str) else value)
    report.version += 1
    report.save()


def confirm_by_place(
    nominee: Nominee, *, signatory: str, office: str, signed_on: date, upload: Any, by: Any,
    now: datetime,
) -> Confirmation:  # fmt: skip
    """The signed slip of the place's leader; a newer one takes the older one's place."""
    if signed_on > timezone.localtime(now).date():
        raise ValidationError({"signed_on": "Ngày ký chưa đến."})
    data, ending = kept_file(upload, max_size=LARGEST)
    with transaction.atomic():
        row = _held(nominee, by)
        old = row.confirmations.filter(by_whom=ConfirmedBy.PLACE).first()
        if old:
            _forget(old.file)
            old.delete()
        made = Confirmation(
            nominee=row, by_whom=ConfirmedBy.PLACE, signatory=" ".join(clean(signatory).split()),
            office=" ".join(clean(office).split()), signed_on=signed_on, added_at=now, added_by=by,
        )  # fmt: skip
        made.file.save(f"xac-nhan-{row.pk}{ending}", ContentFile(data), save=False)
        made.save()
    return made


def agree(
    nominee: Nominee, text: ConsentText, *, given_by: str, is_guardian: bool, given_on: date,
    upload: Any, by: Any, now: datetime,
) -> NomineeConsent:  # fmt: skip
    """A consent on signed paper, of the nominee or his guardian. The same wording again is one."""
    if given_on > timezone.localtime(now).date():
        raise ValidationError({"given_on": "Ngày này chưa đến."})
    data, ending = kept_file(upload, max_size=LARGEST)
    if not actors_of(by, nominee.dossier) & {Actor.WRITER, Actor.HEAD}:
        # A consent may come whenever it comes: it changes nothing of what is proposed.
        raise PermissionDenied
    try:
        with transaction.atomic():
            row = Nominee.objects.select_for_update().get(pk=nominee.pk)
            made = NomineeConsent(
                nominee=row, text=text, given_by=" ".join(clean(given_by).split())[:120],
                is_guardian=is_guardian, given_on=given_on, added_at=now, added_by=by,
            )  # fmt: skip
            made.file.save(f"dong-y-{row.pk}{ending}", ContentFile(data), save=False)
            made.save()
    except IntegrityError as twice:
        raise ValidationError("Đã có giấy đồng ý: muốn thay, hãy ghi rút lại trước.") from twice
    return made


def withdraw_consent(consent: NomineeConsent, *, by: Any, now: datetime) -> None:
    """Taken back, whatever the state of the proposal: the name is not published. The proof stays."""
    if not actors_of(by, consent.nominee.dossier):
        raise PermissionDenied
    NomineeConsent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=now)


def add_piece(
    nominee: Nominee, *, key: UUID, by: Any, now: datetime, upload: Any = None, url: str = "",
    title: str = "", criterion: AwardCriterion | None = None,
) -> NomineePiece:  # fmt: skip
    """A photo, a paper or a link. The same press twice is one."""
    if known := nominee.pieces.filter(key=key).first():
        return known
    if criterion is not None and criterion.round_id != nominee.dossier.round_id:
        raise PermissionDenied
    piece = NomineePiece(
        nominee=nominee, key=key, added_at=now, added_by=by, criterion=criterion,
        title=" ".join(clean(title).split())[:160], url=web_link(url) if url else "",
    )  # fmt: skip
    return keep_piece(piece, upload, held=lambda: _held(nominee, by))


def keep_piece(
    piece: NomineePiece, upload: Any, *, held: Callable[[], Nominee]
) -> NomineePiece:  # fmt: skip
    """Keep a new piece; `held` gives the nominee, locked, or refuses. Two presses at once keep one."""
    data, ending = kept_file(upload, max_size=LARGEST) if upload else (b"", "")
    if not (data or piece.url):
        raise ValidationError("Hãy chọn tệp hoặc dán đường dẫn.")
    with transaction.atomic():
        row = held()
        if known := row.pieces.filter(key=piece.key).first():
            return known  # type: ignore[no-any-return]
        if row.pieces.filter(removed_at=None).count() >= MOST_PIECES:
            raise ValidationError(f"Mỗi người, tập thể giữ nhiều nhất {MOST_PIECES} minh chứng.")
        if data:
            piece.size = len(data)
            piece.file.save(f"{piece.key}{ending}", ContentFile(data), save=False)
        piece.save()
    return piece


def remove_piece(piece: NomineePiece, *, by: Any, now: datetime) -> None:
    """Taken away: the row tells that it was there, the file is gone."""
    with transaction.atomic():
        _held(piece.nominee, by)
        _forget(piece.file)
        piece.file, piece.url, piece.title, piece.removed_at = "", "", "", now
        piece.save()


def _forget(file: Any) -> None:
    if file:
        stored, name = file.storage, str(file.name)
        transaction.on_commit(lambda: stored.delete(name))
