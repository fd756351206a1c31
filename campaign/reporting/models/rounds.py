"""Rounds: what is asked of whom by when."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from campaign.reporting.choices import WRITES, LateRule, Role, RoundKind
from campaign.reporting.deadlines import Limit
from campaign.reporting.models.layouts import LayoutVersion
from campaign.units.choices import UnitKind
from campaign.units.models import Unit
from campaign.units.reach import inside, manages_all, posts_of

KINDS = [choice for choice in RoundKind.choices if choice[0] != RoundKind.AWARD]


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those one keeps, and the opened ones of the units above one's own."""
        if manages_all(user):
            return self
        step = Unit.steplen
        above = {
            post.at.path[:end]
            for post in posts_of(user)
            if post.role in WRITES | {Role.LEADER, Role.DEPARTMENT_OFFICER}
            for end in range(step, len(post.at.path) + 1, step)
        }
        kept = inside(user, {Role.STANDING_OFFICE}, "owner")
        return self.filter(kept | Q(owner__path__in=above, opened_at__isnull=False))


class Round(models.Model):
    """One period of reporting: asked by a unit of what stands below it."""

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="rounds", verbose_name="Nơi yêu cầu"
    )
    layout = models.ForeignKey(
        LayoutVersion, on_delete=models.PROTECT, related_name="rounds", verbose_name="Mẫu"
    )
    kind = models.CharField("Loại", max_length=12, choices=KINDS)
    title = models.CharField("Tên kỳ", max_length=160)
    note = models.TextField("Dặn thêm", blank=True, max_length=2000)
    period_from = models.DateField("Kỳ từ ngày")
    period_to = models.DateField("Kỳ đến hết ngày")
    data_from = models.DateField("Số liệu từ ngày")
    data_to = models.DateField("Số liệu đến hết ngày")
    late_rule = models.CharField(
        "Hoạt động xác nhận muộn", max_length=5, choices=LateRule.choices, default=LateRule.NEXT
    )
    opens_on = models.DateField("Mở từ ngày")
    limit_on = models.DateField("Hạn")
    limit_inclusive = models.BooleanField("Kể cả ngày đó", default=True)
    locks_on = models.DateField("Còn nhận đến hết ngày", null=True, blank=True)
    before = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="after"
    )
    left_out = models.ManyToManyField(
        Unit, blank=True, related_name="+", verbose_name="Không phải báo cáo"
    )
    key = models.UUIDField(editable=False, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    made_at = models.DateTimeField(editable=False)
    # Opening makes a report for each unit, in the background: how far it is.
    opening_at = models.DateTimeField(null=True, blank=True, editable=False)
    expected = models.PositiveIntegerField(default=0, editable=False)
    made = models.PositiveIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ báo cáo"
        verbose_name_plural = "kỳ báo cáo"
        ordering = ["-limit_on", "-pk"]
        indexes = [models.Index(fields=["owner", "-limit_on"], name="round_of_owner")]
        constraints = [
            models.CheckConstraint(
                name="round_days_in_order",
                condition=Q(period_to__gte=F("period_from"))
                & Q(data_to__gte=F("data_from"))
                & Q(limit_on__gte=F("opens_on")),
            ),
            models.CheckConstraint(
                name="round_locks_after_its_limit",
                condition=Q(locks_on__isnull=True) | Q(locks_on__gte=F("opens_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Who has handed in, and who has not."""
        return reverse("reporting:round", args=[self.pk])

    @property
    def limit(self) -> Limit:
        """The day as the plan says it."""
        return Limit(self.limit_on, self.limit_inclusive)

    @property
    def due_on(self) -> date:
        """The last safe day."""
        return self.limit.last_safe

    @property
    def window(self) -> tuple[date, date]:
        """What it tells of."""
        return self.data_from, self.data_to

    @property
    def is_open(self) -> bool:
        """Whether every obligation exists."""
        return self.opened_at is not None


class RoundStep(models.Model):
    """A kind of unit that owes a report; with a limit of its own where its level is due earlier or later."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="steps")
    for_kind = models.CharField("Loại đơn vị", max_length=14, choices=UnitKind.choices)
    limit_on = models.DateField("Hạn riêng", null=True, blank=True)
    limit_inclusive = models.BooleanField("Kể cả ngày đó", default=True)

    class Meta:
        verbose_name = "cấp phải báo cáo"
        verbose_name_plural = "cấp phải báo cáo"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "for_kind"], name="round_step_once")
        ]

    def __str__(self) -> str:
        return self.get_for_kind_display()

    @property
    def limit(self) -> Limit | None:
        """Its own limit, if it has one."""
        return Limit(self.limit_on, self.limit_inclusive) if self.limit_on else None


class Extension(models.Model):
    """More time for one report: who gave it, why, until when."""

    report = models.ForeignKey(
        "reporting.Report", on_delete=models.CASCADE, related_name="extensions"
    )
    until = models.DateField("Đến hết ngày")
    why = models.CharField("Vì sao", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Lúc")

    class Meta:
        verbose_name = "gia hạn"
        verbose_name_plural = "gia hạn"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.until:%d/%m/%Y}"


class SchoolYearEnd(models.Model):
    """When a school's own year ends: colleges set theirs themselves (handbook §2g)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="year_ends")
    begins = models.PositiveSmallIntegerField("Năm học bắt đầu năm")
    ends_on = models.DateField("Kết thúc ngày")

    class Meta:
        verbose_name = "ngày kết thúc năm học"
        verbose_name_plural = "ngày kết thúc năm học"
        ordering = ["-begins"]
        constraints = [models.UniqueConstraint(fields=["unit", "begins"], name="year_ends_once")]

    def __str__(self) -> str:
        return f"{self.begins}-{self.begins + 1}: {self.ends_on:%d/%m/%Y}"
