"""What recurs every year."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from campaign.events.choices import EventKind
from campaign.events.panels import SERIES_PANELS
from core.models import PublicContent


class EventSeries(PublicContent, models.Model):
    """Something held every year on a day: Ngày hội toàn dân học tập số, 10/10 (plan CB 1.1)."""

    name = models.CharField("Tên", max_length=160, unique=True)
    kind = models.CharField("Loại", max_length=12, choices=EventKind.choices, default=EventKind.DAY)
    month = models.PositiveSmallIntegerField(
        "Tháng", default=10, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(
        "Ngày", default=10, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    summary = models.CharField("Giới thiệu", max_length=300, blank=True)

    panels = SERIES_PANELS

    class Meta:
        verbose_name = "sự kiện hằng năm"
        verbose_name_plural = "sự kiện hằng năm"
        ordering = ["month", "day", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A day that some year has."""
        try:
            date(2024, self.month, self.day)
        except (ValueError, TypeError) as wrong:
            raise ValidationError({"day": "Không có ngày này trong tháng."}) from wrong
