"""Totals that stay, and the day's sightings that do not.

`MonthCount` is all that remains. The other three belong to one day and are destroyed with its salt: without the
salt, and without the secret key that is mixed into it, nobody can make the digests again.
"""

from datetime import date
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models

from counters.choices import Act


class MonthCountQuerySet(models.QuerySet["MonthCount"]):
    """Totals by who may see them, and by time."""

    def visible_to(self, user: Any) -> Self:
        """All of them for those who may open the list; nobody else sees any."""
        return self if user.has_perm("counters.view_monthcount") else self.none()

    def between(self, first: date | None, last: date | None) -> Self:
        """Those of the months from `first` to `last`, both included; None leaves that end open."""
        months = self
        if first:
            months = months.filter(month__gte=first.replace(day=1))
        if last:
            months = months.filter(month__lte=last.replace(day=1))
        return months


class MonthCount(models.Model):
    """How often one thing was viewed or downloaded in one month."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, verbose_name="Loại")
    object_id = models.PositiveBigIntegerField("Số")
    act = models.CharField("Đếm", max_length=8, choices=Act.choices)
    month = models.DateField("Tháng")
    count = models.PositiveIntegerField("Số lượt", default=0)

    objects = MonthCountQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt xem"
        verbose_name_plural = "lượt xem"
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "act", "month"], name="count_once_per_month"
            )
        ]
        indexes = [models.Index(fields=["month", "act", "-count"], name="count_most_read")]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.month:%m/%Y}: {self.count}"


class DaySalt(models.Model):
    """The random salt of one day; when the day is over it is destroyed."""

    day = models.DateField(unique=True)
    salt = models.CharField(max_length=64)

    class Meta:
        verbose_name = "khóa của ngày"
        verbose_name_plural = "khóa của ngày"

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class Sighting(models.Model):
    """Somebody did this with this thing today: a digest, different for each thing."""

    day = models.DateField()
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    act = models.CharField(max_length=8, choices=Act.choices)
    visitor = models.CharField(max_length=64)

    class Meta:
        verbose_name = "lần xem trong ngày"
        verbose_name_plural = "lần xem trong ngày"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "content_type", "object_id", "act", "visitor"],
                name="sighting_once_per_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.day:%d/%m/%Y}"


class Crowd(models.Model):
    """How many visitors one address brought to one thing today; the address is a digest."""

    day = models.DateField()
    # Address, thing and act in one digest: no two of an address's rows can be told to belong together.
    address = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "số khách của một địa chỉ"
        verbose_name_plural = "số khách của một địa chỉ"
        constraints = [
            models.UniqueConstraint(fields=["day", "address"], name="crowd_once_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.count}"
