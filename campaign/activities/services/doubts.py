"""Records that may be one: found when a photo comes in or an activity is sent; the standing office decides."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from campaign.activities.choices import ActivityState, Doubt, DoubtState
from campaign.activities.models import Activity, Band, Evidence, Suspicion
from campaign.activities.permissions import user_can_inspect
from campaign.activities.rules import LONGEST, Held, may_be_one
from core.text import fold
from files.photos import BITS, alike, bands_of

# More candidates than this share a band only by chance.
MOST_CANDIDATES = 500
_HIGH = 1 << (BITS - 1)


def signed(likeness: int) -> int:
    """64 bits as the database keeps them."""
    return likeness - (1 << BITS) if likeness & _HIGH else likeness


def unsigned(stored: int) -> int:
    """And back."""
    return stored % (1 << BITS)


def remember_likeness(evidence: Evidence, likeness: int | None, now: datetime) -> list[Suspicion]:
    """Index a photo, and name the activities of the school that have a copy of it."""
    if likeness is None:
        return []
    school = evidence.activity.institution_id
    found = _copies(school, likeness, besides=evidence.activity_id)
    Band.objects.bulk_create(
        Band(evidence=evidence, institution_id=school, place=place, bits=bits)
        for place, bits in enumerate(bands_of(likeness))
    )
    return [
        _suspect(evidence.activity, other.activity, Doubt.PHOTO, now, evidence, other)
        for other in found
    ]


def _copies(school: int, likeness: int, *, besides: int) -> list[Evidence]:
    """One photo of each other activity that is alike. Two queries, both by index."""
    wanted = Q(pk__in=[])
    for place, bits in enumerate(bands_of(likeness)):
        wanted |= Q(place=place, bits=bits)
    near = Band.objects.filter(wanted, institution=school).values("evidence")
    rows = Evidence.objects.kept().filter(pk__in=near, likeness__isnull=False)
    rows = rows.exclude(activity=besides).select_related("activity").order_by("-pk")
    first: dict[int, Evidence] = {}
    for row in rows[:MOST_CANDIDATES]:
        if row.likeness is not None and alike(unsigned(row.likeness), likeness):
            first.setdefault(row.activity_id, row)
    return list(first.values())


def look_for_same_class(activity: Activity, now: datetime) -> list[Suspicion]:
    """Name the sent activities of the school that may be this one: same kind, days and place."""
    mine = _held(activity)
    if activity.starts_on is None or mine is None:
        return []
    last = activity.ends_on or activity.starts_on
    rows = Activity.objects.filter(
        institution=activity.institution_id,
        kind=activity.kind_id,
        starts_on__range=(activity.starts_on - LONGEST - timedelta(days=1), last),
    ).exclude(state=ActivityState.DRAFT).exclude(pk=activity.pk)  # fmt: skip
    return [
        _suspect(activity, other, Doubt.SAME_CLASS, now)
        for other in rows
        if (held := _held(other)) and may_be_one(mine, held)
    ]


def _held(activity: Activity) -> Held | None:
    if activity.starts_on is None:
        return None
    return Held(
        activity.starts_on, activity.ends_on, activity.starts_at, activity.ends_at,
        activity.commune_id, " ".join(fold(activity.place).split()),
    )  # fmt: skip


def _suspect(
    one: Activity,
    other: Activity,
    why: str,
    now: datetime,
    one_photo: Evidence | None = None,
    other_photo: Evidence | None = None,
) -> Suspicion:
    """The pair, once for each reason, the older first; what was decided stays decided."""
    if one.pk > other.pk:
        one, other, one_photo, other_photo = other, one, other_photo, one_photo
    row, _ = Suspicion.objects.get_or_create(
        one=one, other=other, why=why,
        defaults={
            "institution_id": one.institution_id, "seen_at": now,
            "one_photo": one_photo, "other_photo": other_photo,
        },
    )  # fmt: skip
    return row


def doubts_about(activity: Activity) -> list[Suspicion]:
    """Open ones in which the activity stands."""
    rows = Suspicion.objects.filter(Q(one=activity) | Q(other=activity), state=DoubtState.OPEN)
    return list(
        rows.select_related(
            "one__unit", "one__commune", "other__unit", "other__commune", "one_photo", "other_photo"
        )
    )


def say_different(doubt: Suspicion, *, note: str, by: Any, now: datetime) -> None:
    """Two activities after all."""
    _decide(doubt, DoubtState.DIFFERENT, None, note, by, now)


def say_same(doubt: Suspicion, *, keep: Activity, note: str, by: Any, now: datetime) -> None:
    """One activity, entered twice: `keep` counts, the other goes back to its author and is never confirmed.

    The other's confirmation is taken back in the same transaction, and its figures with it.
    """
    from campaign.activities.services.moves import locked, unconfirm_activity

    if keep.pk not in (doubt.one_id, doubt.other_id):
        raise ValidationError({"keep": "Hãy chọn một trong hai hoạt động."})
    with transaction.atomic():
        _decide(doubt, DoubtState.SAME, keep, note, by, now)
        double = locked(doubt.other if keep.pk == doubt.one_id else doubt.one)
        if double.state == ActivityState.CONFIRMED:
            reason = f"Ghi trùng với hoạt động số {keep.pk} của {keep.unit}. {note}".strip()
            unconfirm_activity(double, reason=reason, by=by, now=now)


def _decide(
    doubt: Suspicion, state: str, keep: Activity | None, note: str, by: Any, now: datetime
) -> None:
    if not (user_can_inspect(by, doubt.one) and user_can_inspect(by, doubt.other)):
        raise PermissionDenied
    changed = Suspicion.objects.filter(pk=doubt.pk, state=DoubtState.OPEN).update(
        state=state, kept=keep, note=note.strip()[:300], decided_by=by, decided_at=now
    )
    if not changed:
        raise ValidationError({"": "Việc này đã có kết luận: hãy mở lại trang."})
