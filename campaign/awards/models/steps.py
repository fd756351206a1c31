"""What became of a proposal: its moves, frozen revisions, and who opened it."""

from django.conf import settings
from django.db import models

from campaign.awards.choices import DossierState
from campaign.awards.models.dossiers import Dossier, Nominee


class DossierEvent(models.Model):
    """One move of a proposal."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField("Lúc")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_by = models.CharField("Người lập", max_length=120, blank=True)
    move = models.CharField("Việc", max_length=20)
    from_state = models.CharField(max_length=9, choices=DossierState.choices, blank=True)
    to_state = models.CharField(max_length=9, choices=DossierState.choices)
    note = models.TextField("Lý do", blank=True)

    class Meta:
        verbose_name = "bước xử lý hồ sơ"
        verbose_name_plural = "bước xử lý hồ sơ"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move}: {self.from_state} → {self.to_state}"


class NomineePoint(models.Model):
    """What is to be mended of one nominee of a proposal that was given back."""

    event = models.ForeignKey(DossierEvent, on_delete=models.CASCADE, related_name="points")
    nominee = models.ForeignKey(Nominee, on_delete=models.CASCADE, related_name="points")
    reason = models.CharField("Cần bổ sung", max_length=1000)

    class Meta:
        verbose_name = "chỗ cần bổ sung"
        verbose_name_plural = "chỗ cần bổ sung"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.reason[:40]


class DossierRevision(models.Model):
    """A proposal as it stood at a move, frozen, with the checksum of what it says."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="revisions")
    event = models.OneToOneField(DossierEvent, on_delete=models.CASCADE, related_name="revision")
    number = models.PositiveIntegerField("Bản")
    content = models.JSONField()
    checksum = models.CharField("Mã kiểm", max_length=64)

    class Meta:
        verbose_name = "bản lưu hồ sơ"
        verbose_name_plural = "bản lưu hồ sơ"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="dossier_revision_once")
        ]

    def __str__(self) -> str:
        return f"Bản {self.number}"


class DossierOpening(models.Model):
    """Somebody looked into a proposal, or took a file out of it: shown to the office."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="openings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Lúc")
    what = models.CharField("Mở gì", max_length=160)

    class Meta:
        verbose_name = "lần mở hồ sơ"
        verbose_name_plural = "lần mở hồ sơ"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.what}"
