"""The base of every page type."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.models import Page

from core.choices import TileColour
from core.fields import BodyField
from core.search_fields import TITLE_FIELDS, FoldedSearchField
from core.slugs import SLUG_FORMATTERS
from core.text import clean, slugify


class BasePage(Page):
    """Every page of the site: summary, Vietnamese address, folded search."""

    summary = models.CharField(
        "Tóm tắt",
        max_length=300,
        blank=True,
        help_text="Một, hai câu cho người đọc lướt; cũng hiện khi chia sẻ và trong kết quả tìm kiếm.",
    )

    search_fields = [*Page.search_fields, *TITLE_FIELDS, FoldedSearchField("summary", boost=3)]
    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug", widget=SlugInput(formatters=SLUG_FORMATTERS)),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("show_in_menus"),
            ],
            heading="Địa chỉ và tìm kiếm",
        )
    ]

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Mend pasted text, and make the address from the Vietnamese title where there is none."""
        self._tidy()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """The same for a draft, which Wagtail checks no further: its own address would lose every đ."""
        self._tidy()
        super().minimal_clean()

    def _tidy(self) -> None:
        self.title: str = clean(self.title or "")
        self.summary = clean(self.summary or "")
        if not self.slug and self.title:  # type: ignore[has-type]
            self.slug = self._free_slug(slugify(self.title) or "trang")

    def _free_slug(self, base: str) -> str:
        """`base`, or `base-2`, `base-3` … when a neighbour has it already."""
        # A new page has its parent, but no place in the tree yet.
        is_placed = bool(self.path or getattr(self, "_cached_parent_obj", None))
        parent = self.get_parent() if is_placed else None
        slug, number = base, 1
        while not Page._slug_is_available(slug, parent, self if self.pk else None):
            number += 1
            slug = f"{base}-{number}"
        return slug

    @property
    def kind_label(self) -> str:
        """What sort of page this is, in Vietnamese."""
        return str(self._meta.verbose_name)

    @property
    def description(self) -> str:
        """The sentence that stands for the page elsewhere."""
        return self.search_description or self.summary


class StoryPage(BasePage):
    """A page that is read: a picture or a letter tile, and a body of blocks."""

    picture = models.ForeignKey(
        "core.SiteImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Hình đại diện",
    )
    picture_alt = models.CharField(
        "Mô tả hình",
        max_length=200,
        blank=True,
        help_text="Tả bằng lời cho người không nhìn thấy hình. Bắt buộc khi có hình.",
    )
    picture_caption = models.CharField("Chú thích hình", max_length=200, blank=True)
    glyph = models.CharField(
        "Ô chữ",
        max_length=3,
        default="A",
        help_text="Một chữ hoặc số lớn, thay cho hình khi chưa có hình.",
    )
    colour = models.CharField(
        "Màu ô chữ", max_length=8, choices=TileColour.choices, default=TileColour.TEAL
    )
    body = BodyField(verbose_name="Nội dung", blank=True)

    search_fields = [*BasePage.search_fields, FoldedSearchField("body")]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("picture"),
                FieldPanel("picture_alt"),
                FieldPanel("picture_caption"),
                FieldRowPanel([FieldPanel("glyph"), FieldPanel("colour")]),
            ],
            heading="Hình đại diện",
        ),
        FieldPanel("body"),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A picture without words for it is refused."""
        super().clean()
        if self.picture_id and not self.picture_alt.strip():
            raise ValidationError(
                {"picture_alt": "Hãy tả hình bằng lời: người dùng trình đọc màn hình cần dòng này."}
            )


class StandardPage(StoryPage):
    """A page of its own: introduction, guide to the site, policy."""

    template = "core/standard_page.html"

    class Meta:
        verbose_name = "trang nội dung"
        verbose_name_plural = "trang nội dung"
