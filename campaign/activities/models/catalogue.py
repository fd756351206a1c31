"""What activities are sorted by, as data: kinds, and communes with their old names."""

from typing import Any, Self

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from campaign.activities.choices import CommuneKind, KindRole
from campaign.activities.rules import Takes
from core.models import PublicContent
from core.text import clean, fold, slugify, words


class ActivityKind(PublicContent, models.Model):
    """A kind of activity, and what is asked of one (handbook §1C)."""

    name = models.CharField("Tên", max_length=120, unique=True)
    slug = models.SlugField("Mã", max_length=60, unique=True, blank=True)
    hint = models.CharField("Giải thích", max_length=200, blank=True)
    role = models.CharField(
        "Được tính là",
        max_length=10,
        choices=KindRole.choices,
        default=KindRole.OTHER,
        help_text="Số lớp ở trang Kết quả chỉ đếm loại được tính là lớp.",
    )
    takes_people = models.BooleanField("Bắt buộc ghi số người", default=True)
    takes_served = models.BooleanField("Bắt buộc ghi số lượt", default=False)
    takes_place = models.BooleanField("Bắt buộc ghi địa điểm", default=True)
    takes_subject = models.BooleanField("Ghi môn học, số tiết", default=False)
    takes_links = models.BooleanField("Ghi đường dẫn sản phẩm", default=False)
    order = models.PositiveSmallIntegerField("Thứ tự", default=100)
    is_active = models.BooleanField("Đang dùng", default=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("hint"),
        FieldRowPanel([FieldPanel("role"), FieldPanel("order"), FieldPanel("is_active")]),
        MultiFieldPanel(
            [
                FieldPanel("takes_people"),
                FieldPanel("takes_served"),
                FieldPanel("takes_place"),
                FieldPanel("takes_subject"),
                FieldPanel("takes_links"),
            ],
            heading="Cần ghi",
        ),
    ]

    class Meta:
        verbose_name = "loại hoạt động"
        verbose_name_plural = "loại hoạt động"
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The key comes from the name and stays."""
        self.name = " ".join(clean(self.name).split())
        self.slug = self.slug or slugify(self.name)[:60]

    @property
    def takes(self) -> Takes:
        """What is asked, as a value for the rules."""
        return Takes(
            people=self.takes_people,
            served=self.takes_served,
            place=self.takes_place,
            subject=self.takes_subject,
            links=self.takes_links,
        )


def place_key(*names: str) -> str:
    """What a place is found by: each folded word of its names behind a space, once."""
    found = [word for name in names for word in words(fold(name))]
    return "".join(f" {word}" for word in dict.fromkeys(found))


class CommuneQuerySet(models.QuerySet["Commune"]):
    """Communes by name."""

    def found(self, query: str) -> Self:
        """Those with a name, new or old, that has each word of the query at a word's beginning."""
        rows = self
        for word in words(fold(query)):
            rows = rows.filter(search_key__contains=f" {word}")
        return rows


class Commune(PublicContent, models.Model):
    """A commune, ward or special zone of the two-tier administration (in force since 01/07/2025)."""

    kind = models.CharField("Cấp", max_length=8, choices=CommuneKind.choices)
    name = models.CharField("Tên", max_length=80, help_text="Không ghi chữ xã, phường ở đầu.")
    province = models.CharField("Tỉnh, thành phố", max_length=60)
    code = models.CharField("Mã đơn vị hành chính", max_length=10, blank=True)
    old_names = models.TextField(
        "Tên cũ",
        blank=True,
        max_length=2000,
        help_text="Mỗi dòng một tên trước khi sắp xếp, ghi cả huyện cho khỏi lẫn: xã Bản Mẫu, huyện Mẫu.",
    )
    search_key = models.CharField(max_length=2000, editable=False, default="")
    is_active = models.BooleanField("Đang dùng", default=True)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("name"), FieldPanel("province")]),
        FieldPanel("old_names"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("is_active")]),
    ]

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "xã, phường"
        verbose_name_plural = "xã, phường"
        ordering = ["province", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "kind", "name"],
                name="commune_once_in_a_province",
                violation_error_message="Xã, phường này đã có.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    def save(self, **kwargs: Any) -> None:  # type: ignore[override]
        """With what it is found by."""
        label = CommuneKind(self.kind).label
        self.search_key = place_key(label, self.name, self.province, *self.aliases)[:2000]
        super().save(**kwargs)

    @property
    def aliases(self) -> list[str]:
        """Old names, one each."""
        return [line.strip() for line in self.old_names.splitlines() if line.strip()]

    def clean(self) -> None:
        """Mended text."""
        for name in ("name", "province", "code"):
            setattr(self, name, " ".join(clean(getattr(self, name)).split()))
