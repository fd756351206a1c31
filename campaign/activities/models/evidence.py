"""Evidence: each piece a row from the moment it is uploaded; files lie outside every public folder."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from campaign.activities.choices import (
    READS_RESTRICTED,
    RESTRICTED,
    Doubt,
    DoubtState,
    EvidenceKind,
)
from campaign.activities.models.activity import Activity, ActivityQuerySet
from campaign.units.choices import CONFIRMS
from campaign.units.models import Unit
from campaign.units.reach import inside, posts_of
from core.models.files import kept_apart


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence by who may open it."""

    def visible_to(self, user: Any) -> Self:
        """That of the activities one sees; papers that name people for fewer: author, head, standing office."""
        deciding = {post.at.unit for post in posts_of(user) if post.role in CONFIRMS}
        reads = (
            inside(user, READS_RESTRICTED, "activity__unit")
            | Q(activity__author=user.pk)
            | Q(activity__confirming_unit__in=deciding)
        )
        rows = self.filter(ActivityQuerySet.seen_by(user, "activity__"))
        return rows.filter(~Q(kind__in=RESTRICTED) | reads)

    def kept(self) -> Self:
        """Those that were not taken away again."""
        return self.filter(removed_at__isnull=True)


class Evidence(models.Model):
    """A photo, a paper or a link that shows an activity took place."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="evidence")
    # The same press twice makes one row.
    key = models.UUIDField(editable=False)
    kind = models.CharField("Loại", max_length=18, choices=EvidenceKind.choices)
    title = models.CharField("Ghi chú", max_length=160, blank=True)
    file = models.FileField(upload_to="minh-chung/%Y/%m", storage=kept_apart, blank=True)
    thumb = models.FileField(upload_to="minh-chung/%Y/%m", storage=kept_apart, blank=True)
    url = models.URLField("Đường dẫn", max_length=500, blank=True)
    size = models.PositiveIntegerField("Dung lượng", default=0)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    # Of the file as it was sent: the very same file twice is one piece.
    digest = models.CharField(max_length=64, editable=False, blank=True)
    # 64 bits, stored signed.
    likeness = models.BigIntegerField(null=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "key"], name="evidence_once_for_a_press"),
            models.UniqueConstraint(
                fields=["activity", "digest"],
                condition=Q(removed_at__isnull=True) & ~Q(digest=""),
                name="evidence_file_once_in_an_activity",
            ),
            models.CheckConstraint(
                name="evidence_file_or_link",
                condition=Q(removed_at__isnull=False) | ~Q(file="") | ~Q(url=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    def get_absolute_url(self) -> str:
        """Where it opens, after the rights check."""
        return reverse("activities:evidence", args=[self.pk])

    @property
    def is_photo(self) -> bool:
        """Whether it has a picture to show."""
        return bool(self.thumb)

    @property
    def is_restricted(self) -> bool:
        """Whether it names people."""
        return self.kind in RESTRICTED


class Band(models.Model):
    """A piece of a photo's hash: two alike photos share at least one, at its place."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="bands")
    institution = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    bits = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "dải so sánh ảnh"
        verbose_name_plural = "dải so sánh ảnh"
        indexes = [
            models.Index(fields=["institution", "place", "bits"], name="band_of_a_school"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.bits}"


class Suspicion(models.Model):
    """Two activities of one school that may be one, and what the standing office says of it."""

    one = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="doubts_before")
    other = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="doubts_after")
    institution = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    why = models.CharField("Vì", max_length=5, choices=Doubt.choices)
    one_photo = models.ForeignKey(Evidence, on_delete=models.SET_NULL, null=True, related_name="+")
    other_photo = models.ForeignKey(
        Evidence, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(
        "Kết luận", max_length=9, choices=DoubtState.choices, default=DoubtState.OPEN
    )
    seen_at = models.DateTimeField()
    # Which of the two counts, where they are one.
    kept = models.ForeignKey(Activity, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    note = models.CharField("Lý do", max_length=300, blank=True)

    class Meta:
        verbose_name = "nghi trùng"
        verbose_name_plural = "nghi trùng"
        ordering = ["seen_at", "pk"]
        indexes = [models.Index(fields=["institution", "state"], name="suspicion_of_a_school")]
        constraints = [
            models.UniqueConstraint(fields=["one", "other", "why"], name="suspicion_once"),
            models.CheckConstraint(
                name="suspicion_of_two_in_order", condition=Q(one__lt=F("other"))
            ),
            models.CheckConstraint(
                name="suspicion_decided_by_somebody",
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ~ {self.other_id}"
