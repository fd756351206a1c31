"""Forms to download, in versions."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from modelsearch import index
from modelsearch.queryset import SearchableQuerySetMixin
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from campaign.documents.choices import Visibility
from campaign.documents.models.register import OfficialDocument
from campaign.documents.rules import Dated, current_version
from core.models import PublicContent, SiteDocument
from core.search_fields import TITLE_FIELDS, FoldedSearchField
from core.text import clean


class FormTemplateQuerySet(SearchableQuerySetMixin, models.QuerySet["FormTemplate"]):
    """Forms by who may take them."""

    def public(self) -> Self:
        """Those anybody may take."""
        return self.filter(visibility=Visibility.PUBLIC)

    def visible_to(self, user: Any) -> Self:
        """Everything for those who keep the register, public ones for the rest."""
        return self.all() if user.has_perm("documents.view_formtemplate") else self.public()

    def listed(self) -> Self:
        """As lists show them: with their document, versions and files."""
        return self.select_related("document__issuer").prefetch_related("versions__file")


class FormTemplate(PublicContent, index.Indexed, ClusterableModel):
    """A form that people fill in (handbook item 18)."""

    name = models.CharField("Tên biểu mẫu", max_length=200)
    purpose = models.CharField("Dùng để làm gì", max_length=300, blank=True)
    audience = models.CharField("Ai điền", max_length=200, blank=True)
    document = models.ForeignKey(
        OfficialDocument,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="form_templates",
        verbose_name="Kèm theo văn bản",
    )
    annex = models.CharField("Phụ lục", max_length=80, blank=True, help_text="Ví dụ: Phụ lục III.")
    visibility = models.CharField(
        "Phạm vi", max_length=10, choices=Visibility.choices, default=Visibility.INTERNAL
    )

    objects = FormTemplateQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("purpose"), FieldPanel("audience")], heading="Biểu mẫu"
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("document"), FieldPanel("annex")]),
                FieldPanel("visibility"),
            ],
            heading="Thuộc văn bản nào, ai được tải",
        ),
        InlinePanel(
            "versions",
            heading="Các phiên bản",
            label="Phiên bản",
            help_text="Bản đang dùng là bản mới nhất đã đến ngày áp dụng. Chưa có tệp thì để trống.",
        ),
    ]
    search_fields = [
        *TITLE_FIELDS,
        FoldedSearchField("purpose"),
        FoldedSearchField("audience"),
        FoldedSearchField("annex"),
        index.FilterField("visibility"),
    ]

    class Meta:
        verbose_name = "biểu mẫu"
        verbose_name_plural = "biểu mẫu"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """What a list of results shows first."""
        return self.name

    @property
    def is_public(self) -> bool:
        """Whether anybody may take it."""
        return self.visibility == Visibility.PUBLIC

    @property
    def url(self) -> str:
        """Its place in the list of forms."""
        return self.get_absolute_url()

    def get_absolute_url(self) -> str:
        """Its place in the list of forms."""
        return f"{reverse('documents:forms')}#bieu-mau-{self.pk}"

    def clean(self) -> None:
        """Pasted text is mended."""
        for field in ("name", "purpose", "audience", "annex"):
            setattr(self, field, " ".join(clean(getattr(self, field)).split()))

    def on(self, today: date) -> tuple["FormVersion | None", list["FormVersion"]]:
        """The version to use on `today`, and the others, newest first."""
        versions = list(self.versions.all())
        dated = [Dated(place, version.since) for place, version in enumerate(versions)]
        current = current_version(dated, today)
        chosen = None if current is None else versions[current]
        rest = [version for version in versions if version is not chosen]
        return chosen, sorted(rest, key=lambda version: version.since, reverse=True)


class FormVersion(PublicContent, Orderable):
    """One version of a form."""

    form = ParentalKey(FormTemplate, on_delete=models.CASCADE, related_name="versions")
    version = models.CharField("Phiên bản", max_length=40, help_text="Ví dụ: 1.0, năm 2026.")
    since = models.DateField("Áp dụng từ ngày")
    file = models.ForeignKey(
        SiteDocument,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="form_files",
        verbose_name="Tệp",
    )
    note = models.CharField("Ghi chú", max_length=200, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("version"), FieldPanel("since")]),
        FieldPanel("file"),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "phiên bản biểu mẫu"
        verbose_name_plural = "phiên bản biểu mẫu"
        constraints = [
            models.UniqueConstraint(
                fields=["form", "version"],
                name="form_version_once",
                violation_error_message="Biểu mẫu này đã có phiên bản ấy.",
            )
        ]

    def __str__(self) -> str:
        return f"Phiên bản {self.version}"

    def clean(self) -> None:
        """A version of long ago is a slip of the keyboard."""
        self.version = " ".join(clean(self.version).split())
        if self.since and self.since.year < 1945:
            raise ValidationError({"since": "Ngày áp dụng quá xa: hãy xem lại năm."})
