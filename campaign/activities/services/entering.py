"""Verbs on what is written: begun, saved as typed, thrown away while nobody else has seen it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from campaign.activities.choices import ActivityState
from campaign.activities.models import (
    Activity,
    ActivityKind,
    MediaLink,
    Participant,
    Served,
    Story,
)
from campaign.activities.permissions import units_to_enter, user_can_edit
from campaign.activities.services.evidence import forget_files
from campaign.units.models import Person, Unit
from campaign.units.services import home_of

# What a form may write; states and who decides are none of it.
COLUMNS = frozenset(
    {"unit", "kind", "programme", "title", "starts_on", "ends_on", "starts_at", "ends_at", "commune",
     "place", "local_partner", "content", "result", "subject", "periods", "people_count", "people_na",
     "served_count", "served_na", "why_many", "prepared_by"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A member who took part: somebody of the roster, or a name as typed."""

    person: Person | None = None
    name: str = ""
    task: str = ""
    served: int | None = None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A place where a product can be seen."""

    url: str
    title: str = ""
    views: int | None = None
    as_of: date | None = None


@dataclass(frozen=True)
class Entry:
    """What was typed and understood; None leaves that part as it is."""

    columns: dict[str, Any] = field(default_factory=dict)
    topics: Sequence[Any] | None = None
    hosts: Sequence[Unit] | None = None
    # People by group; None for a group that nobody counted.
    groups: dict[int, int | None] | None = None
    shares: Sequence[ShareRow] | None = None
    links: Sequence[LinkRow] | None = None


class Stale(Exception):
    """Somebody else has saved since; `now` is the record as it stands."""

    def __init__(self, now: Activity) -> None:
        super().__init__("Người khác vừa sửa hoạt động này.")
        self.now = now


def begin_activity(
    unit: Unit, kind: ActivityKind, entry: Entry, *, key: UUID, by: Any, now: datetime
) -> Activity:
    """A new draft. However often one form is sent, it is one record: the first."""
    if known := Activity.objects.filter(author=by, key=key).first():
        return known
    if not units_to_enter(by).filter(pk=unit.pk).exists():
        raise PermissionDenied
    try:
        with transaction.atomic():
            activity = Activity(
                unit=unit, institution=home_of(unit), kind=kind, author=by, key=key,
                created_at=now, changed_at=now,
            )  # fmt: skip
            _put(activity, entry, by)
            activity.save()
            _put_rows(activity, entry)
    except IntegrityError:
        known = Activity.objects.filter(author=by, key=key).first()
        if known is None:
            raise
        return known
    return activity


def save_activity(
    activity: Activity, entry: Entry, *, version: int, by: Any, now: datetime
) -> Activity:
    """What was typed, into a draft. Stale when somebody else has saved since `version`: nothing is written."""
    with transaction.atomic():
        held = Activity.objects.select_for_update().get(pk=activity.pk)
        if not user_can_edit(by, held):
            raise PermissionDenied
        if held.version != version:
            raise Stale(held)
        _put(held, entry, by)
        held.changed_at = now
        held.version += 1
        held.save()
        _put_rows(held, entry)
    return held


def _put(activity: Activity, entry: Entry, by: Any) -> None:
    for name, value in entry.columns.items():
        if name not in COLUMNS:
            raise PermissionDenied
        setattr(activity, name, value)
    if "unit" in entry.columns:
        if not units_to_enter(by).filter(pk=activity.unit_id).exists():
            raise ValidationError({"unit": "Bạn không ghi cho đơn vị này được."})
        activity.institution = home_of(activity.unit)
    # The half that was understood may not fit the half that is there already.
    if activity.ends_on and (activity.starts_on is None or activity.ends_on < activity.starts_on):
        activity.ends_on = None
    if activity.people_count is not None:
        activity.people_na = False
    if activity.served_count is not None:
        activity.served_na = False


def _put_rows(activity: Activity, entry: Entry) -> None:
    if entry.topics is not None:
        activity.topics.set(entry.topics)
    if entry.hosts is not None:
        activity.hosts.set(unit for unit in entry.hosts if unit.pk != activity.unit_id)
    if entry.groups is not None:
        activity.served.all().delete()
        Served.objects.bulk_create(
            Served(activity=activity, audience_id=group, count=count)
            for group, count in entry.groups.items()
        )
    if entry.shares is not None:
        _put_shares(activity, entry.shares)
    if entry.links is not None:
        activity.links.all().delete()
        MediaLink.objects.bulk_create(
            MediaLink(activity=activity, url=row.url, title=row.title, views=row.views,
                      as_of=row.as_of)
            for row in {row.url: row for row in entry.links}.values()
        )  # fmt: skip


def _put_shares(activity: Activity, shares: Sequence[ShareRow]) -> None:
    """The rows anew, in their order; somebody of another school's roster is none of ours."""
    if any(row.person and row.person.institution_id != activity.institution_id for row in shares):
        raise ValidationError({"shares": "Chỉ chọn người trong danh sách của trường."})
    activity.participants.all().delete()
    seen: set[int] = set()
    rows = []
    for order, row in enumerate(shares):
        if row.person is not None and row.person.pk in seen:
            raise ValidationError({"shares": f"{row.person.full_name} được ghi hai lần."})
        if row.person is not None:
            seen.add(row.person.pk)
        rows.append(
            Participant(
                activity=activity,
                person=row.person,
                name="" if row.person else row.name,
                task=row.task,
                served_count=row.served,
                order=order,
            )
        )
    Participant.objects.bulk_create(rows)


def discard_activity(activity: Activity, *, by: Any, now: datetime) -> None:
    """Throw a draft away: only its author, and only what was never sent."""
    with transaction.atomic():
        held = Activity.objects.select_for_update().get(pk=activity.pk)
        if by.pk != held.author_id:
            raise PermissionDenied
        if held.state != ActivityState.DRAFT or held.events.exists():
            raise ValidationError({"": "Hoạt động đã gửi thì không xóa: hãy để nguyên hoặc sửa."})
        if Story.objects.filter(activity=held).exists():
            raise ValidationError({"": "Đã gửi bài từ hoạt động này: không xóa được nữa."})
        forget_files(list(held.evidence.kept()), now)
        held.delete()
