"""Verbs on lists of the first tier: begun, changed, thrown away."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from campaign.awards.models import AwardRound, RecognitionEvent, RecognitionList
from campaign.awards.recognition_choices import EDITABLE_LISTS, RecognitionState
from campaign.awards.recognition_permissions import units_to_praise, user_can_edit_list
from campaign.awards.recognition_queries import list_rows
from campaign.awards.services.papers import Stale
from campaign.units.models import Unit
from core.text import clean, words


@dataclass(frozen=True, slots=True)
class ListTold:
    """What a list says of itself, as typed."""

    title: str
    school_year: int
    occasion: str = ""
    ground: str = ""
    prepared_by: str = ""
    round: AwardRound | None = None


def begin_list(
    unit: Unit, told: ListTold, *, key: UUID, by: Any, now: datetime
) -> RecognitionList:  # fmt: skip
    """A new list of a unit. The same form again gives the same one."""
    if not units_to_praise(by).filter(pk=unit.pk).exists():
        raise PermissionDenied
    known = _mended(told, unit.institution_id)
    with transaction.atomic():
        made, created = RecognitionList.objects.get_or_create(
            unit=unit, key=key,
            defaults={**known, "institution_id": unit.institution_id, "made_at": now, "made_by": by,
                      "changed_at": now},
        )  # fmt: skip
        if created:
            RecognitionEvent.objects.create(
                listing=made, at=now, by=by, move="begin", to_state=RecognitionState.DRAFT,
                prepared_by=known["prepared_by"] if by.is_shared else "",
            )  # fmt: skip
    return made


def change_list(
    listing: RecognitionList, told: ListTold, *, version: int, by: Any, now: datetime
) -> RecognitionList:
    """Other words about the list. Stale where somebody else has changed it since `version`."""
    with transaction.atomic():
        held = held_list(listing, by)
        if held.version != version:
            raise Stale
        for name, value in _mended(told, held.institution_id).items():
            setattr(held, name, value)
        touch(held, now)
        held.save()
    return held


def _mended(told: ListTold, school: int | None) -> dict[str, Any]:
    known: dict[str, Any] = {
        name: " ".join(clean(getattr(told, name)).split())
        for name in ("title", "occasion", "prepared_by")
    }
    if not words(known["title"]):
        raise ValidationError({"title": "Hãy ghi tên danh sách."})
    if told.round is not None and told.round.owner_id != school:
        raise ValidationError({"round": "Đợt khen thưởng này không thuộc trường."})
    ground = clean(told.ground).strip()
    return {**known, "ground": ground, "school_year": told.school_year, "round": told.round}


def discard_list(listing: RecognitionList, *, by: Any) -> None:
    """Throw away a draft that was never sent."""
    with transaction.atomic():
        held = held_list(listing, by)
        if held.events.filter(move="send").exists():
            raise ValidationError("Danh sách này đã từng được trình: không bỏ được nữa.")
        held.delete()


def held_list(listing: RecognitionList, by: Any) -> RecognitionList:
    """The row as it is now, held until the transaction ends; PermissionDenied where it isn't for `by`."""
    held = locked_list(listing)
    if not user_can_edit_list(by, held):
        if held.state not in EDITABLE_LISTS:
            raise ValidationError("Danh sách đã trình hoặc đã được công nhận: không sửa được nữa.")
        raise PermissionDenied
    return held


def locked_list(listing: RecognitionList) -> RecognitionList:
    """The row as it is now, held until the transaction ends."""
    return list_rows().select_for_update(of=("self",)).get(pk=listing.pk)


def touch(held: RecognitionList, now: datetime) -> None:
    """Changed now; the caller saves."""
    held.changed_at = now
    held.version += 1
