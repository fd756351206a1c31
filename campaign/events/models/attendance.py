"""How many of each class were there, as its teacher has told."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from campaign.events.models.event import Event
from campaign.units.models import Unit

MOST = 2000


class Attendance(models.Model):
    """A class at an event: present of enrolled. Counts alone: nobody is named."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="attendance")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    present = models.PositiveIntegerField("Có mặt")
    enrolled = models.PositiveIntegerField("Sĩ số")
    # How often it was told: whoever tells again has seen what was told before.
    version = models.PositiveIntegerField(default=1)
    noted_at = models.DateTimeField("Lúc")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "điểm danh"
        verbose_name_plural = "điểm danh"
        constraints = [
            models.UniqueConstraint(fields=["event", "unit"], name="attendance_once_a_class"),
            models.CheckConstraint(
                name="attendance_within_enrolment", condition=Q(present__lte=F("enrolled"))
            ),
            models.CheckConstraint(
                name="attendance_within_reason",
                condition=Q(enrolled__gte=1) & Q(enrolled__lte=MOST),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.present}/{self.enrolled}"
