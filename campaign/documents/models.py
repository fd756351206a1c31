"""Official documents, and the directory of platforms and partners."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from modelsearch import index
from modelsearch.queryset import SearchableQuerySetMixin

from campaign.documents.choices import PlatformKind, Visibility
from core.models import PublicContent, SiteDocument
from core.search_fields import FoldedAutocompleteField, FoldedSearchField
from core.text import clean


class OfficialDocumentQuerySet(SearchableQuerySetMixin, models.QuerySet["OfficialDocument"]):
    """Documents by who may read them."""

    def public(self) -> Self:
        """Those anybody may read."""
        return self.filter(visibility=Visibility.PUBLIC).select_related("file")

    def visible_to(self, user: Any) -> Self:
        """Everything for those who keep the register, public ones for the rest."""
        if user.has_perm("documents.view_officialdocument"):
            return self.select_related("file")
        return self.public()


class OfficialDocument(PublicContent, index.Indexed, models.Model):
    """A document the movement rests on. What is not known stays empty and is shown as missing."""

    number = models.CharField("Số, ký hiệu", max_length=60, blank=True)
    kind = models.CharField("Loại văn bản", max_length=40)
    issuer = models.CharField("Cơ quan ban hành", max_length=200)
    issue_date = models.DateField("Ngày ban hành", null=True, blank=True)
    effective_date = models.DateField("Ngày có hiệu lực", null=True, blank=True)
    signer = models.CharField("Người ký", max_length=120, blank=True)
    abstract = models.CharField("Trích yếu", max_length=500)
    file = models.ForeignKey(
        SiteDocument,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Tệp",
    )
    visibility = models.CharField(
        "Phạm vi", max_length=10, choices=Visibility.choices, default=Visibility.INTERNAL
    )

    objects = OfficialDocumentQuerySet.as_manager()

    search_fields = [
        FoldedSearchField("abstract", boost=5),
        FoldedSearchField("number", boost=10),
        FoldedSearchField("issuer"),
        FoldedSearchField("kind"),
        FoldedAutocompleteField("abstract"),
        FoldedAutocompleteField("number"),
        index.FilterField("visibility"),
    ]

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = [models.F("issue_date").desc(nulls_last=True), "-pk"]
        indexes = [models.Index(fields=["visibility", "-issue_date"], name="document_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "issuer"],
                condition=~models.Q(number=""),
                name="document_number_once_per_issuer",
                violation_error_message="Văn bản có số này của cơ quan này đã có trong danh mục.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number or self.kind}: {self.abstract}"

    @property
    def title(self) -> str:
        """What a list of results shows first."""
        return f"{self.number or self.kind}: {self.abstract}"

    @property
    def url(self) -> str:
        """Where the file is; empty while there is none."""
        return self.file.url if self.file else ""

    def clean(self) -> None:
        """Scanned text is mended; dates must be possible."""
        for name in ("number", "kind", "issuer", "signer", "abstract"):
            setattr(self, name, " ".join(clean(getattr(self, name)).split()))
        if self.issue_date and self.issue_date < date(1945, 9, 2):
            raise ValidationError({"issue_date": "Ngày ban hành quá xa: hãy xem lại năm."})
        if self.issue_date and self.effective_date and self.effective_date < self.issue_date:
            raise ValidationError(
                {"effective_date": "Ngày hiệu lực không thể trước ngày ban hành."}
            )


class Platform(PublicContent, models.Model):
    """A platform, a programme or a partner elsewhere, with whom it serves and what for."""

    name = models.CharField("Tên", max_length=160)
    url = models.URLField("Địa chỉ", max_length=500, unique=True)
    kind = models.CharField("Loại", max_length=12, choices=PlatformKind.choices)
    owner = models.CharField("Cơ quan quản lý", max_length=160, blank=True)
    audience = models.CharField("Dành cho", max_length=160, blank=True)
    purpose = models.CharField("Ở đó có gì", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("Thứ tự", default=10)

    class Meta:
        verbose_name = "nền tảng, liên kết"
        verbose_name_plural = "nền tảng, liên kết"
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name
