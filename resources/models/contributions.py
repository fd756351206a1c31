"""Material that units offer to the library, and each step of its way."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaign.units.choices import Role
from campaign.units.models import Unit
from campaign.units.reach import inside
from core.models.files import kept_apart
from resources.choices import (
    AT_LIBRARY,
    OPEN_TO_WRITE,
    SETTLED,
    ContributionState,
    ItemKind,
    Rights,
)
from resources.contribution_rules import Offer
from resources.models.framework import Audience, Language, Licence
from resources.models.guides import Topic

# Who sees what a unit offers while it is the unit's own.
SEES = frozenset({Role.REPORTER, Role.UNIT_HEAD, Role.DEPUTY, Role.STANDING_OFFICE})
JUDGE = "resources.change_contribution"


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """Contributions by who may see them, and by where they are."""

    def visible_to(self, user: Any) -> Self:
        """One's own, those of units one acts for, and for librarians what has come to the library."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        seen = inside(user, SEES, "unit") | Q(author=user.pk)
        if user.has_perm(JUDGE):
            seen |= Q(sent_at__isnull=False)
        return self.filter(seen)

    def waiting(self) -> Self:
        """Those that wait for a librarian."""
        return self.filter(state__in=AT_LIBRARY)


class Contribution(models.Model):
    """One piece of material of a unit, from the draft to the item of the library."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="contributions", verbose_name="Đơn vị"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="Người soạn",
    )
    # The same press twice makes one row.
    key = models.UUIDField(unique=True, editable=False)
    state = models.CharField(
        "Tình trạng",
        max_length=9,
        choices=ContributionState.choices,
        default=ContributionState.DRAFT,
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    kind = models.CharField("Loại học liệu", max_length=20, choices=ItemKind.choices, blank=True)
    title = models.CharField("Tên học liệu", max_length=200, blank=True)
    summary = models.CharField("Tóm tắt", max_length=300, blank=True)
    language = models.ForeignKey(
        Language, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="Ngôn ngữ",
    )  # fmt: skip
    audiences = models.ManyToManyField(Audience, blank=True, related_name="+")
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")
    link = models.URLField("Địa chỉ ở trang khác", max_length=500, blank=True)
    file = models.FileField("Tệp", upload_to="hoc-lieu-gop/%Y/%m", storage=kept_apart, blank=True)
    file_name = models.CharField("Tên tệp", max_length=200, blank=True)
    size = models.PositiveBigIntegerField("Dung lượng", default=0)
    alt = models.CharField("Mô tả hình", max_length=200, blank=True)
    rights = models.CharField("Quyền", max_length=8, choices=Rights.choices, blank=True)
    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="Người khác được dùng thế nào",
    )  # fmt: skip
    source = models.CharField("Tác giả, nơi lấy", max_length=160, blank=True)
    note = models.CharField("Lời nhắn cho thủ thư", max_length=500, blank=True)
    created_at = models.DateTimeField("Bắt đầu soạn")
    changed_at = models.DateTimeField("Đổi lúc")
    sent_at = models.DateTimeField("Đến thư viện lúc", null=True, blank=True)
    settled_at = models.DateTimeField("Kết luận lúc", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    item = models.OneToOneField(
        "resources.LibraryItemPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contribution",
        verbose_name="Học liệu",
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = "đóng góp học liệu"
        verbose_name_plural = "đóng góp học liệu"
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["state", "sent_at"], name="contribution_queue")]
        constraints = [
            models.CheckConstraint(
                name="contribution_settled_by_somebody",
                condition=Q(state__in=sorted(SETTLED), settled_at__isnull=False,
                            settled_by__isnull=False)
                | (~Q(state__in=sorted(SETTLED)) & Q(settled_at__isnull=True,
                                                     settled_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="contribution_at_library_was_sent",
                condition=~Q(state__in=sorted(AT_LIBRARY | SETTLED)) | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contribution_item_of_taken",
                condition=Q(item__isnull=True) | Q(state=ContributionState.TAKEN),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title or "Học liệu chưa đặt tên"

    def get_absolute_url(self) -> str:
        """Its page on the unit's desk."""
        return reverse("resources:contribution", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether the unit may change it now."""
        return self.state in OPEN_TO_WRITE

    @property
    def extension(self) -> str:
        """The ending of its file; nothing without one."""
        return self.file_name.rpartition(".")[2].lower() if self.file else ""

    def offer(self) -> Offer:
        """As the rules need it; two queries."""
        return Offer(
            kind=self.kind,
            title=self.title,
            summary=self.summary,
            extension=self.extension,
            link=self.link,
            alt=self.alt,
            has_language=self.language_id is not None,
            audiences=self.audiences.count(),
            topics=self.topics.count(),
            has_licence=self.licence_id is not None,
            may_copy=self.licence is None or self.licence.may_copy,
            rights=self.rights,
            source=self.source,
        )


class ContributionEvent(models.Model):
    """Who moved a contribution, when, from where to where, and why. Rows are only added."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField("Lúc")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    move = models.CharField("Việc", max_length=12)
    from_state = models.CharField(max_length=9, choices=ContributionState.choices)
    to_state = models.CharField(max_length=9, choices=ContributionState.choices)
    note = models.CharField("Lý do", max_length=500, blank=True)

    class Meta:
        verbose_name = "bước của đóng góp"
        verbose_name_plural = "bước của đóng góp"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.at:%d/%m/%Y %H:%M}"
