"""What the health page knows: addresses elsewhere and how they answered, and when items were read over."""

from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from resources.choices import LinkState

KEEP = "resources.change_checkedlink"


@register_setting(icon="clipboard-list", order=40)
class LibraryHealthSettings(BaseGenericSetting):
    """After how long the health page speaks up."""

    review_months = models.PositiveSmallIntegerField(
        "Xem lại học liệu sau mỗi (tháng)",
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="Tính từ lần xem lại gần nhất; chưa xem lại lần nào thì tính từ ngày đăng.",
    )
    unused_months = models.PositiveSmallIntegerField(
        "Lâu không ai dùng là (tháng)",
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="Không lượt xem, không lượt tải nào trong chừng ấy tháng, kể cả tháng này.",
    )
    recheck_days = models.PositiveSmallIntegerField(
        "Kiểm tra lại liên kết mở được sau (ngày)",
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text="Liên kết đang hỏng được kiểm tra lại mỗi ngày cho đến khi chắc chắn.",
    )

    panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("review_months"), FieldPanel("unused_months")]),
             FieldPanel("recheck_days")],
            heading="Sức khỏe thư viện",
        )
    ]  # fmt: skip

    class Meta:
        verbose_name = "Sức khỏe thư viện"


class ItemReview(models.Model):
    """When an item was last read over, and by when it is to be.

    Apart from the page, whose drafts would bring old days back.
    """

    item = models.OneToOneField(
        "resources.LibraryItemPage",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="review",
    )
    reviewed_on = models.DateField("Xem lại ngày", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    review_by = models.DateField("Xem lại trước ngày", null=True, blank=True)
    # A picture in the body has no words for it; told from the page whenever it is saved.
    bare_pictures = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "lần xem lại học liệu"
        verbose_name_plural = "lần xem lại học liệu"
        indexes = [models.Index(fields=["reviewed_on"], name="review_oldest")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.reviewed_on or 'chưa xem lại'}"


class LinkHost(models.Model):
    """A host elsewhere: when it may be asked again, and what its robots.txt said. One request at a time."""

    name = models.CharField(max_length=255, unique=True)
    next_at = models.DateTimeField()
    robots = models.TextField(blank=True)
    robots_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "máy chủ ở nơi khác"
        verbose_name_plural = "máy chủ ở nơi khác"

    def __str__(self) -> str:
        return self.name


class CheckedLinkQuerySet(models.QuerySet["CheckedLink"]):
    """Addresses by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """All of them for those who look after the library."""
        return self if user.has_perm(KEEP) else self.none()


class CheckedLink(models.Model):
    """One address elsewhere and how it answered."""

    url = models.URLField("Địa chỉ", max_length=500, unique=True)
    host = models.ForeignKey(LinkHost, on_delete=models.PROTECT, related_name="links")
    state = models.CharField(
        "Tình trạng", max_length=8, choices=LinkState.choices, default=LinkState.NEW
    )
    status_code = models.PositiveSmallIntegerField("Mã trả lời", null=True, blank=True)
    reason = models.CharField("Vì sao", max_length=200, blank=True)
    checked_at = models.DateTimeField("Kiểm tra lúc", null=True, blank=True)
    first_failed_at = models.DateTimeField("Hỏng từ", null=True, blank=True)
    last_failed_on = models.DateField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField("Số ngày không mở được", default=0)
    due_at = models.DateTimeField("Kiểm tra tiếp", db_index=True)

    objects = CheckedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "liên kết"
        verbose_name_plural = "liên kết"
        constraints = [
            models.CheckConstraint(
                name="link_fails_since_a_day",
                condition=Q(failures=0, first_failed_at__isnull=True, last_failed_on__isnull=True)
                | Q(failures__gt=0, first_failed_at__isnull=False, last_failed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="link_broken_has_failed", condition=~Q(state="broken") | Q(failures__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.url


class LinkUse(models.Model):
    """Where an address stands: which record of which source, and where that is mended."""

    link = models.ForeignKey(CheckedLink, on_delete=models.CASCADE, related_name="uses")
    source = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=255)
    edit_url = models.CharField(max_length=300)

    class Meta:
        verbose_name = "nơi có liên kết"
        verbose_name_plural = "nơi có liên kết"
        indexes = [models.Index(fields=["source", "object_id"], name="link_use_of_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["link", "source", "object_id"], name="link_once_for_a_record"
            )
        ]

    def __str__(self) -> str:
        return self.title


class LinkGathering(models.Model):
    """When addresses were last gathered. One row."""

    gathered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "lần gom liên kết"
        verbose_name_plural = "lần gom liên kết"

    def __str__(self) -> str:
        return f"{self.gathered_at}"
