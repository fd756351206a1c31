"""Files that were handed in to be imported, and what each of their rows does."""

from typing import Any, Self

from django.conf import settings
from django.db import models

from campaign.units.choices import ImportState, Role, Verdict
from campaign.units.models.tree import Unit
from campaign.units.reach import inside
from core.models.files import kept_apart


class ImportQuerySet(models.QuerySet["RosterImport"]):
    """Imports by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those of the schools whose standing office the user is."""
        return self.filter(inside(user, {Role.STANDING_OFFICE}, "school"))


class RosterImport(models.Model):
    """One file for one school: judged row by row first, then applied as a whole or not at all."""

    school = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="imports")
    file = models.FileField("Tệp", upload_to="imports/%Y", storage=kept_apart)
    name = models.CharField("Tên tệp", max_length=200)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    given_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.WAITING)
    moved_at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True)
    said = models.CharField(max_length=400, blank=True)
    # When the file and the lines, which name people, were deleted.
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập từ bảng tính"
        verbose_name_plural = "lần nhập từ bảng tính"
        ordering = ["-given_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.given_at:%d/%m/%Y})"


class ImportLine(models.Model):
    """What one row of the file does, or why it is refused."""

    job = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="lines")
    sheet = models.CharField(max_length=20)
    row = models.PositiveIntegerField()
    verdict = models.CharField(max_length=6, choices=Verdict.choices)
    what = models.CharField(max_length=300)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "dòng nhập"
        verbose_name_plural = "dòng nhập"
        ordering = ["pk"]
        indexes = [models.Index(fields=["job", "verdict"], name="import_line_verdict")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}: {self.get_verdict_display()}"
