"""Who sends to whom, and who confirms for whom, where it is not the default."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from campaign.units.choices import LinePurpose, RoundKind, UnitKind
from campaign.units.models.tree import Unit


class LineQuerySet(models.QuerySet["ReportingLine"]):
    """Lines by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those at a unit that the user keeps or reports for."""
        from campaign.units.choices import SEES_PEOPLE
        from campaign.units.reach import inside

        return self.filter(inside(user, SEES_PEOPLE, "unit"))


class ReportingLine(models.Model):
    """A line from a unit, or from all units of a kind below it, to another unit."""

    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, related_name="lines", verbose_name="Đơn vị"
    )
    for_kind = models.CharField(
        "Áp dụng cho", max_length=14, choices=UnitKind.choices, blank=True, default=""
    )
    purpose = models.CharField(
        "Việc", max_length=8, choices=LinePurpose.choices, default=LinePurpose.REPORT
    )
    round_kind = models.CharField(
        "Loại đợt", max_length=12, choices=RoundKind.choices, blank=True, default=""
    )
    to = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="lines_in", verbose_name="Nơi nhận"
    )
    starts = models.DateField("Từ ngày")
    ends = models.DateField("Đến hết ngày", null=True, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = "tuyến báo cáo"
        verbose_name_plural = "tuyến báo cáo"
        ordering = ["unit__path", "for_kind", "round_kind", "-starts"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "for_kind", "purpose", "round_kind", "starts"],
                name="line_once_from_a_day",
                violation_error_message="Đã có tuyến như vậy từ ngày này.",
            ),
            models.CheckConstraint(
                name="line_days_in_order", condition=Q(ends__isnull=True) | Q(ends__gte=F("starts"))
            ),
            models.CheckConstraint(
                name="line_not_to_itself",
                condition=~Q(unit=F("to"), for_kind=""),
                violation_error_message="Nơi nhận phải là đơn vị khác.",
            ),
        ]

    def __str__(self) -> str:
        who = f"{self.get_for_kind_display()} của {self.unit}" if self.for_kind else str(self.unit)
        return f"{who} → {self.to}"
