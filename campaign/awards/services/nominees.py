"""Verbs on proposals and nominees: begun, taken in from the roster, by hand, as a collective, taken out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.awards.choices import (
    COLLECTIVE_KINDS,
    EDITABLE,
    DossierState,
    NomineeState,
    Subject,
)
from campaign.awards.figures import lessons_behind
from campaign.awards.models import AwardRound, Dossier, DossierEvent, Nominee
from campaign.awards.permissions import units_to_propose, user_can_edit, user_can_edit_nominee
from campaign.units.choices import PersonKind, UnitKind
from campaign.units.models import Person, Unit
from core.text import clean, words

MOST = 200
_FULL = f"Mỗi hồ sơ nhận nhiều nhất {MOST} người và tập thể."


@dataclass(frozen=True, slots=True)
class ByHand:
    """Somebody who is not in the roster, as typed: the check says so until he is."""

    subject: str
    full_name: str
    home: Unit
    code: str = ""


def begin_dossier(asked: AwardRound, unit: Unit, *, by: Any, now: datetime) -> Dossier:
    """The unit's proposal in this round: the one there is, or a new one."""
    if not units_to_propose(by, asked).filter(pk=unit.pk).exists():
        raise PermissionDenied
    if not asked.is_open:
        raise ValidationError("Đợt này chưa mở.")
    with transaction.atomic():
        dossier, created = Dossier.objects.get_or_create(
            round=asked, unit=unit, defaults={"made_at": now, "changed_at": now}
        )
        if created:
            DossierEvent.objects.create(
                dossier=dossier, at=now, by=by, move="begin", to_state=DossierState.DRAFT
            )  # fmt: skip
    return dossier


class Stale(Exception):
    """Somebody else has written meanwhile; nothing was changed."""


def save_merits(
    dossier: Dossier, *, merits: str, prepared_by: str = "", merits_version: int | None = None,
    by: Any, now: datetime,
) -> Dossier:  # fmt: skip
    """What the unit has done, in its own words (form 1). Stale where another wrote since `merits_version`."""
    with transaction.atomic():
        held = held_to_edit(dossier, by)
        if merits_version is not None and merits_version != held.merits_version:
            raise Stale
        held.merits = clean(merits).strip()[:10_000]
        held.merits_version += 1
        held.prepared_by = " ".join(clean(prepared_by).split())[:120]
        held.changed_at = now
        held.version += 1
        held.save(
            update_fields=["merits", "merits_version", "prepared_by", "changed_at", "version"]
        )
    return held


def held_to_edit(dossier: Dossier, by: Any) -> Dossier:
    """The row as it is now, held until the transaction ends; PermissionDenied where it isn't for `by`."""
    held = Dossier.objects.select_for_update(of=("self",)).select_related("round", "unit").get(
        pk=dossier.pk
    )  # fmt: skip
    if not user_can_edit(by, held):
        if held.state not in EDITABLE:
            raise ValidationError(
                "Hồ sơ đã ký hoặc đã nộp: muốn sửa, hãy mở lại hoặc rút về trước."
            )
        raise PermissionDenied
    return held


def nominate_people(
    dossier: Dossier, people: Iterable[Person], *, key: UUID, by: Any, now: datetime
) -> list[Nominee]:
    """Take in people of the school's roster; who is there already stays as he is. The rows, in their order."""
    with transaction.atomic():
        held = held_to_edit(dossier, by)
        there = {row.person_id: row for row in _standing(held) if row.person_id}
        found = []
        for person in people:
            if person.institution_id != held.round.owner_id:
                raise ValidationError(f"{person} không thuộc trường này.")
            if person.pk in there:
                found.append(there[person.pk])
                continue
            _must_hold(held, len(there))
            row = Nominee(
                dossier=held, person=person, key=uuid5(key, f"p{person.pk}"), added_at=now,
                added_by=by, full_name=person.full_name, code=person.code,
                subject=Subject.STUDENT if person.kind == PersonKind.STUDENT else Subject.STAFF,
            )  # fmt: skip
            take_place(row, person.unit, now)
            row.save()
            there[person.pk] = row
            found.append(row)
        _touch(held, now)
    return found


def nominate_by_hand(
    dossier: Dossier, told: ByHand, *, key: UUID, by: Any, now: datetime
) -> Nominee:
    """Take in a name that the roster does not know. The same press twice is one row."""
    name = " ".join(clean(told.full_name).split())
    if not words(name):
        raise ValidationError({"full_name": "Hãy ghi họ và tên."})
    if told.subject not in (Subject.STAFF, Subject.STUDENT):
        raise ValidationError({"subject": "Hãy chọn cán bộ hay học sinh, sinh viên."})
    with transaction.atomic():
        held = held_to_edit(dossier, by)
        if known := held.nominees.filter(key=key).first():
            return known
        if told.home.institution_id != held.round.owner_id:
            raise ValidationError({"home": "Lớp, đơn vị này không thuộc trường."})
        _must_hold(held, _standing(held).count())
        row = Nominee(
            dossier=held, key=key, added_at=now, added_by=by, full_name=name[:200],
            code=" ".join(clean(told.code).split())[:30], subject=told.subject,
        )  # fmt: skip
        take_place(row, told.home, now)
        row.save()
        _touch(held, now)
    return row


def nominate_collective(
    dossier: Dossier, unit: Unit, *, key: UUID, by: Any, now: datetime, home: Unit | None = None,
    reason: str = "",
) -> Nominee:  # fmt: skip
    """Take in an office, a class or a team. A team of several faculties is counted at one, with the reason."""
    subject = COLLECTIVE_KINDS.get(unit.kind)
    if subject is None:
        raise ValidationError({"unit": "Chỉ đề nghị được phòng, khoa, lớp hoặc đội."})
    try:
        with transaction.atomic():
            held = held_to_edit(dossier, by)
            if known := held.nominees.filter(key=key).first():
                return known
            if unit.institution_id != held.round.owner_id:
                raise ValidationError({"unit": "Tập thể này không thuộc trường."})
            _must_hold(held, _standing(held).count())
            faculty = faculty_of(unit)
            if subject == Subject.OFFICE:
                home = unit
            elif home is None:
                home = faculty
            if home is None:
                raise ValidationError(
                    {"home": "Đội không thuộc khoa nào: hãy chọn khoa để tính chỉ tiêu."}
                )
            if home != (unit if subject == Subject.OFFICE else faculty) and not reason.strip():
                raise ValidationError({"reason": "Hãy ghi vì sao tính chỉ tiêu ở khoa này."})
            row = Nominee.objects.create(
                dossier=held, subject=subject, unit=unit, home=home, key=key, added_at=now,
                home_reason=reason.strip()[:300], added_by=by, full_name=unit.name, code=unit.code,
                home_name=home.name, faculty_name=faculty.name if faculty else "",
                class_size=_size(unit, now)[0], size_as_of=_size(unit, now)[1],
            )  # fmt: skip
            _touch(held, now)
    except IntegrityError as twice:
        raise ValidationError({"unit": "Tập thể này đã có trong hồ sơ."}) from twice
    return row


def withdraw_nominee(nominee: Nominee, *, by: Any, now: datetime) -> None:
    """Take somebody out again; the row stays and tells that he was there."""
    with transaction.atomic():
        held = held_to_edit(nominee.dossier, by)
        row = Nominee.objects.select_for_update().get(pk=nominee.pk)
        row.dossier = held
        if row.state == NomineeState.WITHDRAWN:
            return
        if not user_can_edit_nominee(by, row):
            raise ValidationError("Người này đã đạt thẩm tra: muốn rút, hãy báo thường trực.")
        row.state = NomineeState.WITHDRAWN
        row.save(update_fields=["state"])
        row.invitations.filter(taken_at=None, withdrawn_at=None).update(withdrawn_at=now)
        _touch(held, now)


def choose_lessons(nominee: Nominee, counted: Iterable[int], *, by: Any, now: datetime) -> None:
    """Which skill classes a collective counts for itself (keys of activities); the others it leaves."""
    with transaction.atomic():
        held = held_to_edit(nominee.dossier, by)
        row = (
            Nominee.objects.select_for_update(of=("self",))
            .select_related("unit")
            .get(pk=nominee.pk)
        )
        row.dossier = held
        if row.is_individual or not user_can_edit_nominee(by, row):
            raise PermissionDenied
        kept = set(counted)
        theirs = lessons_behind(row).values_list("pk", flat=True)
        row.left_out.set([pk for pk in theirs if pk not in kept])
        _touch(held, now)


def take_place(row: Nominee, home: Unit, now: datetime) -> None:
    """Class or office, faculty and size as they are now, kept with the row."""
    faculty = faculty_of(home)
    row.home, row.home_name = home, home.name
    row.faculty_name = faculty.name if faculty else ""
    row.class_size, row.size_as_of = (None, None)
    if row.subject == Subject.STUDENT:
        row.class_size, row.size_as_of = _size(home, now)


def _size(unit: Unit, now: datetime) -> tuple[int | None, Any]:
    if unit.kind != UnitKind.STUDENT_CLASS:
        return None, None
    known = unit.enrolment_on(timezone.localtime(now).date())
    return (known.count, known.as_of) if known else (None, None)


def faculty_of(unit: Unit) -> Unit | None:
    """The faculty that a unit is, or stands in."""
    if unit.kind == UnitKind.FACULTY:
        return unit
    found: Unit | None = unit.get_ancestors().filter(kind=UnitKind.FACULTY).last()
    return found


def _standing(held: Dossier) -> Any:
    return held.nominees.exclude(state=NomineeState.WITHDRAWN)


def _must_hold(held: Dossier, number: int) -> None:
    if number >= MOST:
        raise ValidationError(_FULL)


def _touch(held: Dossier, now: datetime) -> None:
    held.changed_at = now
    held.version += 1
    held.save(update_fields=["changed_at", "version"])
