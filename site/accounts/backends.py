"""Signing in with a slip: its code is typed where the password goes."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.services.passwords import user_of_slip


class SlipBackend(ModelBackend):
    """Asked after the password's own; permissions are that one's."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """Whom the slip belongs to."""
        if not username or not password:
            return None
        return user_of_slip(username, password, now=timezone.now())
