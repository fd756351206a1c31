"""The organisation tree: as it is now (treebeard), and as it was (dated names and places)."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from modelsearch import index
from modelsearch.queryset import SearchableQuerySetMixin
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from campaign.units.choices import SigningAuthority, UnitKind
from campaign.units.rules import code_key, name_key
from core.models import PublicContent
from core.search_fields import FoldedAutocompleteField, FoldedSearchField
from core.text import clean, fold, words


class UnitQuerySet(SearchableQuerySetMixin, MP_NodeQuerySet):
    """Units by time."""

    def active(self, day: date) -> Self:
        """Those that exist on `day`."""
        return self.filter(models.Q(ends__isnull=True) | models.Q(ends__gte=day), starts__lte=day)

    def found(self, query: str) -> Self:
        """Those with a name, old or new, that has each word of the query, marks and case aside; or the code."""
        names = UnitName.objects.all()
        for word in words(fold(query)):
            names = names.filter(search_key__contains=f" {word}")
        named = models.Q(pk__in=names.order_by().values("unit"))
        return self.filter(named | models.Q(code_key=code_key(query)))


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):  # type: ignore[misc]
    """In the order of the tree."""

    def get_queryset(self) -> UnitQuerySet:
        """Depth first."""
        return UnitQuerySet(self.model, using=self._db).order_by("path")


class Unit(PublicContent, index.Indexed, MP_Node):
    """A department, a school, a part of it, a class, a team. Its past is in `names` and `places`."""

    kind = models.CharField("Loại", max_length=14, choices=UnitKind.choices)
    code = models.CharField("Mã", max_length=30)
    code_key = models.CharField(max_length=30, editable=False)
    name = models.CharField("Tên đầy đủ", max_length=200)
    short_name = models.CharField("Tên gọn", max_length=80, blank=True)
    starts = models.DateField("Có từ ngày")
    ends = models.DateField("Đến hết ngày", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="Đơn vị kế tục",
    )
    # The school it belongs to (itself for a school): codes are unique within it.
    institution = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    locality = models.CharField("Địa bàn", max_length=160, blank=True)
    local_partner = models.CharField("Địa phương phối hợp", max_length=160, blank=True)

    objects = UnitManager()

    search_fields = [
        FoldedSearchField("name", boost=5),
        FoldedSearchField("short_name", boost=5),
        FoldedSearchField("code", boost=5),
        FoldedAutocompleteField("name"),
        FoldedAutocompleteField("code"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        permissions = [("manage_all_units", "Quản lý đơn vị và người của toàn trang")]
        indexes = [models.Index(fields=["institution", "kind"], name="unit_of_institution")]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "code_key"],
                name="unit_code_once_in_a_school",
                violation_error_message="Mã này đã có trong trường (không kể hoa, thường, dấu).",
            ),
            models.UniqueConstraint(
                fields=["code_key"],
                condition=models.Q(institution__isnull=True),
                name="unit_code_once_above_schools",
                violation_error_message="Mã này đã có (không kể hoa, thường, dấu).",
            ),
            models.UniqueConstraint(
                fields=["code_key"],
                condition=models.Q(kind=UnitKind.INSTITUTION),
                name="unit_code_once_for_schools",
                violation_error_message="Mã trường này đã có (không kể hoa, thường, dấu).",
            ),
            models.CheckConstraint(
                name="unit_days_in_order",
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
            ),
            models.CheckConstraint(
                name="unit_successor_only_when_ended",
                condition=models.Q(successor__isnull=True) | models.Q(ends__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def get_absolute_url(self) -> str:
        """The unit's public page."""
        return reverse("units:unit", args=[self.pk])

    @property
    def title(self) -> str:
        """What a list of results shows."""
        return self.name

    @property
    def url(self) -> str:
        """Where a find leads."""
        return self.get_absolute_url()

    def enrolment_on(self, day: date) -> Enrolment | None:
        """The newest count of students up to `day`; None is unknown, not nought."""
        return self.enrolments.filter(as_of__lte=day).order_by("-as_of").first()

    def clean(self) -> None:
        """Mended text; a code that means something."""
        for field in ("code", "name", "short_name", "locality", "local_partner"):
            setattr(self, field, " ".join(clean(getattr(self, field)).split()))
        self.code_key = code_key(self.code)
        if not self.code_key:
            raise ValidationError({"code": "Mã phải có ít nhất một chữ hoặc số."})
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": "Ngày kết thúc không được trước ngày bắt đầu."})


class UnitName(models.Model):
    """What a unit is called from a day on."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    name = models.CharField("Tên đầy đủ", max_length=200)
    short_name = models.CharField("Tên gọn", max_length=80, blank=True)
    since = models.DateField("Từ ngày")
    search_key = models.CharField(max_length=300, editable=False, default="")

    class Meta:
        verbose_name = "tên qua các thời kỳ"
        verbose_name_plural = "tên qua các thời kỳ"
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "since"], name="unit_name_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.since:%d/%m/%Y})"

    def save(self, **kwargs: Any) -> None:  # type: ignore[override]
        """With what it is searched by."""
        self.search_key = name_key(self.name, self.short_name)
        if fields := kwargs.get("update_fields"):
            kwargs["update_fields"] = {*fields, "search_key"}
        super().save(**kwargs)


class UnitPlace(models.Model):
    """Below which unit a unit stands from a day on."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="places")
    parent = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    since = models.DateField("Từ ngày")

    class Meta:
        verbose_name = "vị trí qua các thời kỳ"
        verbose_name_plural = "vị trí qua các thời kỳ"
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "since"], name="unit_place_once_a_day"),
            models.CheckConstraint(
                name="unit_not_below_itself", condition=~models.Q(unit=models.F("parent"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.parent_id} ({self.since:%d/%m/%Y})"


class Enrolment(models.Model):
    """How many students a class had on a day; the quota of an award rests on it (plan SL 4.3.1)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="enrolments")
    count = models.PositiveSmallIntegerField("Sĩ số")
    as_of = models.DateField("Tính đến ngày")

    class Meta:
        verbose_name = "sĩ số"
        verbose_name_plural = "sĩ số"
        ordering = ["-as_of"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "as_of"], name="enrolment_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.count} ({self.as_of:%d/%m/%Y})"


class Letterhead(models.Model):
    """What stands at the head and foot of a unit's documents (Decree 30/2020, annex I)."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="letterhead")
    superior_body = models.CharField("Cơ quan chủ quản", max_length=200, blank=True)
    issuing_name = models.CharField("Tên cơ quan ban hành", max_length=200)
    symbol = models.CharField("Ký hiệu", max_length=30, blank=True)
    place = models.CharField("Địa danh", max_length=60)
    authority = models.CharField(
        "Quyền ký", max_length=3, choices=SigningAuthority.choices, blank=True, default=""
    )
    signer_office = models.CharField(
        "Chức vụ người ký",
        max_length=120,
        blank=True,
        help_text="Ký thay thì ghi cả hai, cách nhau bằng gạch chéo: Hiệu trưởng / Phó Hiệu trưởng.",
    )
    is_youth_union = models.BooleanField(
        "Theo mẫu văn bản của Đoàn",
        default=False,
        help_text="Không có quốc hiệu; bên phải là ĐOÀN TNCS HỒ CHÍ MINH.",
    )

    class Meta:
        verbose_name = "tiêu đề văn bản"
        verbose_name_plural = "tiêu đề văn bản"

    def __str__(self) -> str:
        return self.issuing_name


class TreeLock(models.Model):
    """One row; whoever changes the tree holds it, so that treebeard's paths never mix."""

    class Meta:
        verbose_name = "khóa cây đơn vị"
        verbose_name_plural = "khóa cây đơn vị"

    def __str__(self) -> str:
        return "khóa"
