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

    is_shared = models.BooleanField(
        "Tài khoản dùng chung của một đơn vị",
        default=False,
        help_text="Chỉ được soạn, không xác nhận; mỗi lần soạn phải ghi người lập.",
    )
    must_choose_password = models.BooleanField("Phải tự chọn mật khẩu", default=False)

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


class Slip(models.Model):
    """A one-time password on paper. Only its keyed digest is kept; a new slip makes the older ones void."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="slips")
    digest = models.CharField(max_length=64)
    issued_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "phiếu tài khoản"
        verbose_name_plural = "phiếu tài khoản"
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at__isnull=True),
                name="one_open_slip_for_a_user",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.issued_at:%d/%m/%Y})"
