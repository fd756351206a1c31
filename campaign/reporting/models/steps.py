"""What became of a report: its moves, frozen revisions, signed copies, and who was reminded."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaign.reporting.choices import ReportState, Stage
from campaign.reporting.models.layouts import Indicator
from campaign.reporting.models.reports import Report, ReportLine
from core.models.files import kept_apart


class ReportEvent(models.Model):
    """One move of a report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField("Lúc")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_by = models.CharField("Người lập", max_length=120, blank=True)
    move = models.CharField("Việc", max_length=20)
    from_state = models.CharField(max_length=9, choices=ReportState.choices)
    to_state = models.CharField(max_length=9, choices=ReportState.choices)
    note = models.TextField("Lý do", blank=True)

    class Meta:
        verbose_name = "bước xử lý báo cáo"
        verbose_name_plural = "bước xử lý báo cáo"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move}: {self.from_state} → {self.to_state}"


class ReturnPoint(models.Model):
    """What is to be mended in one place of a report that was given back."""

    event = models.ForeignKey(ReportEvent, on_delete=models.CASCADE, related_name="points")
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    line = models.ForeignKey(
        ReportLine, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    reason = models.CharField("Cần sửa", max_length=1000)

    class Meta:
        verbose_name = "chỗ cần sửa"
        verbose_name_plural = "chỗ cần sửa"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="point_is_somewhere",
                condition=Q(indicator__isnull=False, line__isnull=True)
                | Q(indicator__isnull=True, line__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.reason[:40]


class Revision(models.Model):
    """A report as it stood at a move, frozen, with the checksum of what it says."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="revisions")
    event = models.OneToOneField(ReportEvent, on_delete=models.CASCADE, related_name="revision")
    number = models.PositiveIntegerField("Bản")
    content = models.JSONField()
    checksum = models.CharField("Mã kiểm", max_length=64)

    class Meta:
        verbose_name = "bản lưu"
        verbose_name_plural = "bản lưu"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="revision_once")]

    def __str__(self) -> str:
        return f"Bản {self.number}"


class SignedCopy(models.Model):
    """The signed paper, scanned or signed digitally, tied to the revision it was printed from."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="signed_copies")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="signed_copies")
    number = models.CharField("Số, ký hiệu", max_length=60)
    signed_on = models.DateField("Ngày ký")
    is_digital = models.BooleanField("Ký số", default=False)
    file = models.FileField(upload_to="bao-cao/ban-ky/%Y/%m", storage=kept_apart)
    size = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = "bản ký"
        verbose_name_plural = "bản ký"
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "digest"], name="signed_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.signed_on:%d/%m/%Y}"


class Reminder(models.Model):
    """Somebody was reminded of a report: by mail, on the desk, or by hand (a call, the Zalo group)."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="reminders")
    stage = models.CharField("Vì", max_length=5, choices=Stage.choices)
    day = models.DateField("Ngày")
    at = models.DateTimeField("Lúc")
    # None: nobody has an account there; it shows on the grid.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField("Ghi chú", max_length=200, blank=True)

    class Meta:
        verbose_name = "lần nhắc"
        verbose_name_plural = "lần nhắc"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "stage", "day", "user"], name="reminded_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_stage_display()}, {self.day:%d/%m/%Y}"


class Digest(models.Model):
    """The one letter of reminders that a person got on a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField("Ngày")
    at = models.DateTimeField("Lúc")

    class Meta:
        verbose_name = "thư nhắc trong ngày"
        verbose_name_plural = "thư nhắc trong ngày"
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
