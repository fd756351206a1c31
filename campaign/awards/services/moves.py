"""The one door for a proposal's state. Each move is a row; each that leaves the unit's hands is frozen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from campaign.awards.choices import WRITES, ConfirmedBy, DossierState, NomineeState, Subject
from campaign.awards.models import (
    Confirmation,
    Dossier,
    DossierEvent,
    DossierRevision,
    Nominee,
    NomineePoint,
)
from campaign.awards.permissions import actors_of, days_problem, user_checks
from campaign.awards.queries import Review, dossier_rows, report_of, reviews_of
from campaign.awards.services.nominees import take_place
from campaign.awards.workflow import STAMPED, allowed_moves, move_named
from campaign.units.choices import Role
from campaign.units.services import write_to_holders
from core.frozen import checksum_of
from core.moves import Move
from core.templatetags.site_tags import absolute
from core.text import clean


class MoveRefused(Exception):
    """Why a move can't be made, in words."""


def sign_dossier(dossier: Dossier, *, by: Any, now: datetime) -> Dossier:
    """Signed off by the head, who by that confirms each nominee (plan SL 4.2.1.1, criterion 4).

    ValidationError with everything that is missing; what other units' proposals say is warned of, not held
    against this one.
    """
    with transaction.atomic():
        held = locked(dossier)
        move = _open(held, "sign", by, now)
        _refresh(held, now)
        reviews = reviews_of(held.round, held)
        problems = [] if held.merits.strip() else ["Chưa ghi thành tích nổi bật của đơn vị."]
        if not reviews:
            problems.append("Chưa đề nghị ai.")
        problems += [
            f"{one.nominee}: {said}" for one in reviews for said in own_problems(one)
        ]  # fmt: skip
        if problems:
            raise ValidationError(problems)
        today = timezone.localtime(now).date()
        name = by.get_full_name() or by.username
        # Whoever has the head's confirmation already keeps it.
        Confirmation.objects.bulk_create(
            [
                Confirmation(
                    nominee=one.nominee, by_whom=ConfirmedBy.UNIT, signatory=name,
                    office=held.unit.name, signed_on=today, added_at=now, added_by=by,
                )
                for one in reviews
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        held.signed_at, held.signed_by = now, by
        return _moved(held, move, by, now)


def own_problems(review: Review) -> list[str]:
    """What the unit itself has to mend before it signs: criteria and papers.

    The same person in another unit's proposal, or a class counted there, is for the office to settle.
    """
    found = [] if review.outcome.is_met else [review.outcome.problem]
    return found + [trap.said for trap in review.traps if trap.is_hard and trap.is_units]


def submit_dossier(
    dossier: Dossier, *, by: Any, now: datetime, prepared_by: str = ""
) -> Dossier:  # fmt: skip
    """Handed in. The first time decides whether it was in time."""
    with transaction.atomic():
        held = locked(dossier)
        move = _open(held, "submit", by, now)
        if by.is_shared and not (prepared_by or held.prepared_by).strip():
            raise ValidationError({"prepared_by": "Tài khoản dùng chung: hãy ghi tên người lập."})
        held.prepared_by = prepared_by.strip()[:120] or held.prepared_by
        held.submitted_at = now
        held.first_submitted_at = held.first_submitted_at or now
        held.opened_at = None
        held = _moved(held, move, by, now)
        _letters(held, held.round.owner_id, {Role.STANDING_OFFICE}, "dossier_submitted", now,
                 f"Đã nộp: {held}")  # fmt: skip
        return held


def reopen_dossier(dossier: Dossier, *, by: Any, now: datetime) -> Dossier:
    """Back to writing before it was handed in: the signature falls, and the head's confirmations with it."""
    with transaction.atomic():
        held = locked(dossier)
        return _unsigned(held, _open(held, "reopen", by, now), by, now)


def withdraw_dossier(dossier: Dossier, *, by: Any, now: datetime) -> Dossier:
    """Taken back by the unit, until the office has opened it."""
    with transaction.atomic():
        held = locked(dossier)
        return _unsigned(held, _open(held, "withdraw", by, now), by, now)


def return_dossier(
    dossier: Dossier,
    *,
    reason: str,
    points: Mapping[int, str] | None = None,
    by: Any,
    now: datetime,
) -> Dossier:
    """Given back as a whole, or nominee by nominee (`points`: key of the nominee, what is missing).

    Whoever is not named has passed and is not written anew. ValidationError without any word.
    """
    told = {pk: clean(said).strip()[:1000] for pk, said in (points or {}).items() if said.strip()}
    said = clean(reason).strip()
    if not said and not told:
        raise ValidationError({"reason": "Hãy ghi cần bổ sung gì: chung, hoặc ở từng người."})
    with transaction.atomic():
        held = locked(dossier)
        move = _open(held, "return", by, now)
        rows = {row.pk: row for row in held.nominees.exclude(state=NomineeState.WITHDRAWN)}
        if not set(told) <= set(rows):
            raise PermissionDenied
        named = set(told) if told else set(rows)
        for pk, row in rows.items():
            row.state = NomineeState.RETURNED if pk in named else NomineeState.PASSED
        Nominee.objects.bulk_update(rows.values(), ["state"])
        held = _unsigned(held, move, by, now, said)
        event = held.events.latest("pk")
        NomineePoint.objects.bulk_create(
            [NomineePoint(event=event, nominee_id=pk, reason=words) for pk, words in told.items()]
        )
        _tell_unit(held, event, now)
        return held


def ready_dossier(dossier: Dossier, *, by: Any, now: datetime) -> Dossier:
    """Checked and whole: ready for the council. ValidationError with every trap that is still open."""
    with transaction.atomic():
        held = locked(dossier)
        move = _open(held, "ready", by, now)
        problems = [
            f"{one.nominee}: {said}" for one in reviews_of(held.round, held) for said in one.hard
        ]
        if problems:
            raise ValidationError(problems)
        held.nominees.exclude(state=NomineeState.WITHDRAWN).update(state=NomineeState.PASSED)
        held = _moved(held, move, by, now)
        _tell_unit(held, held.events.latest("pk"), now)
        return held


def open_received(dossier: Dossier, *, by: Any, now: datetime) -> None:
    """The office looks at it: from now on it is not taken back."""
    if dossier.state != DossierState.SUBMITTED or dossier.opened_at or not user_checks(by, dossier):
        return
    with transaction.atomic():
        held = locked(dossier)
        if held.state == DossierState.SUBMITTED and held.opened_at is None:
            Dossier.objects.filter(pk=held.pk).update(opened_at=now)
    dossier.opened_at = now


def locked(dossier: Dossier) -> Dossier:
    """The row as it is now, held until the transaction ends."""
    return dossier_rows().select_for_update(of=("self",)).get(pk=dossier.pk)


def _open(held: Dossier, name: str, by: Any, now: datetime) -> Move:
    """The move, when `by` may make it now: PermissionDenied by part, MoveRefused by state or day."""
    move = move_named(name)
    actors = actors_of(by, held)
    if not move.actors & actors:
        raise PermissionDenied
    if move not in allowed_moves(held.state, actors, is_opened=held.opened_at is not None):
        if name == "withdraw" and held.opened_at:
            raise MoveRefused("Thường trực đã mở hồ sơ: hãy nhờ thường trực trả lại.")
        state = DossierState(held.state).label.lower()
        raise MoveRefused(f"Hồ sơ {state}: không “{move.label.lower()}” được nữa.")
    if name in ("sign", "submit") and (problem := days_problem(held, now)):
        raise MoveRefused(problem)
    return move


def _refresh(held: Dossier, now: datetime) -> None:
    """Name, class and size as the roster says on the day of signing; from then on they stay."""
    held.nominees.filter(state=NomineeState.RETURNED).update(state=NomineeState.PROPOSED)
    rows = held.nominees.exclude(state=NomineeState.WITHDRAWN).select_related(
        "person__unit", "home"
    )
    for row in rows:
        if row.person:
            row.full_name, row.code = row.person.full_name, row.person.code
            take_place(row, row.person.unit, now)
            row.save()
        elif row.subject == Subject.STUDENT and row.home:
            take_place(row, row.home, now)
            row.save()


def _unsigned(held: Dossier, move: Move, by: Any, now: datetime, note: str = "") -> Dossier:
    Confirmation.objects.filter(nominee__dossier=held, by_whom=ConfirmedBy.UNIT).delete()
    # The signed paper says what may now be written anew.
    held.signed_proposals.current().update(replaced_at=now)
    held.signed_at = held.signed_by = None
    return _moved(held, move, by, now, note)


def _moved(held: Dossier, move: Move, by: Any, now: datetime, note: str = "") -> Dossier:
    before, held.state = held.state, DossierState(move.target)
    held.changed_at = now
    held.version += 1
    held.save()
    event = DossierEvent.objects.create(
        dossier=held, at=now, by=by, prepared_by=held.prepared_by if by.is_shared else "",
        move=move.name, from_state=before, to_state=held.state, note=note,
    )  # fmt: skip
    if move.name in STAMPED:
        freeze(held, event)
    return held


def freeze(held: Dossier, event: DossierEvent) -> DossierRevision:
    """The proposal as it says now, with a checksum of exactly that."""
    content = content_of(held)
    return DossierRevision.objects.create(
        dossier=held, event=event, number=held.revisions.count() + 1, content=content,
        checksum=checksum_of(content),
    )  # fmt: skip


def content_of(held: Dossier) -> dict[str, Any]:
    """All that the proposal says, as plain data that stays readable whatever becomes of its rows."""
    return {
        "round": held.round.title,
        "unit": held.unit.name,
        "merits": held.merits,
        "nominees": [_told(one) for one in reviews_of(held.round, held)],
    }


def _told(review: Review) -> dict[str, Any]:
    row, report = review.nominee, report_of(review.nominee)
    skipped = ("nominee", "version")
    return {
        "key": row.pk, "subject": row.subject, "name": row.full_name, "code": row.code,
        "home": row.home_name, "faculty": row.faculty_name, "class_size": row.class_size,
        "size_as_of": row.size_as_of.isoformat() if row.size_as_of else None,
        "award_form": row.award_form,
        "report": {
            field.name: _plain(getattr(report, field.name))
            for field in (report._meta.fields if report else ())
            if field.name not in skipped
        },
        "claims": {str(one.criterion.number): one.text for one in row.claims.all()},
        "findings": [
            [one.criterion.number, one.answer, one.value] for one in review.outcome.findings
        ],
        "quota": review.place.said if review.place else "",
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _tell_unit(held: Dossier, event: DossierEvent, now: datetime) -> None:
    """A letter to those who write it and sign it."""
    subject = f"{held.get_state_display()}: {held}"
    _letters(held, held.unit_id, WRITES, "dossier_answered", now, subject, event=event)


def _letters(
    held: Dossier, unit: int, roles: Any, template: str, now: datetime, subject: str, **context: Any
) -> None:
    context |= {"dossier": held, "link": absolute(held.get_absolute_url())}
    write_to_holders(
        unit, roles, template=template, subject=subject, context=context,
        key=f"{template}-{held.pk}-{held.version}", now=now,
    )  # fmt: skip
