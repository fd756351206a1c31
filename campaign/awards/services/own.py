"""Verbs of writing one's own report: asked, written, handed to the unit, taken in."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.awards.choices import EDITABLE
from campaign.awards.models import (
    AwardCriterion,
    Invitation,
    Nominee,
    NomineeConsent,
    NomineePiece,
    OwnClaim,
    OwnCollective,
    OwnIndividual,
)
from campaign.awards.permissions import user_can_edit_nominee
from campaign.awards.queries import report_of, side_of
from campaign.awards.services.nominees import Stale, held_to_edit
from campaign.awards.services.papers import keep_piece, put_words, save_report
from campaign.units.models import Person
from core.private_links import make_token
from core.text import clean
from files.keeping import web_link
from privacy.models import ConsentText

CLOSED = "Phần tự viết này đã đóng: đã gửi, đã được nhận, hoặc đã quá hạn. Hãy hỏi đơn vị đề nghị."


def invite(
    nominee: Nominee, *, until: date, writer: Person | None = None, by: Any, now: datetime
) -> Invitation:
    """Ask somebody to write his own report. Asked twice is asked once, with the later day."""
    today = timezone.localtime(now).date()
    if until < today:
        raise ValidationError({"until": "Ngày này đã qua."})
    try:
        with transaction.atomic():
            held = held_to_edit(nominee.dossier, by)
            row = Nominee.objects.select_for_update().get(pk=nominee.pk)
            row.dossier = held
            if not user_can_edit_nominee(by, row):
                raise PermissionDenied
            if row.is_individual:
                writer = row.person
            if writer is not None and writer.institution_id != held.round.owner_id:
                raise PermissionDenied
            if known := row.invitations.standing().first():  # type: ignore[attr-defined]
                known.until, known.writer = max(until, known.until), writer or known.writer
                known.save(update_fields=["until", "writer"])
                return known  # type: ignore[no-any-return]
            return Invitation.objects.create(
                nominee=row, writer=writer, token=make_token(), until=until, made_at=now, made_by=by
            )
    except IntegrityError:
        return Invitation.objects.standing().get(nominee=nominee)


def own_words(invitation: Invitation) -> Any:
    """What was written so far, as a record; one that is not saved yet where nothing was."""
    model: Any = OwnIndividual if invitation.nominee.is_individual else OwnCollective
    found = model.objects.filter(invitation=invitation).first()
    return found or model(invitation=invitation, version=0)


def _open_one(invitation: Invitation, now: datetime) -> Invitation:
    """The invitation, held; ValidationError where nothing is taken any more."""
    held = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("nominee__dossier__round")
        .get(pk=invitation.pk)
    )
    if (
        not held.is_open(timezone.localtime(now).date())
        or held.nominee.dossier.state not in EDITABLE
    ):
        raise ValidationError(CLOSED)
    return held


def save_own(
    invitation: Invitation, told: Mapping[str, Any], *, claims: Mapping[AwardCriterion, str],
    version: int, now: datetime,
) -> Invitation:  # fmt: skip
    """What the nominee has typed. Stale where another window has written since `version`."""
    with transaction.atomic():
        held = _open_one(invitation, now)
        words = own_words(held)
        if words.version != version:
            raise Stale
        put_words(words, told)
        for criterion, text in claims.items():
            said = clean(text).strip()[:1000]
            if said:
                OwnClaim.objects.update_or_create(
                    invitation=held, criterion=criterion, defaults={"text": said}
                )
            else:
                OwnClaim.objects.filter(invitation=held, criterion=criterion).delete()
    return held


def send_own(
    invitation: Invitation, *, consents: Iterable[ConsentText], given_by: str, now: datetime
) -> Invitation:
    """Handed to the unit, with what was agreed to. ValidationError where the form is not written yet."""
    with transaction.atomic():
        held = _open_one(invitation, now)
        if not own_words(held).is_written:
            raise ValidationError("Chưa ghi đủ phần bắt buộc.")
        today = timezone.localtime(now).date()
        for text in consents:
            NomineeConsent.objects.get_or_create(
                nominee=held.nominee, text=text, withdrawn_at=None,
                defaults={"given_by": " ".join(clean(given_by).split())[:120], "given_on": today,
                          "added_at": now},
            )  # fmt: skip
        held.sent_at = now
        held.save(update_fields=["sent_at"])
    return held


def bring_piece(
    invitation: Invitation, *, key: UUID, upload: Any = None, url: str = "", title: str = "",
    now: datetime,
) -> NomineePiece:  # fmt: skip
    """Evidence that the nominee brings himself."""
    piece = NomineePiece(
        nominee=invitation.nominee, key=key, added_at=now, title=" ".join(clean(title).split())[:160],
        url=web_link(url) if url else "",
    )  # fmt: skip

    def held() -> Nominee:
        _open_one(invitation, now)
        return Nominee.objects.select_for_update().get(pk=invitation.nominee_id)

    return keep_piece(piece, upload, held=held)


def take_in(invitation: Invitation, *, by: Any, now: datetime) -> Invitation:
    """The unit takes it in: it becomes the report that is handed in, over what stood there before."""
    with transaction.atomic():
        held = (
            Invitation.objects.select_for_update(of=("self",))
            .select_related("nominee__dossier__round", "nominee__dossier__unit")
            .get(pk=invitation.pk)
        )
        if held.taken_at:
            return held
        if not held.sent_at or held.withdrawn_at:
            raise ValidationError("Người viết chưa gửi.")
        words, report = own_words(held), report_of(held.nominee)
        skipped = ("invitation", "version")
        told = {
            field.name: getattr(words, field.name)
            for field in words._meta.fields
            if field.name not in skipped
        }
        save_report(
            held.nominee, told, claims={one.criterion: one.text for one in held.claims.all()},
            award_form="", version=report.version if report else 0, by=by, now=now,
        )  # fmt: skip
        held.taken_at, held.taken_by = now, by
        held.save(update_fields=["taken_at", "taken_by"])
    return held


def give_back(invitation: Invitation, *, until: date, by: Any, now: datetime) -> Invitation:
    """Asked to write on, until a new day."""
    if until < timezone.localtime(now).date():
        raise ValidationError({"until": "Ngày này đã qua."})
    with transaction.atomic():
        held = _to_edit(invitation, by)
        held.sent_at, held.until = None, until
        held.save(update_fields=["sent_at", "until"])
    return held


def call_off(invitation: Invitation, *, by: Any, now: datetime) -> None:
    """Not asked any more: the link leads nowhere, what was written so far is forgotten."""
    with transaction.atomic():
        held = _to_edit(invitation, by)
        held.withdrawn_at = now
        held.save(update_fields=["withdrawn_at"])
        OwnIndividual.objects.filter(invitation=held).delete()
        OwnCollective.objects.filter(invitation=held).delete()
        held.claims.all().delete()


def _to_edit(invitation: Invitation, by: Any) -> Invitation:
    held_to_edit(invitation.nominee.dossier, by)
    held: Invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if held.taken_at or held.withdrawn_at:
        raise ValidationError("Lời mời này đã xong.")
    return held


def judged_criteria(nominee: Nominee) -> list[AwardCriterion]:
    """The criteria for which words are asked: those that figures do not answer by themselves."""
    rows = nominee.dossier.round.criteria.filter(for_what=side_of(nominee)).order_by("number")
    return [row for row in rows if row.asks_words]
