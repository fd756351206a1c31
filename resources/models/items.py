"""Items of the library, and the page that lists them."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelsearch import index
from taggit.models import ItemBase
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable, PageManager
from wagtail.query import PageQuerySet

from core.models import BasePage, Keyword, PublicContent, SiteMedia, StoryPage
from core.queries import open_to_all
from core.search_fields import FoldedSearchField
from core.share import qr_svg
from resources.choices import ItemKind, tile_of
from resources.forms import LibraryItemForm
from resources.indexing import is_held
from resources.models.framework import Audience, Competence, CompetenceLevel, Language, Licence
from resources.models.guides import Topic
from resources.panels import COMPETENCE_PANELS, ITEM_PANELS
from resources.rules import host_of, player_address, year_problem


class ItemQuerySet(PageQuerySet):
    """Items as lists need them."""

    def newest(self) -> Self:
        """Public items, newest first, without their bodies."""
        return open_to_all(self).defer_streamfields().order_by("-first_published_at", "-pk")


ItemManager = PageManager.from_queryset(ItemQuerySet)


class LibraryIndexPage(RoutablePageMixin, BasePage):
    """`/thu-vien/`: everything there is to learn from, found by filters and words."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["resources.LibraryItemPage", "resources.LearningPathPage"]

    class Meta:
        verbose_name = "trang thư viện"
        verbose_name_plural = "trang thư viện"

    @path("")
    def listing(self, request: HttpRequest) -> HttpResponse:
        """The list; unknown values of filters are forgotten."""
        from resources.finding import found_items
        from resources.walking import NAMED, listed_paths

        found = found_items(request.GET, self.get_url(request) or "/")
        # Whoever narrows the list looks for something else.
        paths = [] if found.asked.is_narrowed else listed_paths()
        context = {"found": found, "paths": paths[:NAMED], "path_count": len(paths)}
        return self.render(
            request, context_overrides=context, template="resources/library_index.html"
        )

    @path("lo-trinh/")
    def ways(self, request: HttpRequest) -> HttpResponse:
        """All programmes and collections."""
        from resources.walking import path_groups

        context = {"groups": path_groups()}
        return self.render(request, context_overrides=context, template="resources/path_list.html")

    @path("goi-mang-di/")
    def choosing(self, request: HttpRequest) -> HttpResponse:
        """Choosing items for a pack to take away."""
        from resources.choosing import choosing_context

        url = f"{self.get_url(request)}goi-mang-di/"
        context = choosing_context(request.GET, url, f"{url}tai/")
        return self.render(request, context_overrides=context, template="resources/pack.html")

    @path("goi-mang-di/tai/")
    def take_chosen(self, request: HttpRequest) -> HttpResponseBase:
        """The chosen items as one ZIP."""
        from resources.choosing import asked_pack
        from resources.packing import pack_response

        return pack_response(asked_pack(request.GET)[0], request)

    @path("rss/")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The newest items for feed readers."""
        from resources.feeds import LibraryFeed

        return LibraryFeed()(request, page=self)


class ItemKeyword(ItemBase):
    """An item carries a keyword."""

    tag = models.ForeignKey(Keyword, on_delete=models.CASCADE, related_name="item_links")
    content_object = ParentalKey(
        "resources.LibraryItemPage", on_delete=models.CASCADE, related_name="keyword_links"
    )


class LibraryItemPage(RoutablePageMixin, StoryPage):
    """One piece of learning material."""

    kind = models.CharField("Loại học liệu", max_length=20, choices=ItemKind.choices)
    topics = ParentalManyToManyField(
        Topic, blank=True, related_name="items", verbose_name="Chủ đề kỹ năng"
    )
    audiences = ParentalManyToManyField(
        Audience, blank=True, related_name="items", verbose_name="Dành cho"
    )
    language = models.ForeignKey(
        Language, on_delete=models.PROTECT, null=True, related_name="items", verbose_name="Ngôn ngữ"
    )
    minutes = models.PositiveSmallIntegerField(
        "Học trong bao lâu (phút)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(6000)],
    )
    author = models.CharField("Người soạn", max_length=160, blank=True)
    source = models.CharField(
        "Nguồn", max_length=160, blank=True, help_text="Để trống nếu do nhà trường làm."
    )
    source_url = models.URLField("Địa chỉ nguồn", max_length=500, blank=True)
    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, null=True, related_name="items", verbose_name="Giấy phép"
    )
    year = models.PositiveSmallIntegerField("Năm làm ra", null=True, blank=True)
    media = models.ForeignKey(
        SiteMedia,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="library_items",
        verbose_name="Video, âm thanh của trang",
        help_text="Phụ đề và bản chép lời đặt ở chính tệp video, âm thanh.",
    )
    link = models.URLField(
        "Địa chỉ ở trang khác",
        max_length=500,
        blank=True,
        help_text="Khóa học, video ở nơi khác. Video YouTube chỉ được nạp khi người xem bấm.",
    )
    tags = ClusterTaggableManager(
        through=ItemKeyword,
        blank=True,
        verbose_name="Từ khóa",
        help_text="Cách nhau bằng dấu phẩy.",
    )

    objects = ItemManager()

    template = "resources/item.html"
    base_form_class = LibraryItemForm
    parent_page_types = ["resources.LibraryIndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *StoryPage.search_fields,
        FoldedSearchField("author"),
        FoldedSearchField("source"),
        index.RelatedFields("tags", [FoldedSearchField("name", boost=3)]),
        index.RelatedFields("topics", [FoldedSearchField("name")]),
        index.FilterField("kind"),
    ]
    content_panels = [*BasePage.content_panels, *ITEM_PANELS]

    class Meta:
        verbose_name = "học liệu"
        verbose_name_plural = "học liệu"

    @classmethod
    def get_indexed_objects(cls) -> Any:
        """All items; none while the index is held back."""
        items = super().get_indexed_objects()
        return items.none() if is_held() else items

    def clean(self) -> None:
        """A year that can't be is refused at the field."""
        super().clean()
        if problem := year_problem(self.year, this_year=timezone.localdate().year):
            raise ValidationError({"year": problem})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Relations are stored after the page itself: catalogue and index it again with them."""
        from resources.services import shelve

        super().save(*args, **kwargs)
        shelve(self)
        index.insert_or_update_object(self)

    @property
    def kind_label(self) -> str:
        """What sort of material this is."""
        return str(ItemKind(self.kind).label) if self.kind in ItemKind.values else "Học liệu"

    @property
    def tile(self) -> tuple[str, str]:
        """Letter and colour of the tile that stands for a missing picture."""
        return tile_of(self.kind)

    @property
    def link_host(self) -> str:
        """Where the link leads, as readers know it."""
        return host_of(self.link)

    @property
    def has_player(self) -> bool:
        """Whether the video elsewhere can be shown here once a reader asks for it."""
        return self.kind == ItemKind.VIDEO and bool(player_address(self.link))

    @path("")
    def read(self, request: HttpRequest) -> HttpResponse:
        """The item with what is related."""
        from resources.showing import item_context

        return self.render(request, context_overrides=item_context(self))

    @path("xem/")
    def watch(self, request: HttpRequest) -> HttpResponse:
        """The item with a video from elsewhere, for who has asked for it; elsewhere is let in here alone."""
        from resources.showing import watching

        return watching(self, request)

    @path("tu-kiem-tra/")
    def ask(self, request: HttpRequest) -> HttpResponse:
        """The questions of a bank, to check oneself; answers are marked here."""
        from resources.checking import self_check

        return self_check(self, request)

    @path("tu-kiem-tra/in/")
    def ask_on_paper(self, request: HttpRequest) -> HttpResponse:
        """The questions on paper."""
        from resources.checking import printed

        return printed(self, request)

    @path("tai-ve/")
    def take(self, request: HttpRequest) -> FileResponse:
        """The item's own video or sound as a file."""
        from resources.downloads import media_file

        return media_file(self, request)

    @path("tep/<int:number>/")
    def hand_out(self, request: HttpRequest, number: int) -> HttpResponseBase:
        """One of the item's files under a name that people can read."""
        from resources.downloads import item_file

        return item_file(self, request, number)

    @path("in/")
    def printed(self, request: HttpRequest) -> HttpResponse:
        """A sheet to hang up or hand out, with the QR code of the item's address."""
        from resources.showing import item_context

        return self.render(
            request, context_overrides=item_context(self), template="resources/item_print.html"
        )

    @path("ma-qr/")
    def qr(self, request: HttpRequest) -> HttpResponse:
        """The QR code of the item's address."""
        request.is_public_page = True  # type: ignore[attr-defined]
        return HttpResponse(qr_svg(self.full_url), content_type="image/svg+xml")


class ItemCompetence(PublicContent, Orderable):
    """An item teaches a component of the framework, at a level where one is known."""

    item = ParentalKey(LibraryItemPage, on_delete=models.CASCADE, related_name="competences")
    competence = models.ForeignKey(
        Competence,
        on_delete=models.PROTECT,
        related_name="item_links",
        verbose_name="Năng lực thành phần",
    )
    level = models.ForeignKey(
        CompetenceLevel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="item_links",
        verbose_name="Trình độ",
    )

    panels = COMPETENCE_PANELS

    class Meta(Orderable.Meta):
        verbose_name = "năng lực của học liệu"
        verbose_name_plural = "năng lực của học liệu"

    def __str__(self) -> str:
        return f"{self.competence} ({self.level})" if self.level_id else str(self.competence)
