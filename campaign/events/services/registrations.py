"""Verbs on places: offered, taken, changed, given back; who came.

The admission's row is held from the look at what is free until that is committed, so that of three hundred who
ask at once for the last hundred places exactly a hundred get one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.events.choices import Registers, RegistrationState
from campaign.events.models import Admission, Event, EventChange, Registration
from campaign.events.permissions import user_can_change, user_keeps_guests
from campaign.events.registration_rules import (
    capacity_problem,
    closing_moment,
    heads_problem,
    mail_key,
    registration_problem,
)
from core.cache import renew
from core.private_links import make_token
from core.templatetags.site_tags import absolute
from core.workdays import months_before
from outbox.services import queue_letter
from privacy.models import ConsentText
from privacy.services import record_consent

KEEP_MONTHS = 12
FORGOTTEN = "Đã xóa tên"
TWICE = "Địa chỉ thư hoặc số điện thoại này đã đăng ký sự kiện này rồi."


class Full(Exception):
    """No place is left for so many; the message says how many there are."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Who registers, as typed."""

    full_name: str
    phone: str = ""
    email: str = ""
    unit_name: str = ""
    heads: int = 1
    note: str = ""


def admit(
    event: Event,
    *,
    who: str,
    capacity: int | None,
    most: int,
    closes_at: datetime | None,
    is_open: bool = True,
    by: Any,
) -> Admission:
    """Offer places, or change how many. ValidationError by field: never fewer than are taken."""
    if not (user_can_change(by) or user_keeps_guests(by, event)):
        raise PermissionDenied
    with transaction.atomic():
        Admission.objects.get_or_create(event=event, defaults={"who": Registers(who)})
        held = Admission.objects.select_for_update().get(event=event)
        if problem := capacity_problem(capacity, held.taken):
            raise ValidationError({"capacity": problem})
        held.who, held.capacity, held.most = Registers(who), capacity, most
        held.closes_at, held.is_open = closes_at, is_open
        held.save()
        renew()
    return held


def closed(event: Event, admission: Admission, now: datetime) -> str | None:
    """Why nobody can register for `event` now, in words, or None."""
    zone = timezone.get_default_timezone()
    closes = closing_moment(admission.closes_at, event.starts_on, event.starts_at, zone)
    return registration_problem(event.state, closes, now, is_open=admission.is_open)


def register(
    event: Event,
    guest: Guest,
    *,
    consents: Iterable[ConsentText] = (),
    key: UUID,
    now: datetime,
) -> Registration:
    """Take places; the same `key` again gives the first registration.

    Raises Full where not enough is left, ValidationError by field for what can't be.
    """
    known = Registration.objects.filter(key=key).first()
    if known:
        return known
    try:
        with transaction.atomic():
            return _taken(event, guest, consents, key, now)
    except IntegrityError as twice:
        known = Registration.objects.filter(key=key).first()
        if known is None:
            raise ValidationError({"email" if guest.email else "phone": TWICE}) from twice
        return known


def _taken(
    event: Event, guest: Guest, consents: Iterable[ConsentText], key: UUID, now: datetime
) -> Registration:
    """Everything is written before the place is counted: the row all wait for is held for a moment only.

    Whoever finds no place then leaves nothing behind, since the transaction takes it all back.
    """
    if not (guest.phone or guest.email):
        raise ValidationError({"phone": "Hãy ghi điện thoại hoặc thư điện tử."})
    made = Registration.objects.create(
        event=event, key=key, token=make_token(), full_name=guest.full_name, phone=guest.phone,
        email=guest.email, mail_key=mail_key(guest.email), unit_name=guest.unit_name,
        heads=guest.heads, note=guest.note, created_at=now,
    )  # fmt: skip
    for text in consents:
        record_consent(text, record=made, full_name=made.full_name, now=now)
    _write(made, "registered", f"Đã có chỗ: {event.title}", f"registered-{made.pk}", now)
    held = _admission(event)
    if problem := closed(held.event, held, now):
        raise ValidationError(problem)
    _must_fit(held, guest.heads, held.left)
    held.taken += guest.heads
    held.save(update_fields=["taken"])
    renew()
    return made


def _admission(event: Event) -> Admission:
    rows = Admission.objects.select_for_update(of=("self",)).select_related("event")
    found = rows.filter(event=event.pk).first()
    if found is None:
        raise ValidationError("Sự kiện này không nhận đăng ký.")
    return found


def _must_fit(held: Admission, heads: int, free: int | None) -> None:
    problem = heads_problem(heads, held.most, free)
    if problem is None:
        return
    if free is not None and heads <= held.most and heads >= 1:
        raise Full(problem)
    raise ValidationError({"heads": problem})


def change_registration(
    registration: Registration, *, heads: int, note: str, now: datetime
) -> Registration:
    """Other numbers or words. Full and ValidationError as in `register`; what was cancelled stays so."""
    with transaction.atomic():
        held = _admission(registration.event)
        row = Registration.objects.select_for_update().get(pk=registration.pk)
        if row.state == RegistrationState.CANCELLED:
            raise ValidationError("Phiếu này đã hủy: muốn dự, hãy đăng ký lại.")
        if problem := closed(held.event, held, now):
            raise ValidationError(problem)
        _must_fit(held, heads, None if held.left is None else held.left + row.heads)
        held.taken += heads - row.heads
        held.save(update_fields=["taken"])
        row.heads, row.note = heads, note
        row.save(update_fields=["heads", "note"])
        renew()
    return row


def cancel_registration(registration: Registration, *, now: datetime) -> bool:
    """Give the places back; False when that was done before. Open until the event is over."""
    with transaction.atomic():
        held = _admission(registration.event)
        row = Registration.objects.select_for_update().get(pk=registration.pk)
        if row.state == RegistrationState.CANCELLED:
            return False
        row.state, row.cancelled_at = RegistrationState.CANCELLED, now
        row.save(update_fields=["state", "cancelled_at"])
        held.taken -= row.heads
        held.save(update_fields=["taken"])
        renew()
    return True


def note_came(event: Event, came: dict[int, int | None], *, by: Any) -> int:
    """How many of each registration came; how many rows. ValidationError by registration."""
    if not user_keeps_guests(by, event):
        raise PermissionDenied
    with transaction.atomic():
        rows = event.registrations.select_for_update().filter(
            pk__in=came, state=RegistrationState.CONFIRMED
        )
        found = list(rows)
        wrong = {
            str(row.pk): f"Đăng ký {row.heads} người."
            for row in found
            if (number := came[row.pk]) is not None and number > row.heads
        }
        if wrong:
            raise ValidationError(wrong)
        for row in found:
            row.came = came[row.pk]
        Registration.objects.bulk_update(found, ["came"])
    return len(found)


def tell_registered(change: EventChange, now: datetime) -> int:
    """A letter to each who has a place and an address, in the transaction of the change; how many."""
    rows = change.event.registrations.confirmed().exclude(email="")
    count = 0
    for row in rows:
        title = f"{change.event.get_state_display()}: {change.event.title}"
        _write(
            row, "registration_changed", title, f"registration-{row.pk}-{change.pk}", now, change
        )
        count += 1
    return count


def _write(
    row: Registration, template: str, subject: str, key: str, now: datetime,
    change: EventChange | None = None,
) -> None:  # fmt: skip
    if not row.email:
        return
    context = {
        "name": row.full_name, "event": row.event, "heads": row.heads, "change": change,
        "link": absolute(row.get_absolute_url()),
    }  # fmt: skip
    queue_letter(
        to=row.email, subject=subject, template=template, context=context, key=key, now=now
    )


def purge_registrations(now: datetime) -> int:
    """Forget who registered long ago; numbers stay. How many."""
    before = months_before(now, KEEP_MONTHS)
    old = Registration.objects.filter(purged_at=None, created_at__lt=before)
    old = old.exclude(event__starts_on__gte=timezone.localtime(before).date())
    return old.update(
        full_name=FORGOTTEN, unit_name="", phone="", email="", mail_key="", note="", purged_at=now
    )
