"""The catalogue card of each public item: what the list filters, counts and sorts by, in one narrow row.

Derived from the page whenever it is published or taken back (`services.shelve`); nobody edits it.
"""

from django.core.files.storage import default_storage
from django.db import models

from resources.choices import ItemKind, tile_of
from resources.rules import page_words
from resources.sorting import KEY_LENGTH


class ShelfCard(models.Model):
    """One public item. Several values stand in one cell as `,3,7,`."""

    item = models.OneToOneField(
        "resources.LibraryItemPage",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="card",
    )
    kind = models.CharField(max_length=20, choices=ItemKind.choices)
    language = models.PositiveBigIntegerField(null=True)
    licence = models.PositiveBigIntegerField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    audiences = models.TextField(blank=True)
    topics = models.TextField(blank=True)
    domains = models.TextField(blank=True)
    competences = models.TextField(blank=True)
    levels = models.TextField(blank=True)
    tags = models.TextField(blank=True)
    # Folded words, each behind a space: of the title, and of all that is told of the item.
    title_words = models.TextField(blank=True)
    words = models.TextField(blank=True)
    title_key = models.CharField(max_length=KEY_LENGTH)
    published_at = models.DateTimeField()
    uses = models.PositiveIntegerField(default=0)
    extension = models.CharField(max_length=12, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    pages = models.PositiveIntegerField(null=True)
    cover = models.CharField(max_length=255, blank=True)

    class Meta:
        verbose_name = "thẻ thư mục"
        verbose_name_plural = "thẻ thư mục"
        indexes = [
            models.Index(fields=["-published_at", "-item"], name="shelf_newest"),
            models.Index(fields=["-uses", "-published_at", "-item"], name="shelf_most_used"),
            models.Index(fields=["title_key", "item"], name="shelf_by_title"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def cover_url(self) -> str:
        """The address of the picture that was made of the first page, or nothing."""
        return default_storage.url(self.cover) if self.cover else ""

    @property
    def page_words(self) -> str:
        """The length of the first file in words."""
        return page_words(self.extension, self.pages)

    @property
    def glyph(self) -> str:
        """The letter of the tile that stands for a missing picture."""
        return tile_of(self.kind)[0]

    @property
    def colour(self) -> str:
        """The colour of that tile."""
        return tile_of(self.kind)[1]
