"""A report: an obligation from the moment its round opens, filled in row by row."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaign.activities.models import Activity, Evidence
from campaign.reporting.choices import (
    MAY_OPEN,
    OWED,
    READS_SENT,
    RECEIVES,
    SENT,
    ReportState,
)
from campaign.reporting.deadlines import Term
from campaign.reporting.models.layouts import FormColumn, FormTask, Indicator
from campaign.reporting.models.rounds import Round
from campaign.units.choices import Role
from campaign.units.models import ReportingLine, Unit
from campaign.units.reach import inside, manages_all, posts_of, sent
from core.models.files import kept_apart


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those of the units one belongs to or answers for; what was handed in.

        To whom it was sent and above.
        """
        if manages_all(user):
            return self
        receiving = {post.at.unit for post in posts_of(user) if post.role in RECEIVES}
        own = {post.at.unit for post in posts_of(user)}
        return self.filter(
            inside(user, MAY_OPEN, "unit")
            | Q(unit__in=own)
            | Q(to__in=receiving, state__in=SENT)
            | sent(user, READS_SENT, "unit") & Q(state__in=SENT)
        )

    def followed_by(self, user: Any) -> Self:
        """Those whose being there, or missing, one follows up: sent to one's unit, or asked by it.

        Only their state; what stands in a draft is the unit's own (`visible_to`).
        """
        if manages_all(user):
            return self
        receiving = {post.at.unit for post in posts_of(user) if post.role in RECEIVES}
        keeps = inside(user, {Role.STANDING_OFFICE, Role.LEADER}, "round__owner")
        above = sent(user, READS_SENT, "round__owner")
        return self.filter(Q(to__in=receiving) | keeps | above)

    def owed(self) -> Self:
        """Those that are not with the receiver yet."""
        return self.filter(state__in=OWED)

    def counted(self) -> Self:
        """Those that somebody has to hand in: not those that passed on to a successor."""
        return self.exclude(state=ReportState.PASSED_ON)


class Report(models.Model):
    """What one unit owes in one round. Unit, receiver and line are as they were when the round opened."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports")
    # Nobody on this site for a unit at the top.
    to = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="reports_in", null=True, blank=True
    )
    line = models.ForeignKey(
        ReportingLine, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    state = models.CharField(
        "Tình trạng", max_length=9, choices=ReportState.choices, default=ReportState.DRAFT,
        editable=False,
    )  # fmt: skip
    # The last safe day and the lock of this very report, extensions included.
    due_on = models.DateField("Hạn")
    locks_on = models.DateField("Khóa", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)
    prepared_by = models.CharField("Người lập", max_length=120, blank=True)
    summary = models.TextField("Đánh giá chung", blank=True, max_length=20_000)
    summary_version = models.PositiveIntegerField(default=0, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False,
        related_name="+",
    )  # fmt: skip
    # Timeliness is that of the first time.
    first_submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When the receiver first opened what was handed in: it is not taken back any more.
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors",
        editable=False,
    )  # fmt: skip

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo"
        verbose_name_plural = "báo cáo"
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="report_of_unit"),
            models.Index(fields=["to", "state"], name="report_received"),
            models.Index(fields=["due_on", "state"], name="report_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="report_once_for_a_unit"),
            models.CheckConstraint(
                name="report_signed_by_somebody",
                condition=~Q(state__in=["confirmed", "submitted", "accepted"])
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="report_handed_in_has_time",
                condition=~Q(state__in=["submitted", "accepted", "returned"])
                | Q(submitted_at__isnull=False, first_submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="report_accepted_has_time",
                condition=Q(state="accepted", accepted_at__isnull=False)
                | (~Q(state="accepted") & Q(accepted_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="report_passed_on_to_somebody",
                condition=Q(state="passed_on", successor__isnull=False)
                | (~Q(state="passed_on") & Q(successor__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.unit}"

    def get_absolute_url(self) -> str:
        """Its page on the desk."""
        return reverse("reporting:report", args=[self.pk])

    @property
    def term(self) -> Term:
        """Its three moments."""
        return Term(self.round.opens_on, self.due_on, self.locks_on)


class Value(models.Model):
    """What was told under one indicator. Empty, 0 and "does not apply" are three things."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="values")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    number = models.BigIntegerField("Số", null=True, blank=True)
    numerator = models.BigIntegerField("Số đạt", null=True, blank=True)
    denominator = models.BigIntegerField("Tổng số", null=True, blank=True)
    text = models.TextField("Lời", blank=True)
    choice = models.CharField("Lựa chọn", max_length=300, blank=True)
    not_applicable = models.BooleanField("Không áp dụng", default=False)
    # What the source gave when this was signed off.
    offered = models.BigIntegerField(null=True, blank=True, editable=False)
    # Signed off as the source gave it: opened again, it follows the source again.
    is_from_source = models.BooleanField(default=False, editable=False)
    why = models.CharField("Vì sao khác", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        verbose_name = "số liệu báo cáo"
        verbose_name_plural = "số liệu báo cáo"
        constraints = [
            models.UniqueConstraint(fields=["report", "indicator"], name="value_once"),
            models.CheckConstraint(
                name="value_or_not_applicable",
                condition=Q(not_applicable=False)
                | Q(number__isnull=True, numerator__isnull=True, denominator__isnull=True),
            ),
            models.CheckConstraint(
                name="value_not_negative",
                condition=(Q(number__isnull=True) | Q(number__gte=0))
                & (Q(numerator__isnull=True) | Q(numerator__gte=0))
                & (Q(denominator__isnull=True) | Q(denominator__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.number}"


class ReportLine(models.Model):
    """A line of the table of tasks: one of the form's, or one of the unit's own."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="lines")
    task = models.ForeignKey(
        FormTask, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Whatever the last period left open comes again.
    carried_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_open = models.BooleanField("Còn dở, làm tiếp kỳ sau", default=False)
    order = models.PositiveIntegerField(default=0)
    key = models.UUIDField(editable=False)

    class Meta:
        verbose_name = "dòng nhiệm vụ"
        verbose_name_plural = "dòng nhiệm vụ"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "task"], condition=Q(task__isnull=False), name="task_line_once"
            ),
            models.UniqueConstraint(fields=["report", "key"], name="own_line_once_for_a_press"),
        ]

    def __str__(self) -> str:
        return str(self.task or f"dòng {self.pk}")


class LineCell(models.Model):
    """What stands in one column of a line."""

    line = models.ForeignKey(ReportLine, on_delete=models.CASCADE, related_name="cells")
    column = models.ForeignKey(FormColumn, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False,
        null=True,
    )  # fmt: skip

    class Meta:
        verbose_name = "ô"
        verbose_name_plural = "ô"
        constraints = [models.UniqueConstraint(fields=["line", "column"], name="cell_once")]

    def __str__(self) -> str:
        return self.text[:40]


class CountedActivity(models.Model):
    """An activity that a report's figures were made of when it was signed off: none counts twice."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="counted")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "hoạt động đã tính"
        verbose_name_plural = "hoạt động đã tính"
        constraints = [models.UniqueConstraint(fields=["report", "activity"], name="counted_once")]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.activity_id}"


class ReportPiece(models.Model):
    """A piece of evidence of a figure or a line: the log's own by reference.

    Or a file or link of the report.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="pieces")
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    line = models.ForeignKey(
        ReportLine, on_delete=models.CASCADE, null=True, blank=True, related_name="pieces"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField("Tên", max_length=160, blank=True)
    file = models.FileField(upload_to="bao-cao/%Y/%m", storage=kept_apart, blank=True)
    url = models.URLField("Đường dẫn", max_length=500, blank=True)
    size = models.PositiveIntegerField(default=0)
    key = models.UUIDField(editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "minh chứng của báo cáo"
        verbose_name_plural = "minh chứng của báo cáo"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="piece_once_for_a_press"),
            models.CheckConstraint(
                name="piece_is_something",
                condition=Q(removed_at__isnull=False)
                | Q(activity__isnull=False)
                | Q(evidence__isnull=False)
                | ~Q(file="")
                | ~Q(url=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.activity or self.evidence or self.url)
