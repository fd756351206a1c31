"""Letters to those who hold a role in a unit."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from campaign.units.models import Membership
from outbox.services import queue_letter


def write_to_holders(
    unit: int, roles: Collection[str], *, template: str, subject: str, context: dict[str, Any],
    key: str, now: datetime,
) -> None:  # fmt: skip
    """One letter to each who holds one of `roles` at `unit` today and has an address; once for each `key`."""
    posts = Membership.objects.active(timezone.localtime(now).date()).filter(
        unit=unit, role__in=roles
    )
    users = User.objects.filter(pk__in=posts.values("user"), is_active=True).exclude(email="")
    for user in users.order_by("pk"):
        queue_letter(
            to=user.email, subject=subject, template=template,
            context={"name": user.get_full_name() or user.username, **context},
            key=f"{key}-{user.pk}", now=now,
        )  # fmt: skip
