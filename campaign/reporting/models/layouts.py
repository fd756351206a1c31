"""Forms as versioned data: indicators, columns of task lines, the lines themselves.

A published version never changes: open reports keep theirs, and what was handed in stays readable as it was.
Plan CB annex III has nine columns; HN (letter 4531) and SL have others: all are rows here, none is code.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from campaign.reporting.choices import AddUp, ColumnRole, IndicatorKind
from campaign.reporting.sources import source_choices
from core.text import clean

FROZEN = "Mẫu đã ban hành không sửa được: hãy lập phiên bản mới."


class ReportForm(models.Model):
    """A form of report, whatever its versions."""

    name = models.CharField("Tên mẫu", max_length=160, unique=True)
    about = models.CharField("Dùng cho", max_length=300, blank=True)

    panels = [FieldPanel("name"), FieldPanel("about")]

    class Meta:
        verbose_name = "mẫu báo cáo"
        verbose_name_plural = "mẫu báo cáo"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class LayoutVersion(ClusterableModel):
    """One version of a form: drafted, then published, then left as it is."""

    form = models.ForeignKey(
        ReportForm, on_delete=models.PROTECT, related_name="versions", verbose_name="Mẫu"
    )
    number = models.PositiveSmallIntegerField("Phiên bản", default=1)
    title = models.CharField("Tiêu đề báo cáo", max_length=300)
    annex = models.CharField("Phụ lục", max_length=60, blank=True, help_text="Ví dụ: Phụ lục III.")
    attached_to = models.CharField(
        "Kèm theo", max_length=300, blank=True,
        help_text="Văn bản ban hành mẫu, ví dụ: Kế hoạch số …/KH-… ngày ….",
    )  # fmt: skip
    guidance = models.TextField("Hướng dẫn người điền", blank=True, max_length=2000)
    published_at = models.DateTimeField("Ban hành lúc", null=True, blank=True, editable=False)

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("form"), FieldPanel("number")]),
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("annex"), FieldPanel("attached_to")]),
                FieldPanel("guidance"),
            ],
            heading="Mẫu",
        ),
        InlinePanel("indicators", heading="Chỉ tiêu, số liệu", label="Chỉ tiêu"),
        InlinePanel("columns", heading="Các cột của bảng nhiệm vụ", label="Cột"),
        InlinePanel("tasks", heading="Nhiệm vụ có sẵn trong bảng", label="Nhiệm vụ"),
    ]

    class Meta:
        verbose_name = "phiên bản mẫu báo cáo"
        verbose_name_plural = "phiên bản mẫu báo cáo"
        ordering = ["form__name", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "number"], name="layout_version_once",
                violation_error_message="Mẫu này đã có phiên bản mang số đó.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.form} (phiên bản {self.number})"

    @property
    def is_published(self) -> bool:
        """Whether it is in force, and fixed."""
        return self.published_at is not None

    def clean(self) -> None:
        """Words without stray signs; a published version is left as it is."""
        if (
            self.pk
            and LayoutVersion.objects.filter(pk=self.pk, published_at__isnull=False).exists()
        ):
            raise ValidationError(FROZEN)
        self.title = clean(self.title).strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refused once it is published; publishing itself goes by an update."""
        self.must_be_open()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refused once it is published."""
        self.must_be_open()
        return super().delete(*args, **kwargs)

    def must_be_open(self) -> None:
        """ValidationError when the version is published."""
        if (
            self.pk
            and LayoutVersion.objects.filter(pk=self.pk, published_at__isnull=False).exists()
        ):
            raise ValidationError(FROZEN)


class Part(Orderable):
    """A part of a version: fixed with it."""

    class Meta(Orderable.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refused once the version is published."""
        self.version.must_be_open()  # type: ignore[attr-defined]
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refused once the version is published."""
        self.version.must_be_open()  # type: ignore[attr-defined]
        return super().delete(*args, **kwargs)


class Indicator(Part):
    """What is counted or told: one value in each report."""

    version = ParentalKey(LayoutVersion, on_delete=models.CASCADE, related_name="indicators")
    key = models.SlugField(
        "Mã", max_length=40,
        help_text="Giữ nguyên qua các phiên bản để so được với kỳ trước, ví dụ: so-lop.",
    )  # fmt: skip
    group = models.CharField("Nhóm", max_length=160, blank=True)
    label = models.CharField("Tên chỉ tiêu", max_length=300)
    kind = models.CharField(
        "Cách ghi", max_length=6, choices=IndicatorKind.choices, default=IndicatorKind.COUNT
    )
    unit = models.CharField("Đơn vị tính", max_length=40, blank=True)
    guidance = models.CharField("Giải thích", max_length=300, blank=True)
    options = models.TextField("Các lựa chọn", blank=True, help_text="Mỗi dòng một lựa chọn.")
    is_required = models.BooleanField("Phải có", default=True)
    over_units = models.CharField(
        "Cộng giữa các đơn vị", max_length=4, choices=AddUp.choices, default=AddUp.SUM
    )
    over_time = models.CharField(
        "Cộng giữa các kỳ", max_length=4, choices=AddUp.choices, default=AddUp.SUM
    )
    source = models.CharField("Lấy số từ", max_length=40, blank=True, choices=source_choices)

    panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("key")]),
        FieldRowPanel([FieldPanel("group"), FieldPanel("unit")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("source"), FieldPanel("is_required")]),
        FieldRowPanel([FieldPanel("over_units"), FieldPanel("over_time")]),
        FieldPanel("guidance"),
        FieldPanel("options"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"], name="indicator_once",
                violation_error_message="Mã này đã có trong mẫu.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label

    @property
    def choices(self) -> list[str]:
        """The lines of `options`."""
        return [line.strip() for line in self.options.splitlines() if line.strip()]

    def clean(self) -> None:
        """A choice has what to choose from; a source gives numbers, so only a count has one."""
        if self.kind == IndicatorKind.CHOICE and len(self.choices) < 2:
            raise ValidationError({"options": "Hãy ghi ít nhất hai lựa chọn, mỗi dòng một."})
        if self.source and self.kind != IndicatorKind.COUNT:
            raise ValidationError({"source": "Chỉ số đếm mới lấy được từ nhật ký."})


class FormColumn(Part):
    """A column of the table of tasks."""

    version = ParentalKey(LayoutVersion, on_delete=models.CASCADE, related_name="columns")
    heading = models.CharField("Tên cột", max_length=160)
    role = models.CharField(
        "Để ghi", max_length=10, choices=ColumnRole.choices, default=ColumnRole.OTHER
    )
    width = models.PositiveSmallIntegerField("Rộng (mm)", default=30)

    panels = [FieldRowPanel([FieldPanel("heading"), FieldPanel("role"), FieldPanel("width")])]

    class Meta(Orderable.Meta):
        verbose_name = "cột"
        verbose_name_plural = "cột"

    def __str__(self) -> str:
        return self.heading


class FormTask(Part):
    """A line that every report of this version has; reports may add lines of their own."""

    version = ParentalKey(LayoutVersion, on_delete=models.CASCADE, related_name="tasks")
    key = models.SlugField(
        "Mã", max_length=40, help_text="Giữ nguyên qua các phiên bản, ví dụ: ngay-hoi."
    )
    group = models.CharField("Nhóm", max_length=200, blank=True)
    name = models.CharField("Tên nhiệm vụ", max_length=500)
    time = models.CharField("Thời gian", max_length=200, blank=True)
    target = models.CharField("Chỉ tiêu", max_length=500, blank=True)
    source = models.CharField("Kết quả lấy từ", max_length=40, blank=True, choices=source_choices)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("key")]),
        FieldRowPanel([FieldPanel("group"), FieldPanel("source")]),
        FieldRowPanel([FieldPanel("time"), FieldPanel("target")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"], name="layout_task_once",
                violation_error_message="Mã này đã có trong mẫu.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
