"""Rounds of award submissions, with the criteria and quotas of their plan as dated rows."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from campaign.awards.choices import AUTOMATIC, READS_SENT, CriterionFor, Measure, Scope, Subject
from campaign.awards.quotas import Band
from campaign.awards.rules import Criterion
from campaign.units.models import Unit
from campaign.units.reach import inside, manages_all, posts_of
from core.models import PublicContent
from resources.models import Audience


class AwardRoundQuerySet(models.QuerySet["AwardRound"]):
    """Rounds by who may see them."""

    def public(self) -> Self:
        """Those that everybody reads about."""
        return self.filter(opened_at__isnull=False)

    def visible_to(self, user: Any) -> Self:
        """Those one keeps or sits over; the opened ones of the school one belongs to."""
        if manages_all(user):
            return self
        schools = {post.at.institution for post in posts_of(user)}
        kept = inside(user, READS_SENT, "owner")
        return self.filter(kept | Q(owner__in=schools, opened_at__isnull=False))


class AwardRound(PublicContent, models.Model):
    """One campaign's or school year's awards: when, by which plan, with which switches."""

    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="award_rounds", verbose_name="Trường"
    )
    title = models.CharField("Tên đợt", max_length=160)
    plan = models.CharField("Căn cứ", max_length=200)
    # Activities that began on one of these days count.
    figures_from = models.DateField("Tính thành tích từ ngày")
    figures_to = models.DateField("Đến hết ngày")
    opens_on = models.DateField("Nhận hồ sơ từ ngày")
    closes_on = models.DateField("Nhận đến hết ngày")
    # The plan's own contradiction (handbook §1L): a paper of the dossier, or one criterion among others.
    needs_report = models.BooleanField(
        "Báo cáo thành tích có đủ xác nhận là bắt buộc", default=True
    )
    needs_more = models.BooleanField("Phải có thêm ít nhất một tiêu chí khác", default=True)
    key = models.UUIDField(editable=False, unique=True)
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True,
        editable=False,
    )  # fmt: skip

    objects = AwardRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt khen thưởng"
        verbose_name_plural = "đợt khen thưởng"
        ordering = ["-closes_on", "-pk"]
        indexes = [models.Index(fields=["owner", "-closes_on"], name="award_round_of_owner")]
        constraints = [
            models.CheckConstraint(
                name="award_round_days_in_order",
                condition=Q(figures_to__gte=F("figures_from")) & Q(closes_on__gte=F("opens_on")),
            ),
            models.CheckConstraint(
                name="award_round_opened_by_somebody",
                condition=Q(opened_at__isnull=True, opened_by__isnull=True)
                | Q(opened_at__isnull=False, opened_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The office's page of it."""
        return reverse("awards:round", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether units may propose."""
        return self.opened_at is not None

    @property
    def window(self) -> tuple[date, date]:
        """The days whose activities count."""
        return self.figures_from, self.figures_to


class AwardCriterion(models.Model):
    """One criterion of a round, with the clause that says it."""

    round = models.ForeignKey(AwardRound, on_delete=models.CASCADE, related_name="criteria")
    for_what = models.CharField("Dành cho", max_length=10, choices=CriterionFor.choices)
    number = models.PositiveSmallIntegerField("Số")
    text = models.CharField("Tiêu chí", max_length=400)
    clause = models.CharField("Điều khoản", max_length=60)
    measure = models.CharField("Đối chiếu với", max_length=14, choices=Measure.choices)
    threshold = models.PositiveIntegerField("Ít nhất", null=True, blank=True)
    audiences = models.ManyToManyField(Audience, blank=True, verbose_name="Nhóm được tính")

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ["-for_what", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "for_what", "number"], name="criterion_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_for_what_display()} {self.number}: {self.text[:60]}"

    @property
    def asks_words(self) -> bool:
        """Whether the nominee says in words why: figures alone do not answer it."""
        return self.measure not in AUTOMATIC

    @property
    def rule(self) -> Criterion:
        """As a value for the rules."""
        return Criterion(self.number, self.text, self.clause, self.measure, self.threshold)


class AwardQuota(models.Model):
    """How many awards there are, for whom, within what, by which clause."""

    round = models.ForeignKey(AwardRound, on_delete=models.CASCADE, related_name="quotas")
    subject = models.CharField("Đối tượng", max_length=13, choices=Subject.choices)
    scope = models.CharField("Tính theo", max_length=13, choices=Scope.choices)
    size_from = models.PositiveSmallIntegerField("Sĩ số từ", null=True, blank=True)
    size_to = models.PositiveSmallIntegerField("Đến", null=True, blank=True)
    most = models.PositiveSmallIntegerField("Nhiều nhất")
    clause = models.CharField("Điều khoản", max_length=120)

    class Meta:
        verbose_name = "chỉ tiêu khen thưởng"
        verbose_name_plural = "chỉ tiêu khen thưởng"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="quota_sizes_in_order",
                condition=Q(size_to__isnull=True) | Q(size_to__gte=F("size_from")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}: {self.most}"

    @property
    def rule(self) -> Band:
        """As a value for the rules."""
        return Band(
            self.subject, self.scope, self.most, self.clause, self.size_from, self.size_to
        )  # fmt: skip
