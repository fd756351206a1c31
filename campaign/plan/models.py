"""What the campaign sets out to do: its time, its programmes and models."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from core.models import PublicContent
from core.text import clean, slugify


@register_setting(icon="date", order=20)
class CampaignPeriod(PublicContent, BaseGenericSetting):
    """From when to when the campaign runs; an activity outside it is warned of, never refused."""

    starts = models.DateField("Từ ngày", null=True, blank=True)
    ends = models.DateField("Đến hết ngày", null=True, blank=True)

    panels = [FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")])]

    class Meta:
        verbose_name = "Thời gian phong trào"

    def __str__(self) -> str:
        return "Thời gian phong trào"

    def clean(self) -> None:
        """The end is not before the beginning; said at the field."""
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": "Ngày kết thúc không được trước ngày bắt đầu."})

    @property
    def days(self) -> tuple[date | None, date | None]:
        """First and last day."""
        return self.starts, self.ends


class Programme(PublicContent, models.Model):
    """A programme, model or movement that activities belong to (handbook §1D, items 34 to 41)."""

    name = models.CharField("Tên", max_length=160, unique=True)
    slug = models.SlugField("Địa chỉ", max_length=80, unique=True, blank=True)
    summary = models.TextField("Nội dung", blank=True, max_length=1000)
    order = models.PositiveSmallIntegerField("Thứ tự", default=100)
    is_active = models.BooleanField("Đang dùng", default=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("order"), FieldPanel("is_active")]),
    ]

    class Meta:
        verbose_name = "chương trình, mô hình"
        verbose_name_plural = "chương trình, mô hình"
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:  # type: ignore[override]
        """With an address, however it was made."""
        self.slug = self.slug or slugify(self.name)[:80]
        super().save(**kwargs)

    def clean(self) -> None:
        """The address comes from the name."""
        self.name = " ".join(clean(self.name).split())
        self.slug = self.slug or slugify(self.name)[:80]
