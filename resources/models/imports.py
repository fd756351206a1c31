"""Catalogues that were handed in to be imported: what each row does, and what became of the files."""

from django.conf import settings
from django.db import models

from core.models.files import kept_apart
from resources.choices import UNDER_WAY, ItemImportState, ItemVerdict, KnownItems


class ItemImport(models.Model):
    """One workbook with its ZIP: judged row by row first, then imported as a whole or not at all."""

    # From the form: a press that came twice is one import.
    key = models.CharField(max_length=32, unique=True)
    name = models.CharField("Bảng", max_length=200)
    file = models.FileField("Bảng", upload_to="imports/hoc-lieu/%Y", storage=kept_apart, blank=True)
    archive_name = models.CharField("Tệp nén", max_length=200, blank=True)
    archive = models.FileField(
        "Tệp nén", upload_to="imports/hoc-lieu/%Y", storage=kept_apart, blank=True
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    given_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=ItemImportState.choices, default=ItemImportState.WAITING
    )
    moved_at = models.DateTimeField()
    # What was chosen for rows whose items the library has already.
    known = models.CharField(max_length=4, choices=KnownItems.choices, default=KnownItems.SKIP)
    digest = models.CharField(max_length=64, blank=True)
    said = models.CharField(max_length=400, blank=True)
    # How many items came of it; empty before it was imported.
    made = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "lần nhập học liệu"
        verbose_name_plural = "lần nhập học liệu"
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(made__isnull=True) | models.Q(state=ItemImportState.APPLIED),
                name="items_made_only_when_applied",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.given_at:%d/%m/%Y})"

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has it, or will."""
        return self.state in UNDER_WAY


class ItemImportLine(models.Model):
    """What one row of the workbook does, or one file of the archive."""

    job = models.ForeignKey(ItemImport, on_delete=models.CASCADE, related_name="lines")
    sheet = models.CharField(max_length=20)
    place = models.PositiveIntegerField()
    verdict = models.CharField(max_length=6, choices=ItemVerdict.choices)
    what = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=1000, blank=True)
    can_add = models.BooleanField(default=True)
    page = models.ForeignKey(
        "resources.LibraryItemPage", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "dòng nhập học liệu"
        verbose_name_plural = "dòng nhập học liệu"
        ordering = ["pk"]
        indexes = [models.Index(fields=["job", "verdict"], name="item_import_line_verdict")]

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


class ItemImportFile(models.Model):
    """What became of one file of the archive that a row names; read once, for reading takes long."""

    job = models.ForeignKey(ItemImport, on_delete=models.CASCADE, related_name="files")
    purpose = models.CharField(max_length=10)
    name = models.CharField(max_length=500)
    # Its place in the archive's list; none when there is no such file.
    place = models.PositiveIntegerField(null=True)
    size = models.PositiveBigIntegerField(default=0)
    checksum = models.CharField(max_length=40, blank=True)
    problem = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = "tệp của lần nhập học liệu"
        verbose_name_plural = "tệp của lần nhập học liệu"
        constraints = [
            models.UniqueConstraint(
                fields=["job", "purpose", "name"], name="one_import_file_a_purpose_and_name"
            )
        ]

    def __str__(self) -> str:
        return self.name
