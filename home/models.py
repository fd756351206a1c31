"""The front page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.url_routing import RouteResult

from core.models import BasePage
from core.registry import home_sections
from core.templatetags.site_tags import absolute
from home.rules import phase_today


class HomePage(BasePage):
    """`/`: what the movement is, what runs now, what is new, where to learn."""

    max_count = 1
    is_home = True
    parent_page_types = ["wagtailcore.Page"]

    hero_title = models.CharField("Câu mở đầu", max_length=90)
    hero_lead = models.CharField("Đoạn giới thiệu", max_length=320)
    about_title = models.CharField("Tiêu đề phần giới thiệu", max_length=90, blank=True)
    about = RichTextField(
        "Phong trào là gì", blank=True, features=["bold", "italic", "link", "ul", "ol"]
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("hero_lead")], heading="Mở đầu"),
        MultiFieldPanel(
            [FieldPanel("about_title"), FieldPanel("about")], heading="Giới thiệu phong trào"
        ),
        InlinePanel("phases", heading="Các giai đoạn", label="Giai đoạn"),
    ]

    class Meta:
        verbose_name = "trang chủ"
        verbose_name_plural = "trang chủ"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The phase of today and the sections that apps offer."""
        from resources.queries import learn_url

        phases = list(self.phases.all())
        offered = (provider(request) for provider in home_sections)
        return {
            **super().get_context(request, *args, **kwargs),
            "phases": phases,
            "current": phase_today(phases, timezone.localdate()),
            "learn_url": learn_url(),
            "sections": [section for section in offered if section is not None],
        }

    @property
    def schema_data(self) -> dict[str, Any]:
        """The site for machines (schema.org), with its search."""
        return {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": "Bình dân học vụ số",
            "url": absolute("/"),
            "inLanguage": "vi",
            "description": self.description,
            "potentialAction": {
                "@type": "SearchAction",
                "target": absolute("/tim-kiem/?q={q}"),
                "query-input": "required name=q",
            },
        }

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page of an address in two queries, however deep it lies.

        Wagtail walks down two queries a level. Here all beginnings of the address are looked up at once;
        the longest that is a page goes on with the rest (a feed, a print view).
        """
        if not path_components:
            return super().route(request, path_components)
        chain = self._chain(path_components)
        if not chain:
            raise Http404
        nearest = chain[-1]
        page = nearest.specific
        page.crumbs = [self, *chain[:-1]]
        return page.route(request, path_components[nearest.depth - self.depth :])

    def _chain(self, path_components: list[str]) -> list[Page]:
        """The pages along the address, from the top; broken off where one is missing."""
        prefixes, prefix = [], self.url_path
        for component in path_components[:12]:
            prefix += f"{component}/"
            prefixes.append(prefix)
        found = {page.url_path: page for page in Page.objects.filter(url_path__in=prefixes)}
        chain = []
        for prefix in prefixes:
            if prefix not in found:
                break
            chain.append(found[prefix])
        return chain


class CampaignPhase(Orderable):
    """A stretch of the campaign; both days belong to it."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="phases")
    name = models.CharField("Tên giai đoạn", max_length=120)
    starts = models.DateField("Từ ngày")
    ends = models.DateField("Đến hết ngày")
    summary = models.CharField("Làm gì", max_length=240, blank=True)

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        FieldPanel("summary"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "giai đoạn"
        verbose_name_plural = "giai đoạn"
        constraints = [
            models.CheckConstraint(
                name="phase_in_order", condition=models.Q(starts__lte=models.F("ends"))
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The end is not before the beginning; years are of this century."""
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": "Ngày kết thúc không được trước ngày bắt đầu."})
        if self.starts and not 2020 <= self.starts.year <= 2100:
            raise ValidationError({"starts": "Hãy xem lại năm."})
