"""Letters that wait, that went out, that could not be sent."""

from datetime import datetime
from typing import Any, Self

from django.db import models

from outbox.choices import LetterState


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters by who may see them, and by time."""

    def visible_to(self, user: Any) -> Self:
        """All of them for the administrators; nobody else sees any."""
        return self if user.has_perm("outbox.view_letter") else self.none()

    def due(self, now: datetime) -> Self:
        """Those to be tried now."""
        return self.filter(state=LetterState.QUEUED, send_after__lte=now)


class Letter(models.Model):
    """One letter to one address, kept until it is sent, and its fate afterwards."""

    to_email = models.EmailField("Đến", blank=True)
    subject = models.CharField("Tiêu đề", max_length=200)
    body = models.TextField("Nội dung", blank=True)
    about = models.CharField("Về việc", max_length=60, blank=True)
    # One reason, one letter: queueing it again changes nothing.
    key = models.CharField("Khóa", max_length=120, unique=True)
    state = models.CharField(
        "Tình trạng", max_length=8, choices=LetterState.choices, default=LetterState.QUEUED
    )
    tries = models.PositiveSmallIntegerField("Số lần thử", default=0)
    last_error = models.CharField("Lỗi gần nhất", max_length=120, blank=True)
    created_at = models.DateTimeField("Lập lúc")
    send_after = models.DateTimeField("Gửi từ lúc")
    sent_at = models.DateTimeField("Gửi lúc", null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "thư"
        verbose_name_plural = "thư"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "send_after"], name="letter_due")]
        constraints = [
            models.CheckConstraint(
                name="letter_sent_has_time",
                condition=models.Q(state=LetterState.SENT, sent_at__isnull=False)
                | (~models.Q(state=LetterState.SENT) & models.Q(sent_at__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return self.subject
