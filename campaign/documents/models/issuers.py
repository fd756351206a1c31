"""Who issues documents."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelsearch import index
from wagtail.admin.panels import FieldPanel

from campaign.documents.choices import Visibility
from core.models import PublicContent
from core.text import clean


class Issuer(PublicContent, models.Model):
    """An authority that issues documents."""

    name = models.CharField("Tên cơ quan", max_length=200, unique=True)
    short_name = models.CharField(
        "Tên ngắn", max_length=80, blank=True, help_text="Ví dụ: Bộ GDĐT. Để trống nếu không có."
    )
    is_party = models.BooleanField(
        "Cơ quan của Đảng",
        default=False,
        help_text="Văn bản của cơ quan Đảng chỉ được công khai khi ghi rõ căn cứ cho phép.",
    )

    panels = [FieldPanel("name"), FieldPanel("short_name"), FieldPanel("is_party")]

    class Meta:
        verbose_name = "cơ quan ban hành"
        verbose_name_plural = "cơ quan ban hành"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Documents are found by their issuer's name: a new name goes into the index with each of them."""
        known = self.pk and Issuer.objects.filter(pk=self.pk).values("name", "short_name").first()
        super().save(*args, **kwargs)
        if known and (known["name"], known["short_name"]) != (self.name, self.short_name):
            for document in self.documents.all():
                index.insert_or_update_object(document)

    @property
    def brief(self) -> str:
        """The name as a list shows it."""
        return self.short_name or self.name

    def clean(self) -> None:
        """Names are mended and told apart without case; a Party body has no document public without a note."""
        self.name = " ".join(clean(self.name).split())
        self.short_name = " ".join(clean(self.short_name).split())
        others = Issuer.objects.exclude(pk=self.pk).values_list("name", flat=True)
        if self.name.casefold() in {other.casefold() for other in others}:
            raise ValidationError({"name": "Cơ quan này đã có trong danh sách."})
        if self.is_party and self.pk and (count := self._unfounded()):
            raise ValidationError(
                {
                    "is_party": f"Cơ quan này có {count} văn bản đang công khai mà chưa ghi căn cứ công khai. "
                    "Hãy ghi căn cứ ở từng văn bản, hoặc chuyển văn bản về Nội bộ, rồi đánh dấu ô này."
                }
            )

    def _unfounded(self) -> int:
        public = self.documents.filter(visibility=Visibility.PUBLIC, disclosure_note="")
        return int(public.count())
