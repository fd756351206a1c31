"""One's own e-mail address: it counts once the letter sent there was answered."""

from datetime import datetime, timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.models import User
from core.templatetags.site_tags import absolute
from outbox.services import queue_letter

SALT = "accounts.address"
GOOD_FOR = timedelta(days=3)
TAKEN = "Địa chỉ này đã dùng cho tài khoản khác."


def ask_address(user: User, email: str, *, now: datetime) -> None:
    """Send a letter to `email` with a link that makes it the account's. ValidationError when it can't be."""
    if user.is_shared:
        raise ValidationError("Tài khoản dùng chung không có thư điện tử riêng.")
    if email.casefold() == user.email.casefold():
        raise ValidationError("Đây đang là địa chỉ của bạn.")
    if _taken(user, email):
        raise ValidationError(TAKEN)
    token = signing.dumps({"user": user.pk, "email": email, "state": _state(user)}, salt=SALT)
    queue_letter(
        to=email,
        subject="Xác nhận địa chỉ thư",
        template="address",
        context={
            "name": user.get_full_name(),
            "username": user.username,
            "link": absolute(reverse("accounts:confirm-address", args=[token])),
        },
        # The token changes with each second and address: the same letter twice in one second is one.
        key=f"address-{user.pk}-{salted_hmac(SALT, token).hexdigest()[:20]}",
        now=now,
        about=user.username[:60],
    )


def read_address(token: str) -> tuple[User, str] | None:
    """Whose link this is, and which address; None when forged, too old, or the account changed since."""
    try:
        said = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=said["user"], is_active=True).first()
    return (user, said["email"]) if user and said["state"] == _state(user) else None


def confirm_address(token: str) -> User | None:
    """Make the link's address the account's own; None when the link is good for nothing (any more)."""
    with transaction.atomic():
        found = read_address(token)
        if found is None:
            return None
        user, email = found
        # Lock: a link opened twice at once counts once.
        user = User.objects.select_for_update().get(pk=user.pk)
        if _taken(user, email):
            raise ValidationError(TAKEN)
        user.email = email
        user.save(update_fields=["email"])
    return user


def _taken(user: User, email: str) -> bool:
    return User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists()


def _state(user: User) -> str:
    """What the link stands on: another password or another address makes it void."""
    return salted_hmac(SALT, f"{user.pk}:{user.password}:{user.email}").hexdigest()[:20]
