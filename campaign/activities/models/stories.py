"""Stories told of an activity: articles handed to the editors, with photos whose people agreed."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models

from campaign.activities.choices import Faces
from campaign.activities.models.activity import Activity, ActivityQuerySet
from campaign.activities.models.evidence import Evidence


class StoryQuerySet(models.QuerySet["Story"]):
    """Stories by who sees their activity."""

    def visible_to(self, user: Any) -> Self:
        """Those of the activities one sees."""
        return self.filter(ActivityQuerySet.seen_by(user, "activity__"))


class Story(models.Model):
    """One article made of an activity; the article itself belongs to the editors from then on."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="stories")
    page = models.ForeignKey(
        "news.ArticlePage", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # The same press twice makes one article.
    key = models.UUIDField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("Lúc")

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = "bài từ hoạt động"
        verbose_name_plural = "bài từ hoạt động"
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "key"], name="story_once_for_a_form")
        ]

    def __str__(self) -> str:
        return self.page.title if self.page else "Bài đã xóa"


class StoryPhoto(models.Model):
    """A photo that went out with a story: a public copy, which goes when somebody takes his consent back."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="photos")
    evidence = models.ForeignKey(Evidence, on_delete=models.RESTRICT, related_name="+")
    image = models.ForeignKey(
        "core.SiteImage", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    alt = models.CharField("Tả ảnh bằng lời", max_length=200)
    faces = models.CharField("Ai nhận ra được trong ảnh", max_length=8, choices=Faces.choices)
    withdrawn_at = models.DateTimeField("Gỡ lúc", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "ảnh trong bài"
        verbose_name_plural = "ảnh trong bài"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["story", "evidence"], name="photo_once_in_a_story"),
            models.CheckConstraint(
                name="photo_withdrawn_by_somebody",
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.alt
