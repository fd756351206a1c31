"""Figures kept beside the activities: written in the transaction that confirms one or takes it back.

Rows per unit and month, so that two heads who confirm at once meet only in their own unit; no row for all.
"""

from django.db import models

from campaign.activities.models.catalogue import ActivityKind, Commune
from campaign.units.models import Unit
from resources.models import Audience


class Counts(models.Model):
    """What is counted: activities, classes among them, people in them, times served.

    People are distinct within one activity only: their sum over activities is of attendances.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    month = models.DateField("Tháng")
    activities = models.IntegerField("Hoạt động", default=0)
    classes = models.IntegerField("Lớp", default=0)
    people = models.IntegerField("Lượt người dự", default=0)
    served = models.IntegerField("Lượt hỗ trợ", default=0)

    class Meta:
        abstract = True


class UnitMonth(Counts):
    """All of a unit in a month."""

    class Meta:
        verbose_name = "số liệu tháng"
        verbose_name_plural = "số liệu tháng"
        constraints = [
            models.UniqueConstraint(fields=["unit", "month"], name="unit_month_once"),
        ]
        indexes = [models.Index(fields=["month", "unit"], name="unit_month_by_month")]

    def __str__(self) -> str:
        return f"{self.unit_id}, {self.month:%m/%Y}"


class SchoolMonth(Counts):
    """All of a school in a month: what a province is summed from. Written last, so it is held the shortest."""

    class Meta:
        verbose_name = "số liệu tháng của trường"
        verbose_name_plural = "số liệu tháng của trường"
        constraints = [
            models.UniqueConstraint(fields=["unit", "month"], name="school_month_once"),
        ]
        indexes = [models.Index(fields=["month", "unit"], name="school_month_by_month")]

    def __str__(self) -> str:
        return f"{self.unit_id}, {self.month:%m/%Y}"


class KindMonth(Counts):
    """A unit's month by kind and commune; without a commune where none was told."""

    kind = models.ForeignKey(ActivityKind, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "số liệu tháng theo loại, nơi"
        verbose_name_plural = "số liệu tháng theo loại, nơi"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month", "kind", "commune"],
                condition=models.Q(commune__isnull=False),
                name="kind_month_once",
            ),
            # Two empty values are never equal to a database.
            models.UniqueConstraint(
                fields=["unit", "month", "kind"],
                condition=models.Q(commune__isnull=True),
                name="kind_month_once_without_commune",
            ),
        ]
        indexes = [models.Index(fields=["month", "unit"], name="kind_month_by_month")]

    def __str__(self) -> str:
        return f"{self.unit_id}, {self.month:%m/%Y}, {self.kind_id}"


class GroupMonth(models.Model):
    """A unit's month by group and kind: people of that group. Groups overlap and are never added up."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    month = models.DateField("Tháng")
    kind = models.ForeignKey(ActivityKind, on_delete=models.PROTECT, related_name="+")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    activities = models.IntegerField("Hoạt động", default=0)
    people = models.IntegerField("Lượt người dự", default=0)

    class Meta:
        verbose_name = "số liệu tháng theo nhóm"
        verbose_name_plural = "số liệu tháng theo nhóm"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month", "kind", "audience"], name="group_month_once"
            )
        ]
        indexes = [models.Index(fields=["month", "unit"], name="group_month_by_month")]

    def __str__(self) -> str:
        return f"{self.unit_id}, {self.month:%m/%Y}, {self.audience_id}"
