"""What people thought of an event: three questions, of nobody in particular."""

from django.db import models

from campaign.events.choices import Able, Useful
from campaign.events.models.event import Event

WISH = 300


class EventAnswer(models.Model):
    """One sheet. Nothing in it tells who filled it in: no name, no address, no hour."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="answers")
    # One form is one sheet, however often it is sent.
    key = models.UUIDField(unique=True, editable=False)
    useful = models.CharField("Buổi này có ích không", max_length=6, choices=Useful.choices)
    able = models.CharField("Đã tự làm được chưa", max_length=6, choices=Able.choices)
    wish = models.CharField("Lần sau nên thế nào", max_length=WISH, blank=True)
    day = models.DateField("Ngày")

    class Meta:
        verbose_name = "ý kiến về sự kiện"
        verbose_name_plural = "ý kiến về sự kiện"
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["day"], name="event_answer_by_day")]

    def __str__(self) -> str:
        return f"{self.get_useful_display()}, {self.get_able_display()}"
