"""One event, and sets of them by time and by who may see them."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from modelcluster.models import ClusterableModel
from modelsearch import index
from modelsearch.queryset import SearchableQuerySetMixin

from campaign.activities.models import Commune
from campaign.events.choices import OPEN, EventKind, EventState
from campaign.events.forms import EventForm
from campaign.events.models.series import EventSeries
from campaign.events.panels import EVENT_PANELS
from campaign.events.rules import FIRST_YEAR, LAST_YEAR, day_words
from campaign.units.models import Unit
from core.models import PublicContent
from core.search_fields import TITLE_FIELDS, FoldedSearchField
from core.text import clean, slugify
from resources.models import Topic

PHONE = RegexValidator(r"^[0-9 .+]{8,20}$", "Số điện thoại gồm 8 đến 15 chữ số.")


class EventQuerySet(SearchableQuerySetMixin, models.QuerySet["Event"]):
    """Events by time and by who may see them."""

    def public(self) -> Self:
        """Those that everybody sees."""
        return self.filter(is_public=True)

    def visible_to(self, user: Any) -> Self:
        """All for those who keep events; the public ones for everybody else."""
        return self if user.has_perm("events.view_event") else self.public()

    def coming(self, today: date) -> Self:
        """What may still be attended, the nearest first; a new day that is not set yet comes last."""
        rows = self.filter(state__in=OPEN)
        rows = rows.filter(
            Q(starts_on__isnull=True) | Q(starts_on__gte=today) | Q(ends_on__gte=today)
        )
        return rows.order_by(F("starts_on").asc(nulls_last=True), "starts_at", "pk")

    def past(self, today: date) -> Self:
        """What is over, held or not, the latest first."""
        over = Q(starts_on__lt=today) & (Q(ends_on__isnull=True) | Q(ends_on__lt=today))
        rows = self.filter(over | ~Q(state__in=OPEN))
        return rows.order_by(F("starts_on").desc(nulls_last=True), "-pk")


class Event(PublicContent, index.Indexed, ClusterableModel):
    """One event: an edition of a series, a class in a village, a training."""

    series = models.ForeignKey(
        EventSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="editions",
        verbose_name="Sự kiện hằng năm",
    )  # fmt: skip
    year = models.PositiveSmallIntegerField(
        "Năm", null=True, blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )  # fmt: skip
    # A department's edition has one of each school below it.
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children",
        verbose_name="Thuộc sự kiện",
    )  # fmt: skip
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="events", verbose_name="Đơn vị tổ chức"
    )
    kind = models.CharField("Loại", max_length=12, choices=EventKind.choices)
    title = models.CharField("Tên", max_length=200)
    slug = models.SlugField(max_length=120, editable=False)
    theme = models.CharField("Chủ đề", max_length=300, blank=True)
    summary = models.CharField("Tóm tắt", max_length=300, blank=True)
    description = models.TextField("Giới thiệu", blank=True, max_length=10_000)
    starts_on = models.DateField("Ngày", null=True, blank=True)
    ends_on = models.DateField("Đến hết ngày", null=True, blank=True)
    starts_at = models.TimeField("Từ giờ", null=True, blank=True)
    ends_at = models.TimeField("Đến giờ", null=True, blank=True)
    # The day that was announced first.
    announced_on = models.DateField(null=True, blank=True, editable=False)
    place = models.CharField("Địa điểm", max_length=200, blank=True)
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, blank=True, verbose_name="Xã, phường"
    )
    topics = models.ManyToManyField(Topic, blank=True, verbose_name="Chủ đề kỹ năng")
    contact = models.CharField("Liên hệ ai", max_length=120, blank=True)
    phone = models.CharField(
        "Điện thoại", max_length=20, blank=True, validators=[PHONE],
        help_text="Số của đơn vị, hiện công khai; không ghi số riêng của ai.",
    )  # fmt: skip
    live_url = models.URLField("Xem trực tiếp tại", max_length=500, blank=True)
    script = models.TextField(
        "Kịch bản sinh hoạt dưới cờ", blank=True, max_length=20_000,
        help_text="In ra được để người dẫn cầm tay.",
    )  # fmt: skip
    outcome = models.TextField(
        "Tổng kết",
        blank=True,
        max_length=5000,
        help_text="Ghi sau khi tổ chức; không nêu tên người dân.",
    )
    takes_classes = models.BooleanField(
        "Điểm danh theo lớp",
        default=False,
        help_text="Chủ nhiệm từng lớp báo có mặt trên sĩ số; ngày hội, lễ phát động thường cần.",
    )
    # What it became in the log of the hosting unit.
    activity = models.OneToOneField(
        "activities.Activity", on_delete=models.SET_NULL, null=True, blank=True, editable=False,
        related_name="+",
    )  # fmt: skip
    is_public = models.BooleanField("Hiện trên trang công khai", default=True)
    state = models.CharField(
        "Tình trạng", max_length=9, choices=EventState.choices, default=EventState.PLANNED,
        editable=False,
    )  # fmt: skip
    reason = models.CharField("Lý do", max_length=300, blank=True, editable=False)
    # How often it was changed: calendars take a later one for the truth.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(editable=False)

    panels = EVENT_PANELS
    base_form_class = EventForm
    search_fields = [
        *TITLE_FIELDS,
        FoldedSearchField("theme"),
        FoldedSearchField("summary"),
        FoldedSearchField("place"),
        FoldedSearchField("description"),
        *[index.FilterField(name) for name in ("is_public", "kind", "state", "year", "starts_on")],
    ]

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "sự kiện"
        verbose_name_plural = "sự kiện"
        ordering = ["-starts_on", "-pk"]
        indexes = [
            models.Index(fields=["state", "starts_on"], name="event_by_day"),
            models.Index(fields=["kind", "starts_on"], name="event_by_kind"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "unit"], name="edition_once_a_year_and_unit",
                violation_error_message="Đơn vị này đã có kỳ của năm đó.",
            ),
            models.CheckConstraint(
                name="event_days_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="event_without_a_day_is_postponed",
                condition=Q(starts_on__isnull=False) | Q(state__in=["postponed", "cancelled"]),
            ),
            models.CheckConstraint(
                name="event_not_as_announced_has_a_reason",
                condition=~Q(state__in=["postponed", "cancelled"]) | ~Q(reason=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def save(self, **kwargs: Any) -> None:  # type: ignore[override]
        """With its address, and a mark that calendars follow."""
        self.slug = slugify(self.title)[:120].strip("-") or "su-kien"
        self.changed_at = timezone.now()
        self.sequence += 1 if self.pk else 0
        if self.announced_on is None:
            self.announced_on = self.starts_on
        super().save(**kwargs)

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("events:event", args=[self.pk, self.slug])

    def clean(self) -> None:
        """Mended text; days and hours in order; an edition has a year."""
        self.title = " ".join(clean(self.title).split())
        if not self.pk and self.starts_on is None:
            raise ValidationError({"starts_on": "Hãy ghi ngày."})
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "Ngày kết thúc trước ngày bắt đầu."})
        one_day = not self.ends_on or self.ends_on == self.starts_on
        if one_day and self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "Giờ kết thúc phải sau giờ bắt đầu."})
        if self.series_id and not self.year and self.starts_on:
            self.year = self.starts_on.year
        if self.kind == EventKind.CITIZEN_CLASS and not (self.commune_id or self.place):
            raise ValidationError({"commune": "Lớp cho người dân cần có xã, phường hoặc địa điểm."})

    @property
    def url(self) -> str:
        """The same, where things of many kinds are listed."""
        return self.get_absolute_url()

    @property
    def where(self) -> str:
        """The place in words."""
        return ", ".join(str(part) for part in (self.place, self.commune) if part)

    @property
    def is_open(self) -> bool:
        """Whether it may still come."""
        return self.state in OPEN

    @property
    def is_changed(self) -> bool:
        """Whether it is not as announced: every place that names it says so."""
        return self.state in (EventState.POSTPONED, EventState.CANCELLED)

    @property
    def far(self) -> str:
        """How far it is; nothing for what is over, cancelled or has no day."""
        if not self.is_open or self.starts_on is None:
            return ""
        days = (self.starts_on - timezone.localdate()).days
        if days < 0:
            return "Đang diễn ra" if self.ends_on and self.ends_on >= timezone.localdate() else ""
        return day_words(days)
