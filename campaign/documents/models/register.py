"""The register of official documents: what each says of itself, its files, what it does to others."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from modelsearch import index
from modelsearch.queryset import SearchableQuerySetMixin
from wagtail.models import Orderable

from campaign.documents.choices import ORDERED, DocumentKind, RelationKind, Visibility
from campaign.documents.forms import DocumentForm
from campaign.documents.models.issuers import Issuer
from campaign.documents.panels import DOCUMENT_PANELS, FILE_PANELS, RELATION_PANELS
from campaign.documents.rules import (
    circle_made,
    circle_problem,
    date_problems,
    disclosure_problem,
    double_problem,
    number_key,
    number_problem,
    number_spellings,
    order_problem,
)
from core.models import PublicContent, SiteDocument
from core.search_fields import FoldedAutocompleteField, FoldedSearchField
from core.text import clean, slugify

ONE_LINE = ("number", "signer", "signer_title", "abstract", "disclosure_note")
TAKEN = "Văn bản có số này của cơ quan này đã có trong danh mục."
LINES = ("recipients", "basis_text")


class OfficialDocumentQuerySet(SearchableQuerySetMixin, models.QuerySet["OfficialDocument"]):
    """Documents by who may read them."""

    def public(self) -> Self:
        """Those anybody may read."""
        return self.filter(visibility=Visibility.PUBLIC).select_related("issuer")

    def visible_to(self, user: Any) -> Self:
        """Everything for those who keep the register, public ones for the rest."""
        if user.has_perm("documents.view_officialdocument"):
            return self.select_related("issuer")
        return self.public()

    def listed(self) -> Self:
        """As lists show them: with the issuer, and knowing whether there is a file."""
        files = DocumentFile.objects.filter(document=models.OuterRef("pk"))
        return self.select_related("issuer").annotate(has_file=models.Exists(files))


class OfficialDocument(PublicContent, index.Indexed, ClusterableModel):
    """A document the movement rests on. What is not known stays empty and is shown as missing."""

    number = models.CharField(
        "Số, ký hiệu",
        max_length=60,
        blank=True,
        help_text="Ghi đúng như trên văn bản, ví dụ 106/KH-TCKTNVCB. Chưa biết thì để trống.",
    )
    number_key = models.CharField(max_length=80, blank=True, editable=False, db_index=True)
    kind = models.CharField("Loại văn bản", max_length=40, choices=DocumentKind.choices)
    issuer = models.ForeignKey(
        Issuer, on_delete=models.PROTECT, related_name="documents", verbose_name="Cơ quan ban hành"
    )
    issue_date = models.DateField("Ngày ban hành", null=True, blank=True)
    issue_year = models.PositiveSmallIntegerField(
        "Năm ban hành", null=True, blank=True, editable=False, db_index=True
    )
    effective_date = models.DateField("Ngày có hiệu lực", null=True, blank=True)
    expired_on = models.DateField(
        "Ngày hết hiệu lực",
        null=True,
        blank=True,
        help_text="Ngày đầu tiên văn bản không còn hiệu lực.",
    )
    signer = models.CharField("Người ký", max_length=120, blank=True)
    signer_title = models.CharField("Chức vụ người ký", max_length=100, blank=True)
    abstract = models.CharField("Trích yếu", max_length=500)
    recipients = models.TextField(
        "Nơi nhận", max_length=2000, blank=True, help_text="Mỗi nơi một dòng."
    )
    basis_text = models.TextField(
        "Căn cứ khác",
        max_length=2000,
        blank=True,
        help_text="Căn cứ chưa có trong danh mục, mỗi căn cứ một dòng. "
        "Căn cứ đã có thì chọn ở phần Quan hệ.",
    )
    visibility = models.CharField(
        "Phạm vi", max_length=10, choices=Visibility.choices, default=Visibility.INTERNAL
    )
    disclosure_note = models.CharField(
        "Căn cứ công khai",
        max_length=300,
        blank=True,
        help_text="Bắt buộc khi công khai văn bản của cơ quan Đảng: dựa vào đâu mà được công khai.",
    )

    objects = OfficialDocumentQuerySet.as_manager()

    base_form_class = DocumentForm
    panels = DOCUMENT_PANELS
    search_fields = [
        FoldedSearchField("abstract", boost=5),
        FoldedSearchField("number", boost=10),
        FoldedSearchField("issuer_names"),
        FoldedSearchField("kind_label"),
        FoldedSearchField("signer"),
        # Already folded, and no text to show: a plain field, which excerpts leave out.
        index.SearchField("spellings", boost=10),
        FoldedAutocompleteField("abstract"),
        FoldedAutocompleteField("number"),
        index.AutocompleteField("spellings"),
        index.FilterField("visibility"),
    ]

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = [models.F("issue_date").desc(nulls_last=True), "-pk"]
        indexes = [models.Index(fields=["visibility", "-issue_date"], name="document_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number_key", "issue_year"],
                condition=~models.Q(number_key="") & models.Q(issue_year__isnull=False),
                name="document_number_once_a_year",
                violation_error_message=TAKEN,
            ),
            models.UniqueConstraint(
                fields=["issuer", "number_key"],
                condition=~models.Q(number_key="") & models.Q(issue_year__isnull=True),
                name="undated_document_number_once",
                violation_error_message=TAKEN,
            ),
            models.CheckConstraint(
                condition=models.Q(issue_date__isnull=True)
                | models.Q(effective_date__isnull=True)
                | models.Q(effective_date__gte=models.F("issue_date")),
                name="document_works_after_its_issue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.abstract}"

    @property
    def name(self) -> str:
        """What the document is called for short: its number, or its kind and day."""
        if self.number:
            return self.number
        day = f" ngày {self.issue_date:%d/%m/%Y}" if self.issue_date else ""
        return f"{self.kind_label}{day}"

    @property
    def title(self) -> str:
        """What a list of results shows first."""
        return str(self)

    @property
    def kind_label(self) -> str:
        """The kind in Vietnamese."""
        return str(self.get_kind_display())

    @property
    def issuer_names(self) -> str:
        """The issuer's full and short name, for the search."""
        return f"{self.issuer.name} {self.issuer.short_name}".strip()

    @property
    def spellings(self) -> str:
        """The ways its number may be typed, for the search."""
        return number_spellings(self.number)

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it."""
        return self.visibility == Visibility.PUBLIC

    @property
    def url(self) -> str:
        """Its own address."""
        return self.get_absolute_url()

    @property
    def slug(self) -> str:
        """The readable part of its address."""
        return slugify(f"{self.name} {self.abstract}".replace("/", "-")) or "van-ban"

    def get_absolute_url(self) -> str:
        """Its own address."""
        return reverse("documents:detail", args=[self.pk, self.slug])

    def clean(self) -> None:
        """Scanned text is mended; number, dates and openness must be possible."""
        for field in ONE_LINE:
            setattr(self, field, " ".join(clean(getattr(self, field)).split()))
        for field in LINES:
            lines = (clean(line).strip() for line in getattr(self, field).splitlines())
            setattr(self, field, "\n".join(line for line in lines if line))
        self._derive()
        problems = date_problems(self.issue_date, self.effective_date, self.expired_on)
        if problem := number_problem(self.number):
            problems["number"] = problem
        if self.issuer_id:
            problems |= self._issuer_problems()
        if problems:
            raise ValidationError(problems)

    def _issuer_problems(self) -> dict[str, str]:
        problems = {}
        if note := disclosure_problem(
            is_public=self.is_public, is_party=self.issuer.is_party, note=self.disclosure_note
        ):
            problems["disclosure_note"] = note
        same = OfficialDocument.objects.filter(issuer=self.issuer_id, number_key=self.number_key)
        years = same.exclude(pk=self.pk).values_list("issue_year", flat=True)
        if self.number_key and (double := double_problem(self.issue_year, list(years))):
            problems[double[0]] = double[1]
        return problems

    def _derive(self) -> None:
        self.number_key = number_key(self.number)
        self.issue_year = self.issue_date.year if self.issue_date else None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Key and year follow from number and day, however the document was made."""
        self._derive()
        super().save(*args, **kwargs)


class DocumentFile(PublicContent, Orderable):
    """A file of a document: the text itself, an annex, a scan."""

    document = ParentalKey(OfficialDocument, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(
        SiteDocument,
        on_delete=models.CASCADE,
        related_name="register_files",
        verbose_name="Tệp",
    )
    label = models.CharField(
        "Nhãn", max_length=120, blank=True, help_text="Ví dụ: Bản chính, Phụ lục I."
    )

    panels = FILE_PANELS

    class Meta(Orderable.Meta):
        verbose_name = "tệp của văn bản"
        verbose_name_plural = "tệp của văn bản"
        constraints = [
            models.UniqueConstraint(fields=["document", "file"], name="file_once_per_document")
        ]

    def __str__(self) -> str:
        return self.label or self.file.title


class DocumentRelation(PublicContent, Orderable):
    """What a document does to another; entered at the later one."""

    source = ParentalKey(OfficialDocument, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField("Quan hệ", max_length=10, choices=RelationKind.choices)
    # Kept: a document that others replace or rest on can't vanish from under them.
    target = models.ForeignKey(
        OfficialDocument,
        on_delete=models.PROTECT,
        related_name="turned_relations",
        verbose_name="Với văn bản",
    )

    panels = RELATION_PANELS

    class Meta(Orderable.Meta):
        verbose_name = "quan hệ giữa văn bản"
        verbose_name_plural = "quan hệ giữa văn bản"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "kind"], name="relation_between_documents_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="relation_not_with_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target.name}"

    def clean(self) -> None:
        """No relation with itself, none that comes back to where it began."""
        if self.target_id and self.source_id and (problem := self.problem_with(self.source)):
            raise ValidationError({"target": problem})

    def problem_with(self, source: OfficialDocument) -> str | None:
        """Why `source` can't have this relation, or None; relations of other documents as they are stored."""
        if source.pk and self.target_id == source.pk:
            return "Văn bản không thể có quan hệ với chính nó."
        if self.kind not in ORDERED:
            return None
        if source.pk:
            stored = DocumentRelation.objects.filter(kind__in=ORDERED).exclude(source=source.pk)
            edges = stored.values_list("source_id", "target_id")
            if circle := circle_made(edges, source.pk, self.target_id):
                names = {one.pk: one.name for one in OfficialDocument.objects.filter(pk__in=circle)}
                return circle_problem([names[pk] for pk in circle])
        return order_problem(source.issue_date, self.target.issue_date)
