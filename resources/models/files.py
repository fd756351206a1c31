"""What was read from a file: its kind, size, pages, its first page as a picture, or what is wrong with it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from core.models import PublicContent, SiteDocument
from core.text import clean
from resources.rules import page_words


class FileFacts(PublicContent, models.Model):
    """The facts of one stored file. Derived: kept apart from pages, whose drafts would bring old facts back."""

    document = models.OneToOneField(SiteDocument, on_delete=models.CASCADE, related_name="facts")
    # Which stored file was read; another name means that the file was replaced.
    stored_name = models.CharField(max_length=255)
    extension = models.CharField("Định dạng", max_length=12)
    size = models.PositiveBigIntegerField("Dung lượng", default=0)
    pages = models.PositiveIntegerField("Số trang", null=True)
    problem = models.CharField("Lỗi", max_length=300, blank=True)
    cover = models.ImageField("Trang đầu", upload_to="bia", blank=True)

    class Meta:
        verbose_name = "thông số tệp"
        verbose_name_plural = "thông số tệp"

    def __str__(self) -> str:
        return f"{self.extension.upper()} {self.stored_name}"

    @property
    def page_words(self) -> str:
        """The length in words."""
        return page_words(self.extension, self.pages)


class ItemFile(PublicContent, Orderable):
    """A file of an item."""

    item = ParentalKey("resources.LibraryItemPage", on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        SiteDocument, on_delete=models.PROTECT, related_name="library_files", verbose_name="Tệp"
    )
    label = models.CharField(
        "Tên hiện ra",
        max_length=160,
        blank=True,
        help_text="Để trống thì dùng tên học liệu; tệp tải về cũng mang tên này.",
    )

    panels = [FieldPanel("document"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = "tệp của học liệu"
        verbose_name_plural = "tệp của học liệu"

    def __str__(self) -> str:
        return self.label or str(self.document)

    def clean(self) -> None:
        """A file that nobody could open is refused, with the reason at the file."""
        from resources.services import facts_of

        super().clean()
        self.label = clean(self.label).strip()
        if self.document_id and (problem := facts_of(self.document).problem):
            raise ValidationError({"document": problem})

    @property
    def facts(self) -> Any:
        """What was read from the file, as prefetched, or None."""
        return getattr(self.document, "facts", None)
