"""Verbs on counts: count, and forget the day.

No address and no browser's name is stored or logged. What is kept for the rest of the day are digests
(HMAC-SHA256 under the day's own random salt and the secret key), different for each thing, so that nobody's
way through the site can be read from them. When the day is over they are deleted with the salt.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from counters.models import Crowd, DaySalt, MonthCount, Sighting
from counters.rules import PER_ADDRESS, month_of, network


@dataclass(frozen=True, slots=True)
class Look:
    """Who does what with which thing; lives as long as the request."""

    model: type[models.Model]
    pk: int
    act: str
    address: str
    agent: str


def count_look(look: Look, *, now: datetime) -> bool:
    """Add the look to its month's total; False when this visitor, or too many of this address, had theirs."""
    day = timezone.localtime(now).date()
    kind = ContentType.objects.get_for_model(look.model)
    salt = _salt_of(day)
    house = network(look.address)
    thing = f"{kind.pk}:{look.pk}:{look.act}"
    sighting = Sighting(
        day=day, content_type=kind, object_id=look.pk, act=look.act,
        visitor=_digest(salt, "visitor", thing, house, look.agent),
    )  # fmt: skip
    crowd = _digest(salt, "crowd", thing, house)
    # A reader who comes back costs a read; only a new one takes the write lock.
    if (
        _is_known(sighting)
        or Crowd.objects.filter(day=day, address=crowd, count__gte=PER_ADDRESS).exists()
    ):
        return False
    return _add(sighting, crowd)


def _is_known(sighting: Sighting) -> bool:
    same = {name: getattr(sighting, name) for name in ("day", "object_id", "act", "visitor")}
    return Sighting.objects.filter(content_type=sighting.content_type_id, **same).exists()


@transaction.atomic
def _add(sighting: Sighting, crowd: str) -> bool:
    # The constraint decides between two requests of one visitor at once, the row between many of one address.
    try:
        with transaction.atomic():
            sighting.save(force_insert=True)
    except IntegrityError:
        return False
    Crowd.objects.get_or_create(day=sighting.day, address=crowd)
    room = Crowd.objects.filter(day=sighting.day, address=crowd, count__lt=PER_ADDRESS)
    if not room.update(count=F("count") + 1):
        transaction.set_rollback(True)
        return False
    month: dict[str, Any] = {
        "content_type": sighting.content_type, "object_id": sighting.object_id,
        "act": sighting.act, "month": month_of(sighting.day),
    }  # fmt: skip
    MonthCount.objects.get_or_create(**month)
    MonthCount.objects.filter(**month).update(count=F("count") + 1)
    return True


def _salt_of(day: date) -> str:
    kept = DaySalt.objects.filter(day=day).first()
    if kept is None:
        kept, created = DaySalt.objects.get_or_create(
            day=day, defaults={"salt": secrets.token_hex(32)}
        )
        if created:
            forget_before(day)
    return kept.salt


def _digest(salt: str, *parts: str) -> str:
    return salted_hmac(f"counters:{salt}", "\n".join(parts), algorithm="sha256").hexdigest()


@transaction.atomic
def forget_before(day: date) -> int:
    """Destroy the salts of past days and all that was made with them; how many rows."""
    gone = 0
    for model in (DaySalt, Sighting, Crowd):
        # Past the signals, which would read every row first: there may be a hundred thousand.
        gone += model.objects.filter(day__lt=day)._raw_delete(using="default")  # type: ignore[attr-defined]
    return gone


def roll_counts(now: datetime) -> int:
    """Forget what belongs to days that are over; how many rows. Doing it again changes nothing."""
    return forget_before(timezone.localtime(now).date())
