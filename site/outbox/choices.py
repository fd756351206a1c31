"""Where a letter stands."""

from django.db import models


class LetterState(models.TextChoices):
    """States of a letter."""

    QUEUED = "queued", "Chờ gửi"
    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Không gửi được"
