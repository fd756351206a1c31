"""The one door for the state of a list of the first tier. Each move is a row; what is sent is frozen."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from campaign.awards.choices import WRITES
from campaign.awards.models import RecognitionEvent, RecognitionList, RecognitionRevision
from campaign.awards.recognition_choices import RecognitionState
from campaign.awards.recognition_permissions import parts_of, user_decides_list
from campaign.awards.recognition_queries import entry_rows
from campaign.awards.recognition_workflow import (
    FROZEN_AT,
    recognition_move,
    recognition_moves,
)
from campaign.awards.services.moves import MoveRefused
from campaign.awards.services.recognition import locked_list
from campaign.awards.services.recognition_entries import refresh_entries
from campaign.units.choices import Role
from campaign.units.services import write_to_holders
from core.frozen import checksum_of
from core.moves import Move
from core.templatetags.site_tags import absolute
from core.text import clean, words


def send_list(listing: RecognitionList, *, by: Any, now: datetime) -> RecognitionList:
    """Straight to the leader. ValidationError with everything that is missing."""
    with transaction.atomic():
        held = locked_list(listing)
        move = _open(held, "send", by)
        problems = sending_problems(held)
        if problems:
            raise ValidationError(problems)
        refresh_entries(held)
        held.unit_name = held.unit.name
        held.sent_at, held.sent_by, held.opened_at = now, by, None
        held = _moved(held, move, by, now)
        _letters(held, {held.institution_id: {Role.LEADER}}, "recognition_sent", now,
                 f"Trình: {held} ({held.of_whom})")  # fmt: skip
        return held


def sending_problems(listing: RecognitionList) -> list[str]:
    """What is missing before a list may be sent."""
    problems = [] if words(listing.ground) else ["Chưa ghi căn cứ."]
    if not listing.entries.exists():
        problems.append("Danh sách chưa có ai.")
    return problems


def withdraw_list(listing: RecognitionList, *, by: Any, now: datetime) -> RecognitionList:
    """Taken back by the unit, until the leader has opened it."""
    with transaction.atomic():
        held = locked_list(listing)
        move = _open(held, "withdraw", by)
        held.sent_at = held.sent_by = held.opened_at = None
        return _moved(held, move, by, now)


def recognise_list(
    listing: RecognitionList, *, number: str, day: date, by: Any, now: datetime
) -> RecognitionList:
    """Recognised and praised as a whole, by a decision with its number and day."""
    told = " ".join(clean(number).split())[:60]
    problems = {}
    if not words(told):
        problems["number"] = "Hãy ghi số quyết định."
    if day > timezone.localtime(now).date():
        problems["day"] = "Ngày quyết định không được sau hôm nay."
    if problems:
        raise ValidationError(problems)
    with transaction.atomic():
        held = locked_list(listing)
        move = _open(held, "recognise", by)
        held.decided_at, held.decided_by = now, by
        held.decision_number, held.decision_on = told, day
        held = _moved(held, move, by, now)
        _tell_unit(held, now)
        return held


def return_list(
    listing: RecognitionList, *, reason: str, by: Any, now: datetime
) -> RecognitionList:  # fmt: skip
    """Given back with a reason. ValidationError without any word."""
    said = clean(reason).strip()
    if not words(said):
        raise ValidationError({"reason": "Hãy ghi cần bổ sung, sửa gì."})
    with transaction.atomic():
        held = locked_list(listing)
        held = _moved(held, _open(held, "return", by), by, now, said)
        _tell_unit(held, now)
        return held


def open_sent_list(listing: RecognitionList, *, by: Any, now: datetime) -> None:
    """The leader looks at it: from now on it is not taken back."""
    if listing.state != RecognitionState.SENT or listing.opened_at:
        return
    if not user_decides_list(by, listing):
        return
    with transaction.atomic():
        held = locked_list(listing)
        if held.state == RecognitionState.SENT and held.opened_at is None:
            RecognitionList.objects.filter(pk=held.pk).update(opened_at=now)
    listing.opened_at = now


def _open(held: RecognitionList, name: str, by: Any) -> Move:
    """The move, when `by` may make it now: PermissionDenied by part, MoveRefused by state."""
    move = recognition_move(name)
    parts = parts_of(by, held)
    if not move.actors & parts:
        raise PermissionDenied
    if move not in recognition_moves(held.state, parts, is_opened=held.opened_at is not None):
        if name == "withdraw" and held.opened_at and held.state == RecognitionState.SENT:
            raise MoveRefused("Lãnh đạo đã mở xem: hãy nhờ lãnh đạo trả lại.")
        state = RecognitionState(held.state).label.lower()
        raise MoveRefused(f"Danh sách {state}: không “{move.label.lower()}” được nữa.")
    return move


def _moved(
    held: RecognitionList, move: Move, by: Any, now: datetime, note: str = ""
) -> RecognitionList:
    before, held.state = held.state, RecognitionState(move.target)
    held.changed_at = now
    held.version += 1
    held.save()
    event = RecognitionEvent.objects.create(
        listing=held, at=now, by=by, move=move.name, from_state=before, to_state=held.state, note=note,
        prepared_by=held.prepared_by if by.is_shared else "",
    )  # fmt: skip
    if move.name in FROZEN_AT:
        freeze_list(held, event)
    return held


def freeze_list(held: RecognitionList, event: RecognitionEvent) -> RecognitionRevision:
    """The list as it says now, with a checksum of exactly that."""
    content = list_content(held)
    return RecognitionRevision.objects.create(
        listing=held, event=event, number=held.revisions.count() + 1, content=content,
        checksum=checksum_of(content),
    )  # fmt: skip


def list_content(held: RecognitionList) -> dict[str, Any]:
    """All that the list says, as plain data that stays readable whatever becomes of its rows."""
    return {
        "title": held.title,
        "unit": held.of_whom,
        "occasion": held.occasion,
        "school_year": held.year_name,
        "ground": held.ground,
        "round": held.round.title if held.round else "",
        "decision": [held.decision_number, held.decision_on.isoformat()] if held.decision_on else None,
        "entries": [
            {
                "key": row.pk, "name": row.full_name, "code": row.code, "place": row.place_name,
                "faculty": row.faculty_name, "merit": row.merit, "is_collective": row.is_collective,
            }
            for row in entry_rows(held)
        ],
    }  # fmt: skip


def _tell_unit(held: RecognitionList, now: datetime) -> None:
    """A letter to those who write it and send it."""
    roles = WRITES | {Role.STANDING_OFFICE} if held.is_of_school else WRITES
    event = held.events.latest("pk")
    subject = f"{held.get_state_display()}: {held}"
    _letters(held, {held.unit_id: roles}, "recognition_answered", now, subject, event=event)


def _letters(
    held: RecognitionList, to: dict[int, Any], template: str, now: datetime, subject: str, **context: Any
) -> None:  # fmt: skip
    context |= {"listing": held, "link": absolute(held.get_absolute_url())}
    for unit, roles in to.items():
        write_to_holders(
            unit, roles, template=template, subject=subject, context=context,
            key=f"{template}-{held.pk}-{held.version}", now=now,
        )  # fmt: skip
