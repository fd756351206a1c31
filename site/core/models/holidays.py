"""Days on which offices rest."""

from datetime import date

from django.db import models


class HolidayQuerySet(models.QuerySet["Holiday"]):
    """Holidays as days."""

    def days(self) -> set[date]:
        """All of them, for `core.workdays`."""
        return set(self.values_list("day", flat=True))


class Holiday(models.Model):
    """A day off that the calendar can't compute: Tết, the Hùng Kings' day, days swapped by decision."""

    day = models.DateField("Ngày nghỉ", unique=True)
    name = models.CharField("Dịp", max_length=120)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = "ngày nghỉ"
        verbose_name_plural = "ngày nghỉ"
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.name}"
