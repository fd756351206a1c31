"""Tags whose addresses survive Vietnamese."""

from taggit.models import TagBase

from core.models.public import PublicContent
from core.text import slugify


class Keyword(PublicContent, TagBase):
    """A tag; “Đoàn viên” becomes `doan-vien`, not `oan-vien`."""

    free_tagging = True

    class Meta:
        verbose_name = "từ khóa"
        verbose_name_plural = "từ khóa"

    def slugify(self, tag: str, i: int | None = None) -> str:
        """The tag's address part."""
        base = slugify(tag) or "tu-khoa"
        return base if i is None else f"{base}_{i}"
