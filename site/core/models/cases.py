"""What a reader hands in by a public form and follows by a private link."""

from django.conf import settings
from django.db import models


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
