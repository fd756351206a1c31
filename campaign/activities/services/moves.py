"""The one door for an activity's state: sent, withdrawn, confirmed, given or taken back; each a row."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from campaign.activities.choices import DECIDES, ActivityState, Actor, DoubtState
from campaign.activities.models import Activity, ActivityEvent, Inspection, Suspicion
from campaign.activities.permissions import actors_of, deciding, user_can_inspect
from campaign.activities.queries import told, verdict_on
from campaign.activities.rules import decider
from campaign.activities.services.doubts import look_for_same_class
from campaign.activities.services.stories import take_stories_down
from campaign.activities.services.totals import count_in, count_out
from campaign.activities.workflow import Move, allowed_moves, move_named
from campaign.units.choices import LinePurpose
from campaign.units.models import Membership, Unit
from campaign.units.queries import recipient_of

NOBODY = "Chưa có ai xác nhận được cho đơn vị này: hãy báo Thường trực phong trào giao vai trò trưởng đơn vị."


class MoveRefused(Exception):
    """Why a move can't be made, in words."""


def send_activity(activity: Activity, *, by: Any, now: datetime, prepared_by: str = "") -> Activity:
    """To whom it is to confirm. ValidationError, by field, while something is missing or wrong."""
    with transaction.atomic():
        activity = locked(activity)
        move = _open(activity, "send", by)
        if by.is_shared and not (prepared_by or activity.prepared_by).strip():
            raise ValidationError({"prepared_by": "Tài khoản dùng chung: hãy ghi tên người lập."})
        verdict = verdict_on(told(activity), timezone.localtime(now).date())
        if verdict.problems:
            raise ValidationError(verdict.problems)
        activity.confirming_unit = _where_to(activity, by, timezone.localtime(now).date())
        activity.sent_at, activity.sent_by = now, by
        activity.prepared_by = prepared_by.strip() or activity.prepared_by
        look_for_same_class(activity, now)
        return _moved(activity, move, by, now)


def _where_to(activity: Activity, by: Any, today: date) -> Unit:
    """The unit whose head decides: that of the line, or the next above it with somebody else to decide."""
    first = recipient_of(activity.unit, LinePurpose.CONFIRM, day=today) or activity.unit
    above = list(first.get_ancestors().order_by("-path"))
    # A school's entries are decided within the school.
    limit = activity.institution.path
    units = [first, *(unit for unit in above if unit.path.startswith(limit))]
    held = Membership.objects.active(today).filter(
        unit__in=units, role__in=DECIDES, user__is_active=True, user__is_shared=False
    )
    users: dict[int, set[int]] = {}
    for unit, user in held.values_list("unit_id", "user_id"):
        users.setdefault(unit, set()).add(user)
    found = decider([unit.pk for unit in units], users, {activity.author_id, by.pk})
    if found is None:
        raise ValidationError({"": NOBODY})
    return next(unit for unit in units if unit.pk == found)


def withdraw_activity(activity: Activity, *, by: Any, now: datetime) -> Activity:
    """Back to its author, while nobody has decided."""
    with transaction.atomic():
        activity = locked(activity)
        return _moved(activity, _open(activity, "withdraw", by), by, now)


def confirm_activity(activity: Activity, *, by: Any, now: datetime) -> Activity:
    """It counts from now on. Never by its author; never where it was found to be another record's double."""
    with transaction.atomic():
        activity = locked(activity)
        move = _open(activity, "confirm", by)
        if double_of(activity) is not None:
            raise MoveRefused("Hoạt động này đã được kết luận là ghi trùng: không xác nhận được.")
        verdict = verdict_on(told(activity), timezone.localtime(now).date())
        if verdict.problems:
            raise MoveRefused(next(iter(verdict.problems.values())))
        activity.confirmed_at, activity.confirmed_by = now, by
        activity = _moved(activity, move, by, now)
        count_in(activity)
        return activity


def return_activity(activity: Activity, *, reason: str, by: Any, now: datetime) -> Activity:
    """Back to its author with a reason."""
    with transaction.atomic():
        activity = locked(activity)
        return _moved(activity, _open(activity, "return", by), by, now, reason)


def unconfirm_activity(activity: Activity, *, reason: str, by: Any, now: datetime) -> Activity:
    """The standing office takes a confirmation back: from now on it does not count."""
    with transaction.atomic():
        activity = locked(activity)
        move = _open(activity, "unconfirm", by)
        count_out(activity)
        take_stories_down(activity, by=by)
        activity.confirmed_at, activity.confirmed_by = None, None
        return _moved(activity, move, by, now, reason)


def inspect_activity(
    activity: Activity, *, findings: str, follow_up_on: date | None, by: Any, now: datetime
) -> Inspection:
    """What the standing office found, and when it looks again."""
    if not user_can_inspect(by, activity):
        raise PermissionDenied
    if follow_up_on and follow_up_on < timezone.localtime(now).date():
        raise ValidationError({"follow_up_on": "Ngày xem lại đã qua."})
    return Inspection.objects.create(
        activity=activity, at=now, by=by, findings=findings.strip(), follow_up_on=follow_up_on
    )


def settle_inspection(inspection: Inspection, *, by: Any, now: datetime) -> None:
    """Looked at again: nothing is open any more."""
    if not user_can_inspect(by, inspection.activity):
        raise PermissionDenied
    Inspection.objects.filter(pk=inspection.pk, settled_at=None).update(settled_at=now)


def double_of(activity: Activity) -> Suspicion | None:
    """The conclusion that this record is another's double, or None."""
    rows = Suspicion.objects.filter(state=DoubtState.SAME).exclude(kept=activity)
    return (rows.filter(one=activity) | rows.filter(other=activity)).first()


def locked(activity: Activity) -> Activity:
    """The row as it is now, held until the transaction ends."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related(
        "kind", "unit", "institution", "confirming_unit"
    )
    return rows.get(pk=activity.pk)


def _open(activity: Activity, name: str, by: Any) -> Move:
    """The move, when `by` may make it now: PermissionDenied by part, MoveRefused by state."""
    move = move_named(name)
    asked = activity.state in move.sources and move.actor == Actor.CONFIRMER
    if asked and (problem := deciding(by, activity)):
        raise MoveRefused(problem)
    actors = actors_of(by, activity)
    if move.actor not in actors:
        raise PermissionDenied
    if move not in allowed_moves(activity.state, actors):
        state = ActivityState(activity.state).label.lower()
        raise MoveRefused(f"Hoạt động này {state}: không “{move.label.lower()}” được nữa.")
    return move


def _moved(activity: Activity, move: Move, by: Any, now: datetime, note: str = "") -> Activity:
    before, activity.state = activity.state, ActivityState(move.target)
    activity.changed_at = now
    activity.version += 1
    activity.save()
    ActivityEvent.objects.create(
        activity=activity, at=now, by=by, prepared_by=activity.prepared_by if by.is_shared else "",
        move=move.name, from_state=before, to_state=activity.state, note=note.strip(),
    )  # fmt: skip
    return activity
