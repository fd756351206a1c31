"""Pictures, documents, videos: custom from the first migration, findable without marks."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.validators import FileExtensionValidator
from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtailmedia.models import AbstractMedia

from core.models.public import PublicContent
from core.search_fields import TITLE_FIELDS, FoldedSearchField


class SiteImage(PublicContent, AbstractImage):
    """A picture, with who made it."""

    credit = models.CharField("Tác giả, nguồn", max_length=160, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")
    search_fields = [*AbstractImage.search_fields, *TITLE_FIELDS]

    class Meta(AbstractImage.Meta):
        verbose_name = "hình ảnh"
        verbose_name_plural = "hình ảnh"


class SiteRendition(AbstractRendition):
    """A picture cut and resized for one place."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]


def kept_apart() -> FileSystemStorage:
    """Where documents lie: outside every public folder, so that each is served after its rights check."""
    return FileSystemStorage(location=Path(settings.PRIVATE_ROOT), base_url=None)


class SiteDocument(PublicContent, AbstractDocument):
    """A file to take away, by its address under `/tep/` alone."""

    file = models.FileField("Tệp", upload_to="documents", storage=kept_apart)

    admin_form_fields = Document.admin_form_fields
    search_fields = [*AbstractDocument.search_fields, *TITLE_FIELDS]

    class Meta(AbstractDocument.Meta):
        verbose_name = "tài liệu"
        verbose_name_plural = "tài liệu"


class SiteMedia(PublicContent, AbstractMedia):
    """A video or sound; captions and transcript let everybody follow it."""

    captions = models.FileField(
        "Phụ đề (WebVTT)",
        upload_to="captions",
        blank=True,
        validators=[FileExtensionValidator(["vtt"])],
    )
    transcript = models.TextField("Bản chép lời", blank=True)

    admin_form_fields = (*AbstractMedia.admin_form_fields, "captions", "transcript")
    search_fields = [*AbstractMedia.search_fields, *TITLE_FIELDS, FoldedSearchField("transcript")]

    class Meta:
        verbose_name = "video, âm thanh"
        verbose_name_plural = "video, âm thanh"
