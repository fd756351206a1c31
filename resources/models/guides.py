"""Skill topics, and guides that take a learner through one skill."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from core.choices import TileColour
from core.models import BasePage, PublicContent, StoryPage
from core.queries import open_to_all
from core.registry import course_links
from core.search_fields import FoldedSearchField
from core.text import clean, slugify


class Topic(PublicContent, models.Model):
    """What people want to be able to do (handbook item 12); a list that editors extend."""

    name = models.CharField("Tên", max_length=80, unique=True)
    slug = models.SlugField("Địa chỉ", max_length=80, unique=True, blank=True)
    summary = models.CharField("Giới thiệu", max_length=160, blank=True)
    glyph = models.CharField("Ô chữ", max_length=3, default="A")
    colour = models.CharField(
        "Màu ô chữ", max_length=8, choices=TileColour.choices, default=TileColour.TEAL
    )
    order = models.PositiveSmallIntegerField("Thứ tự", default=10)

    panels = [
        FieldPanel("name"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("glyph"), FieldPanel("colour"), FieldPanel("order")]),
    ]

    class Meta:
        verbose_name = "chủ đề kỹ năng"
        verbose_name_plural = "chủ đề kỹ năng"
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The address comes from the name."""
        self.name = clean(self.name)
        self.slug = self.slug or slugify(self.name)


class GuideQuerySet(PageQuerySet):
    """Guides as lists need them."""

    def listed(self) -> Self:
        """Public guides by topic, without their bodies."""
        return (
            open_to_all(self)
            .defer_streamfields()
            .select_related("topic")
            .order_by("topic__order", "topic__name", "path")
        )


GuideManager = PageManager.from_queryset(GuideQuerySet)


class GuideIndexPage(BasePage):
    """`/huong-dan/`: all topics, each with its guides."""

    max_count = 1
    template = "resources/guide_index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["resources.GuidePage"]

    class Meta:
        verbose_name = "trang học kỹ năng số"
        verbose_name_plural = "trang học kỹ năng số"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Topics with their guides, in two queries; courses elsewhere as other apps offer them."""
        from resources.queries import topics_with_guides

        courses = [course for offered in course_links for course in offered()]
        return {
            **super().get_context(request, *args, **kwargs),
            "topics": topics_with_guides(),
            "courses": courses,
        }


class GuidePage(StoryPage):
    """One skill, step by step."""

    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="guides", verbose_name="Chủ đề"
    )
    minutes = models.PositiveSmallIntegerField(
        "Làm trong bao lâu (phút)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
    )

    objects = GuideManager()

    template = "resources/guide.html"
    parent_page_types = ["resources.GuideIndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *StoryPage.search_fields,
        index.RelatedFields("topic", [FoldedSearchField("name")]),
        index.FilterField("topic_id"),
    ]
    content_panels = [
        *StoryPage.content_panels,
        FieldRowPanel([FieldPanel("topic"), FieldPanel("minutes")]),
    ]

    class Meta:
        verbose_name = "hướng dẫn"
        verbose_name_plural = "hướng dẫn"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The other guides of the same topic."""
        siblings = GuidePage.objects.listed().filter(topic=self.topic_id).exclude(pk=self.pk)
        return {**super().get_context(request, *args, **kwargs), "siblings": siblings[:5]}
