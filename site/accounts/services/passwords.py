"""Verbs on passwords: slips on paper, links by letter, and the choice of one's own."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from accounts.models import Slip, User
from accounts.slips import PrintedSlip, expires_at, make_code, read_code
from core.templatetags.site_tags import absolute
from outbox.services import queue_letter


class PasswordChosenElsewhere(Exception):
    """Somebody else with the same slip or link was faster."""


def issue_slips(users: Sequence[User], *, by: User | None, now: datetime) -> list[PrintedSlip]:
    """New one-time codes for `users`, in their order; the codes are in the answer and nowhere else.

    A new slip makes the older one void. It is a reset: the old password stops to work and open sessions end,
    or whoever knows the lost password would stay inside. Inactive accounts are refused with ValidationError.
    The same few queries for one as for a class; no slow password hash, since a code has 50 bits of its own.
    """
    if any(not user.is_active for user in users):
        raise ValidationError("Có tài khoản đã ngừng hoạt động: không in phiếu được.")
    codes = {user.pk: make_code() for user in users}
    with transaction.atomic():
        # Lock: of two sheets printed at once one is void as a whole, person by person.
        rows = list(User.objects.select_for_update().filter(pk__in=codes).order_by("pk"))
        for user in rows:
            user.password, user.must_choose_password = make_password(None), True
        User.objects.bulk_update(rows, ["password", "must_choose_password"], batch_size=500)
        Slip.objects.filter(user__in=codes, used_at=None).delete()
        Slip.objects.bulk_create(
            [
                Slip(
                    user=user, digest=_digest(user, codes[user.pk]), issued_by=by, issued_at=now,
                    expires_at=expires_at(now),
                )
                for user in rows
            ],
            batch_size=500,
        )  # fmt: skip
    last = timezone.localtime(expires_at(now)).date()
    return [
        PrintedSlip(user.pk, user.get_full_name(), user.username, codes[user.pk], last)
        for user in users
    ]


def user_of_slip(username: str, typed: str, *, now: datetime) -> User | None:
    """Whom an open slip belongs to, when name and code are right; it stays open until a password is chosen.

    A telephone that loses its line after signing in must not shut its owner out.
    """
    code = read_code(typed)
    if code is None:
        return None
    slip = (
        Slip.objects.select_related("user")
        .filter(user__username__iexact=username, used_at=None, expires_at__gt=now)
        .first()
    )
    if slip is None or not constant_time_compare(slip.digest, _digest(slip.user, code)):
        return None
    return slip.user if slip.user.is_active else None


def _digest(user: User, code: str) -> str:
    bare = read_code(code)
    return salted_hmac("accounts.slip", f"{user.pk}:{bare}", algorithm="sha256").hexdigest()


def choose_password(user: User, new: str, *, now: datetime) -> User:
    """The password somebody has chosen; slips are used up, the letters' links die, other sessions end.

    `user` is as the session or the link knows him: PasswordChosenElsewhere when his password has changed since.
    """
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if locked.password != user.password or not locked.is_active:
            raise PasswordChosenElsewhere
        locked.set_password(new)
        locked.must_choose_password = False
        locked.save(update_fields=["password", "must_choose_password"])
        Slip.objects.filter(user=locked, used_at=None).update(used_at=now)
    return locked


def invite(user: User, *, by: User | None, now: datetime) -> None:
    """A letter with a link to choose the first password. ValidationError without address or account."""
    if not user.email:
        raise ValidationError("Người này chưa có thư điện tử: hãy in phiếu.")
    if not user.is_active:
        raise ValidationError("Tài khoản này đã ngừng hoạt động.")
    inviter = by.get_full_name() if by else ""
    _letter(user, "invitation", "Mời sử dụng tài khoản", now, inviter=inviter)


def forget_password(name: str, *, now: datetime) -> None:
    """A letter with a link to each active account of this name or address; silently nothing for others."""
    name = name.strip()
    found = User.objects.filter(is_active=True).exclude(email="")
    users = found.filter(email__iexact=name) if "@" in name else found.filter(username__iexact=name)
    for user in users[:5]:
        _letter(user, "forgotten_password", "Đặt lại mật khẩu", now)


def _letter(user: User, template: str, subject: str, now: datetime, **more: str) -> None:
    uid, token = link_parts(user)
    address = absolute(reverse("accounts:set-password", args=[uid, token]))
    queue_letter(
        to=user.email,
        subject=subject,
        template=template,
        context={"name": user.get_full_name(), "username": user.username, "link": address, **more},
        # The token changes with each second: the same letter twice in one second is one.
        key=f"{template}-{user.pk}-{token}",
        now=now,
        about=user.username[:60],
    )


def link_parts(user: User) -> tuple[str, str]:
    """What a link to choose a password is made of: whose it is, and a token that one choice uses up."""
    return urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)


def user_of_link(uid: str, token: str) -> User | None:
    """Whose link this is; None when it is forged, used, too old or its account closed."""
    try:
        pk = int(urlsafe_base64_decode(uid).decode())
    except (ValueError, OverflowError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first() if pk < 2**63 else None
    return user if user and default_token_generator.check_token(user, token) else None
