"""How often something was tried, without knowing by whom."""

from django.db import models


class Attempt(models.Model):
    """A count of tries under a keyed digest within one stretch of time; old rows are swept away."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "lượt thử"
        verbose_name_plural = "lượt thử"
        constraints = [
            models.UniqueConstraint(fields=["key", "window"], name="attempt_once_per_window")
        ]
        indexes = [models.Index(fields=["window"], name="attempt_window")]

    def __str__(self) -> str:
        return f"{self.count}"
