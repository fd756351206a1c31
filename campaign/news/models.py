"""Sections and articles."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelsearch import index
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from campaign.news.rules import date_problem
from core.listing import numbered_page
from core.models import BasePage, Keyword, StoryPage
from core.queries import open_to_all
from core.search_fields import FoldedSearchField
from core.share import qr_svg
from core.templatetags.site_tags import absolute

PER_PAGE = 12


def local_today() -> Any:
    """Today in Vietnam: the default date of an article."""
    return timezone.localdate()


class ArticleQuerySet(PageQuerySet):
    """Articles as lists need them."""

    def newest(self) -> Self:
        """Public articles, newest first, with the pictures that a list shows."""
        return (
            open_to_all(self)
            .order_by("-published_on", "-pk")
            .defer_streamfields()
            .select_related("picture")
            .prefetch_related("picture__renditions")
        )


ArticleManager = PageManager.from_queryset(ArticleQuerySet)


class ArticleKeyword(ItemBase):
    """An article carries a keyword."""

    tag = models.ForeignKey(Keyword, on_delete=models.CASCADE, related_name="article_links")
    content_object = ParentalKey(
        "news.ArticlePage", on_delete=models.CASCADE, related_name="keyword_links"
    )


class ListingPage(RoutablePageMixin, BasePage):
    """A page that lists articles, page by page, and as a feed."""

    class Meta:
        abstract = True

    def articles(self) -> ArticleQuerySet:
        """What is listed here: everything below."""
        return ArticlePage.objects.descendant_of(self).newest()

    @path("")
    def listing(self, request: HttpRequest) -> HttpResponse:
        """The list; `?tu-khoa=` keeps one keyword; unknown values fall back to something sensible."""
        from campaign.news.queries import section_links, with_sections

        articles = self.articles()
        keyword = Keyword.objects.filter(slug=request.GET.get("tu-khoa", "")[:100]).first()
        if keyword:
            articles = articles.filter(keyword_links__tag=keyword)
        page_of = numbered_page(articles, request.GET.get("trang"), per_page=PER_PAGE)
        page_of.object_list = with_sections(page_of.object_list)
        context = {"articles": page_of, "keyword": keyword, "news_sections": section_links()}
        return self.render(request, context_overrides=context, template="news/listing.html")

    @path("rss/")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The newest articles for feed readers."""
        from campaign.news.feeds import ArticleFeed

        return ArticleFeed()(request, page=self)


class NewsIndexPage(ListingPage):
    """`/tin-tuc/`: all news, and the sections."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.SectionPage"]

    class Meta:
        verbose_name = "trang tin tức"
        verbose_name_plural = "trang tin tức"


class SectionPage(ListingPage):
    """A section of the news."""

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = ["news.ArticlePage"]

    class Meta:
        verbose_name = "chuyên mục"
        verbose_name_plural = "chuyên mục"


class ArticlePage(RoutablePageMixin, StoryPage):
    """A piece of news."""

    published_on = models.DateField("Ngày đăng", default=local_today, db_index=True)
    is_pinned = models.BooleanField(
        "Ghim đầu trang chủ",
        default=False,
        help_text="Bài ghim đứng trước bài mới hơn ở trang chủ.",
    )
    author = models.CharField("Tác giả", max_length=120, blank=True)
    source = models.CharField(
        "Nguồn", max_length=160, blank=True, help_text="Để trống nếu là bài của nhà trường."
    )
    source_url = models.URLField("Địa chỉ bài gốc", max_length=500, blank=True)
    tags = ClusterTaggableManager(
        through=ArticleKeyword,
        blank=True,
        verbose_name="Từ khóa",
        help_text="Cách nhau bằng dấu phẩy.",
    )

    objects = ArticleManager()

    parent_page_types = ["news.SectionPage"]
    subpage_types: list[str] = []
    search_fields = [
        *StoryPage.search_fields,
        FoldedSearchField("author"),
        index.RelatedFields("tags", [FoldedSearchField("name", boost=3)]),
        index.FilterField("published_on"),
    ]
    content_panels = [
        *StoryPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("published_on"), FieldPanel("author")]),
                FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
                FieldPanel("tags"),
                FieldPanel("is_pinned"),
            ],
            heading="Thông tin bài",
        ),
    ]

    class Meta:
        verbose_name = "tin bài"
        verbose_name_plural = "tin bài"
        indexes = [models.Index(fields=["-published_on", "-page_ptr"], name="article_newest")]

    def clean(self) -> None:
        """Absurd dates are refused at the field."""
        super().clean()
        problem = self.published_on and date_problem(self.published_on, today=timezone.localdate())
        if problem:
            raise ValidationError({"published_on": problem})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keywords are stored after the page itself, which is indexed at once: index it again with them."""
        super().save(*args, **kwargs)
        index.insert_or_update_object(self)

    @property
    def schema_data(self) -> dict[str, Any]:
        """The article for machines (schema.org)."""
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.title,
            "description": self.description,
            "datePublished": self.published_on,
            "dateModified": self.updated_on or self.published_on,
            "inLanguage": "vi",
            "isAccessibleForFree": True,
            "mainEntityOfPage": absolute(self.url or "/"),
        }
        if self.author:
            data["author"] = {"@type": "Organization", "name": self.author}
        return data

    @property
    def updated_on(self) -> Any:
        """The day of the last change a reader should know of, or None."""
        if not self.last_published_at:
            return None
        day = timezone.localdate(self.last_published_at)
        return day if day > self.published_on else None

    @path("")
    def read(self, request: HttpRequest) -> HttpResponse:
        """The article with what is related and what is shared."""
        from campaign.news.queries import related_articles, share_text

        keywords = list(self.tags.all())
        context = {
            "keywords": keywords,
            "related": related_articles(self, keywords),
            "share_text": share_text(self),
        }
        return self.render(request, context_overrides=context)

    @path("in/")
    def printed(self, request: HttpRequest) -> HttpResponse:
        """The article for paper, with the QR code of its address."""
        return self.render(request, template="news/article_print.html")

    @path("ma-qr/")
    def qr(self, request: HttpRequest) -> HttpResponse:
        """The QR code of the article's address."""
        request.is_public_page = True  # type: ignore[attr-defined]
        return HttpResponse(qr_svg(self.full_url), content_type="image/svg+xml")
