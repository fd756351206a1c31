"""The directory of platforms, courses and partners."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.text import Truncator
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from campaign.documents.choices import AudienceGroup, PlatformKind
from campaign.documents.forms import PlatformForm
from core.models import Banner, PublicContent


class Platform(PublicContent, ClusterableModel):
    """A platform, a programme or a partner elsewhere, with whom it serves and what for."""

    name = models.CharField("Tên", max_length=160)
    url = models.URLField("Địa chỉ", max_length=500, unique=True)
    kind = models.CharField("Loại", max_length=12, choices=PlatformKind.choices)
    owner = models.CharField("Cơ quan quản lý", max_length=160, blank=True)
    audience = models.CharField(
        "Dành cho",
        max_length=160,
        blank=True,
        help_text="Nói bằng lời; để lọc thì chọn nhóm ở dưới.",
    )
    purpose = models.CharField("Ở đó có gì", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("Thứ tự", default=10)
    banner = models.OneToOneField(
        Banner,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="platform",
    )

    base_form_class = PlatformForm
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("url"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("order")]),
                FieldPanel("owner"),
                FieldPanel("audience"),
                FieldPanel("purpose"),
            ],
            heading="Nền tảng, liên kết",
        ),
        InlinePanel("audiences", heading="Nhóm đối tượng", label="Nhóm"),
        FieldPanel("on_banner", heading="Banner"),
    ]

    class Meta:
        verbose_name = "nền tảng, liên kết"
        verbose_name_plural = "nền tảng, liên kết"
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> str:
        """Its place in the directory."""
        return f"{reverse('documents:platforms')}#nen-tang-{self.pk}"

    @property
    def audience_words(self) -> str:
        """Whom it serves, in words: as written, else its groups."""
        return self.audience or ", ".join(str(group) for group in self.audiences.all())

    @property
    def banner_title(self) -> str:
        """Its name as a banner has room for it."""
        return Truncator(self.name).chars(120)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A banner of this platform keeps its name and address: they are entered once, here."""
        super().save(*args, **kwargs)
        banner = self.banner
        if banner and (banner.title, banner.url) != (self.banner_title, self.url):
            banner.title, banner.url = self.banner_title, self.url
            banner.save()


class PlatformAudience(PublicContent, models.Model):
    """A platform serves a group of people."""

    platform = ParentalKey(Platform, on_delete=models.CASCADE, related_name="audiences")
    group = models.CharField("Nhóm", max_length=20, choices=AudienceGroup.choices)

    panels = [FieldPanel("group")]

    class Meta:
        verbose_name = "nhóm đối tượng"
        verbose_name_plural = "nhóm đối tượng"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "group"], name="audience_once_per_platform")
        ]

    def __str__(self) -> str:
        return str(self.get_group_display())
