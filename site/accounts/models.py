"""The user."""

from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower


class UserQuerySet(models.QuerySet["User"]):
    """Users by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Everybody for those who manage users; otherwise only oneself."""
        if user.has_perm("accounts.change_user"):
            return self
        return self.filter(pk=user.pk)


class AccountManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Signing in ignores the case of the name."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user called `username`, in whatever case it was typed."""
        return self.get(username__iexact=username)


class User(AbstractUser):
    """Somebody with an account. Vietnamese names: family and middle names first, given name last."""

    objects: ClassVar[UserManager[Any]] = AccountManager()

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_name_unique_in_any_case",
                violation_error_message="Tên đăng nhập này đã có người dùng.",
            )
        ]

    def get_full_name(self) -> str:
        """Họ, đệm, tên: in this order; the user name where no name is known."""
        return " ".join(part for part in (self.last_name, self.first_name) if part) or self.username
