"""What a reader hands in by a public form and follows by a private link."""

from django.conf import settings
from django.db import models


def same_person(full_name: str, phone: str, email: str) -> models.Q:
    """Cases under this telephone number, this address or this name; none when all three are empty."""
    same = models.Q(pk=None)
    if phone:
        same |= models.Q(phone=phone)
    if email:
        same |= models.Q(email__iexact=email)
    if full_name:
        same |= models.Q(full_name__iexact=full_name)
    return same


class Case(models.Model):
    """Words, a person if he names himself, a number to speak of it by, and a link that nobody can guess."""

    message = models.TextField("Nội dung", blank=True)
    full_name = models.CharField("Họ và tên", max_length=120, blank=True)
    phone = models.CharField("Điện thoại", max_length=20, blank=True)
    email = models.EmailField("Thư điện tử", blank=True)
    reference = models.CharField("Mã số", max_length=16, unique=True)
    token = models.CharField(max_length=40, unique=True)
    # What a form carries: the same form sent twice is one case.
    key = models.UUIDField(unique=True)
    received_at = models.DateTimeField("Nhận lúc")
    purged_at = models.DateTimeField("Đã xóa dữ liệu cá nhân lúc", null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Người nhập",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference


class CaseEvent(models.Model):
    """Who moved a case, when, from where to where, and why. Rows are only added; a subclass names the case."""

    at = models.DateTimeField("Lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    move = models.CharField("Việc", max_length=12)
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12)
    note = models.CharField("Ghi chú", max_length=500, blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.at:%d/%m/%Y %H:%M}"
