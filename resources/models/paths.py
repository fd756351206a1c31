"""Programmes and collections: an ordered way through items of the library and courses elsewhere."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable, PageManager
from wagtail.query import PageQuerySet

from core.models import BasePage, PublicContent, StoryPage
from core.queries import open_to_all
from core.search_fields import FoldedSearchField
from core.share import qr_svg
from core.text import clean
from resources.choices import PathKind
from resources.forms import LearningPathForm
from resources.models.framework import Audience
from resources.models.items import LibraryItemPage
from resources.panels import PATH_PANELS, STEP_PANELS
from resources.path_rules import step_key, step_problem
from resources.rules import host_of


class PathQuerySet(PageQuerySet):
    """Paths as lists need them."""

    def listed(self) -> Self:
        """Public ones: programmes first, then collections, each in the order of the page tree."""
        programmes_first = models.Case(
            models.When(kind=PathKind.PROGRAMME, then=models.Value(0)),
            default=models.Value(1),
            output_field=models.IntegerField(),
        )
        return open_to_all(self).defer_streamfields().order_by(programmes_first, "path")


PathManager = PageManager.from_queryset(PathQuerySet)


class LearningPathPage(RoutablePageMixin, StoryPage):
    """A programme, or a collection for an audience: what to learn, in which order, to what end."""

    kind = models.CharField(
        "Đây là", max_length=20, choices=PathKind.choices, default=PathKind.COLLECTION
    )
    audiences = ParentalManyToManyField(
        Audience, blank=True, related_name="paths", verbose_name="Dành cho"
    )

    objects = PathManager()

    template = "resources/path.html"
    base_form_class = LearningPathForm
    parent_page_types = ["resources.LibraryIndexPage"]
    subpage_types: list[str] = []
    search_fields = [*StoryPage.search_fields, FoldedSearchField("step_words")]
    content_panels = [*BasePage.content_panels, *PATH_PANELS]

    class Meta:
        verbose_name = "lộ trình học"
        verbose_name_plural = "lộ trình học"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Steps are stored after the page itself: index it again with them."""
        from modelsearch import index

        super().save(*args, **kwargs)
        index.insert_or_update_object(self)

    @property
    def kind_label(self) -> str:
        """Programme or collection, in Vietnamese."""
        return str(PathKind(self.kind).label) if self.kind in PathKind.values else "Lộ trình học"

    @property
    def step_words(self) -> str:
        """What its steps are called, for the search."""
        steps = self.steps.select_related("item") if self.pk else self.steps.all()
        return " ".join(f"{step.name} {step.outcome}" for step in steps)

    @path("")
    def read(self, request: HttpRequest) -> HttpResponse:
        """The steps in order."""
        from resources.walking import path_context

        return self.render(request, context_overrides=path_context(self))

    @path("goi-mang-di/")
    def take_away(self, request: HttpRequest) -> HttpResponseBase:
        """Its items as one ZIP that opens without a network."""
        from resources.packing import pack_response
        from resources.packs import pack_of_path
        from resources.walking import public_steps

        return pack_response(pack_of_path(self, public_steps(self)), request)

    @path("in/")
    def printed(self, request: HttpRequest) -> HttpResponse:
        """A sheet with all steps and boxes to tick by hand, and the QR code of the address."""
        from resources.walking import path_context

        return self.render(
            request, context_overrides=path_context(self), template="resources/path_print.html"
        )

    @path("ma-qr/")
    def qr(self, request: HttpRequest) -> HttpResponse:
        """The QR code of the path's address."""
        request.is_public_page = True  # type: ignore[attr-defined]
        return HttpResponse(qr_svg(self.full_url), content_type="image/svg+xml")


class PathStep(PublicContent, Orderable):
    """One step: an item of the library, or a course elsewhere."""

    page = ParentalKey(LearningPathPage, on_delete=models.CASCADE, related_name="steps")
    item = models.ForeignKey(
        LibraryItemPage,
        # The path goes on without an item that was deleted.
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="path_steps",
        verbose_name="Học liệu của thư viện",
    )
    title = models.CharField("Tên khóa học ở nơi khác", max_length=200, blank=True)
    url = models.URLField("Địa chỉ", max_length=500, blank=True)
    provider = models.CharField("Nơi tổ chức", max_length=160, blank=True)
    needs_vneid = models.BooleanField("Phải đăng nhập bằng VNeID", default=False)
    minutes = models.PositiveSmallIntegerField(
        "Học trong bao lâu (phút)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(6000)],
        help_text="Để trống nếu chưa biết; học liệu của thư viện thì lấy từ học liệu.",
    )
    outcome = models.CharField(
        "Học xong làm được gì",
        max_length=300,
        blank=True,
        help_text="Một câu, bắt đầu bằng động từ. Ví dụ: Tự đăng ký được tài khoản VNeID mức 2.",
    )

    panels = STEP_PANELS

    class Meta(Orderable.Meta):
        verbose_name = "bước học"
        verbose_name_plural = "bước học"
        constraints = [
            models.CheckConstraint(
                name="step_is_item_or_course",
                condition=models.Q(item__isnull=False, url="", title="")
                | (models.Q(item__isnull=True) & ~models.Q(url="") & ~models.Q(title="")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """One thing a step; the reason is told at the field."""
        super().clean()
        for name in ("title", "provider", "outcome"):
            setattr(self, name, clean(getattr(self, name)).strip())
        problem = step_problem(has_item=bool(self.item_id), title=self.title, url=self.url)
        if problem:
            raise ValidationError({problem[0]: problem[1]})

    @property
    def name(self) -> str:
        """What the step is called."""
        return self.item.title if self.item else self.title

    @property
    def key(self) -> str:
        """What a learner's tick hangs on."""
        return step_key(self.item_id, self.url)

    @property
    def time(self) -> int | None:
        """Minutes, as told here or by the item."""
        return self.minutes or (self.item.minutes if self.item else None)

    @property
    def host(self) -> str:
        """Where a course elsewhere is, as readers know it."""
        return host_of(self.url)
