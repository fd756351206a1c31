"""What editors set once for the whole site: who runs it, banners, words that mean the same."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from core.choices import BannerPlace
from core.models.files import SiteImage
from core.models.public import PublicContent
from core.rules import colour_problem
from core.text import clean

HEX_COLOUR = re.compile(r"^#[0-9A-Fa-f]{6}$")
hex_colour = RegexValidator(r"^#[0-9A-Fa-f]{6}$", "Màu viết dạng #B3141D: dấu # và sáu chữ số.")


@register_setting(icon="site", order=1)
class SiteSettings(PublicContent, BaseGenericSetting):
    """Who runs the site, as every page's head and foot say it."""

    school_name = models.CharField("Tên trường", max_length=160, default="Trường của chúng tôi")
    superior_body = models.CharField("Cơ quan chủ quản", max_length=160, blank=True)
    standing_unit = models.CharField("Đơn vị thường trực phong trào", max_length=200, blank=True)
    responsible = models.CharField(
        "Chịu trách nhiệm nội dung",
        max_length=160,
        blank=True,
        help_text="Chức danh, ví dụ: Hiệu trưởng.",
    )
    address = models.CharField("Địa chỉ", max_length=200, blank=True)
    phone = models.CharField("Điện thoại", max_length=40, blank=True)
    email = models.EmailField("Thư điện tử", blank=True)
    facebook_url = models.URLField("Trang Facebook của trường hoặc Đoàn trường", blank=True)
    primary_colour = models.CharField(
        "Màu chính",
        max_length=7,
        blank=True,
        validators=[hex_colour],
        help_text="Để trống để dùng màu đỏ của phong trào. Màu quá nhạt sẽ không được nhận.",
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("school_name"),
                FieldPanel("superior_body"),
                FieldPanel("standing_unit"),
                FieldPanel("responsible"),
            ],
            heading="Đơn vị chủ quản trang",
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("facebook_url"),
            ],
            heading="Liên hệ",
        ),
        FieldPanel("primary_colour", widget=forms.TextInput(attrs={"placeholder": "#B3141D"})),
    ]

    class Meta:
        verbose_name = "Thông tin trang"

    def clean(self) -> None:
        """Words must be readable on the primary colour."""
        super().clean()
        if not HEX_COLOUR.match(self.primary_colour):
            return
        if problem := colour_problem(self.primary_colour):
            raise ValidationError({"primary_colour": problem})


class BannerQuerySet(models.QuerySet["Banner"]):
    """Banners by time."""

    def running(self, today: date) -> "BannerQuerySet":
        """Those switched on whose period holds `today`, in their order."""
        return self.filter(
            models.Q(starts__isnull=True) | models.Q(starts__lte=today),
            models.Q(ends__isnull=True) | models.Q(ends__gte=today),
            is_active=True,
        )


class Banner(PublicContent, models.Model):
    """A link that stands on pages for a time."""

    title = models.CharField("Tên", max_length=120)
    text = models.CharField("Câu giới thiệu", max_length=200, blank=True)
    action = models.CharField("Chữ trên nút", max_length=60, default="Mở trang")
    url = models.URLField("Địa chỉ", max_length=500)
    image = models.ForeignKey(
        SiteImage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Hình",
        help_text="Không bắt buộc; chữ ở trên luôn hiện.",
    )
    place = models.CharField(
        "Nơi hiện", max_length=12, choices=BannerPlace.choices, default=BannerPlace.EVERYWHERE
    )
    starts = models.DateField("Từ ngày", null=True, blank=True)
    ends = models.DateField("Đến hết ngày", null=True, blank=True)
    order = models.PositiveSmallIntegerField("Thứ tự", default=10)
    is_active = models.BooleanField("Đang dùng", default=True)

    objects = BannerQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldPanel("text"),
                FieldPanel("action"),
                FieldPanel("url"),
                FieldPanel("image"),
            ],
            heading="Nội dung",
        ),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
                FieldRowPanel([FieldPanel("order"), FieldPanel("is_active")]),
            ],
            heading="Nơi và lúc hiện",
        ),
    ]

    class Meta:
        verbose_name = "banner"
        verbose_name_plural = "banner"
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                name="banner_period_in_order",
                condition=models.Q(starts__isnull=True)
                | models.Q(ends__isnull=True)
                | models.Q(starts__lte=models.F("ends")),
                violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """The end is not before the beginning; said at the field."""
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": "Ngày kết thúc không được trước ngày bắt đầu."})


class SearchSynonym(PublicContent, models.Model):
    """Words that mean the same when searching: abbreviations, i/y spellings."""

    terms = models.CharField(
        "Các cách viết",
        max_length=300,
        unique=True,
        help_text="Cách nhau bằng dấu phẩy, ví dụ: CĐS, chuyển đổi số. "
        "Gõ một cách là tìm được cả các cách kia.",
    )

    panels = [FieldPanel("terms")]

    class Meta:
        verbose_name = "từ đồng nghĩa khi tìm"
        verbose_name_plural = "từ đồng nghĩa khi tìm"
        ordering = ["terms"]

    def __str__(self) -> str:
        return self.terms

    def clean(self) -> None:
        """At least two spellings, or the row says nothing."""
        parts = [clean(part).strip() for part in self.terms.split(",")]
        self.terms = ", ".join(part for part in parts if part)
        if "," not in self.terms:
            raise ValidationError({"terms": "Cần ít nhất hai cách viết, cách nhau bằng dấu phẩy."})
