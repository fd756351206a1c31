"""What an event consists of: sessions, what goes with it, and its history."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from campaign.documents.models import OfficialDocument
from campaign.events.choices import EventState
from campaign.events.models.event import Event
from campaign.events.panels import MATERIAL_PANELS, SESSION_PANELS
from resources.models import LibraryItemPage


class EventSession(Orderable):
    """A part of the programme."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.TimeField("Từ giờ")
    ends_at = models.TimeField("Đến giờ", null=True, blank=True)
    title = models.CharField("Việc", max_length=200)
    place = models.CharField("Địa điểm", max_length=160, blank=True)
    host = models.CharField("Phụ trách", max_length=160, blank=True)

    panels = SESSION_PANELS

    class Meta(Orderable.Meta):
        verbose_name = "mục chương trình"
        verbose_name_plural = "chương trình"

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M} {self.title}"


class EventMaterial(Orderable):
    """A document or a library item that goes with an event."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="materials")
    document = models.ForeignKey(
        OfficialDocument, on_delete=models.CASCADE, null=True, blank=True, related_name="+",
        verbose_name="Văn bản",
    )  # fmt: skip
    item = models.ForeignKey(
        LibraryItemPage, on_delete=models.CASCADE, null=True, blank=True, related_name="+",
        verbose_name="Học liệu",
    )  # fmt: skip

    panels = MATERIAL_PANELS

    class Meta(Orderable.Meta):
        verbose_name = "tài liệu của sự kiện"
        verbose_name_plural = "tài liệu của sự kiện"
        constraints = [
            models.CheckConstraint(
                name="material_is_one_thing",
                condition=Q(document__isnull=False, item__isnull=True)
                | Q(document__isnull=True, item__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.document or self.item)

    def clean(self) -> None:
        """One thing a row."""
        if bool(self.document_id) == bool(self.item_id):
            raise ValidationError("Mỗi dòng chọn một văn bản hoặc một học liệu.")


class EventChange(models.Model):
    """One move of an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField("Lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    move = models.CharField("Việc", max_length=12)
    from_state = models.CharField(max_length=9, choices=EventState.choices, blank=True)
    to_state = models.CharField(max_length=9, choices=EventState.choices)
    from_day = models.DateField(null=True, blank=True)
    to_day = models.DateField(null=True, blank=True)
    reason = models.CharField("Lý do", max_length=300, blank=True)

    class Meta:
        verbose_name = "thay đổi của sự kiện"
        verbose_name_plural = "thay đổi của sự kiện"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move}: {self.from_state} → {self.to_state}"
