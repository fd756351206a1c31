"""Verbs on requests about one's own data."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import Holiday
from core.private_links import make_reference, make_token
from core.workdays import months_before
from privacy.choices import CLOSED, RequestKind, RequestState
from privacy.models import DataRequest, DataRequestEvent, PrivacySettings
from privacy.rules import decision_due, extended_due, reply_due
from privacy.signals import request_moved
from privacy.workflow import OFFICE, SENDER, allowed_moves, move_named

KEEP_MONTHS = 24


class MoveRefused(Exception):
    """The move is not open any more; the message says why."""


def roles_of(user: Any) -> set[str]:
    """The roles of the workflow that a signed-in `user` has."""
    return {OFFICE} if user.has_perm("privacy.change_datarequest") else set()


def submit_request(
    *,
    kind: str,
    message: str,
    key: UUID,
    now: datetime,
    full_name: str = "",
    phone: str = "",
    email: str = "",
    for_child: bool = False,
    entered_by: Any = None,
    received_on: date | None = None,
) -> DataRequest:
    """Take a request in, with both its due days; the same `key` again gives the first one.

    `received_on`: the day it came by letter, from which the days of the law count, whenever it is typed in.
    """
    known = DataRequest.objects.filter(key=key).first()
    if known:
        return known
    today = timezone.localtime(now).date()
    day = received_on or today
    came = now if day == today else timezone.make_aware(datetime.combine(day, time()))
    processor = PrivacySettings.load().uses_processor
    request = DataRequest(
        kind=RequestKind(kind), message=message, full_name=full_name, phone=phone, email=email,
        for_child=for_child, entered_by=entered_by, key=key, received_at=came,
        reference=make_reference("DL"), token=make_token(),
        reply_due=reply_due(day, Holiday.objects.all().days()),
        due_on=decision_due(kind, day, with_processor=processor),
    )  # fmt: skip
    try:
        with transaction.atomic():
            request.save(force_insert=True)
            _note(request, "receive", "", by=entered_by, now=now)
    except IntegrityError:
        # The same form came twice at once: the other one has made it.
        known = DataRequest.objects.filter(key=key).first()
        if known is None:
            raise
        return known
    return request


def acknowledge(request: DataRequest, *, by: Any, now: datetime) -> DataRequest:
    """Say that the request has come; the private page shows it."""
    return _move(request, "acknowledge", by=by, now=now)


def assign(request: DataRequest, *, to: Any, by: Any, now: datetime) -> DataRequest:
    """Give the request to somebody of the office, who sees to it."""
    if not roles_of(to):
        raise MoveRefused("Người này không có quyền giải quyết yêu cầu về dữ liệu.")
    return _move(request, "assign", by=by, now=now, text=f"Giao cho {to.get_full_name()}", to=to)


def discard(request: DataRequest, *, by: Any, now: datetime) -> DataRequest:
    """No request at all, but spam; nobody is written to."""
    return _move(request, "discard", by=by, now=now)


def extend(request: DataRequest, *, reason: str, by: Any, now: datetime) -> DataRequest:
    """Put the due day off, once, with a reason that the person reads."""
    return _move(request, "extend", by=by, now=now, text=reason)


def complete(request: DataRequest, *, outcome: str, by: Any, now: datetime) -> DataRequest:
    """Done; `outcome` tells the person what was done."""
    return _move(request, "complete", by=by, now=now, text=outcome)


def refuse(request: DataRequest, *, reason: str, by: Any, now: datetime) -> DataRequest:
    """Not possible; the reason is told to the person."""
    return _move(request, "refuse", by=by, now=now, text=reason)


def withdraw_request(request: DataRequest, *, now: datetime) -> DataRequest:
    """The person, by the private link, takes the request back."""
    return _move(request, "withdraw", by=None, now=now)


@transaction.atomic
def _move(
    request: DataRequest, name: str, *, by: Any, now: datetime, text: str = "", to: Any = None
) -> DataRequest:
    request = DataRequest.objects.select_for_update().get(pk=request.pk)
    move = move_named(name)
    roles = {SENDER} if move.role == SENDER else roles_of(by)
    if not roles:
        raise PermissionDenied
    extended = request.extended_at is not None
    if move not in allowed_moves(request.state, roles, extended=extended):
        state = request.get_state_display().lower()
        raise MoveRefused(f"Yêu cầu này: {state}. Không “{move.label.lower()}” được nữa.")
    before = request.state
    if move.target:
        request.state = RequestState(move.target)
    _record(request, name, text, now)
    if to is not None:
        request.assigned_to = to
    request.save()
    _note(request, name, before, by=by, now=now, note=text)
    return request


def _record(request: DataRequest, name: str, text: str, now: datetime) -> None:
    """What a move leaves behind, apart from the state."""
    if name == "acknowledge" or (name in ("complete", "refuse") and not request.acknowledged_at):
        request.acknowledged_at = now
    if name == "extend":
        request.extended_at, request.extension_reason = now, text
        request.due_on = extended_due(request.kind, request.due_on)
    if name in ("complete", "refuse"):
        request.outcome = text
    if request.state in CLOSED:
        request.closed_at = now


def _note(
    request: DataRequest, move: str, before: str, *, by: Any, now: datetime, note: str = ""
) -> None:
    event = DataRequestEvent.objects.create(
        request=request, at=now, by=by, move=move, from_state=before, to_state=request.state,
        note=note[:500],
    )  # fmt: skip
    transaction.on_commit(
        lambda: request_moved.send(sender=DataRequest, request=request, event=event)
    )


def purge_requests(now: datetime) -> int:
    """Forget who asked what, long after it was settled; kind, days and outcome's kind stay as proof."""
    before = months_before(now, KEEP_MONTHS)
    old = DataRequest.objects.filter(closed_at__lt=before, purged_at__isnull=True)
    purged = 0
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            DataRequestEvent.objects.filter(request=pk).update(note="")
            purged += DataRequest.objects.filter(pk=pk).update(
                full_name="", phone="", email="", message="", outcome="", extension_reason="",
                token=make_token(), purged_at=now,
            )  # fmt: skip
    return purged
