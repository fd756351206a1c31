"""What became of a proposal: its moves, frozen revisions, signed copies, and who opened it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaign.awards.choices import DossierState
from campaign.awards.models.dossiers import Dossier, DossierQuerySet, Nominee
from core.models.files import kept_apart


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


class SignedProposalQuerySet(models.QuerySet["SignedProposal"]):
    """Signed copies by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those of the proposals one may see."""
        return self.filter(DossierQuerySet.seen_by(user, "dossier__"))

    def current(self) -> Self:
        """Those that no newer one has replaced, and whose proposal has not been opened again."""
        return self.filter(replaced_at=None)


class SignedProposal(models.Model):
    """The signed proposal, scanned, photographed or signed digitally, tied to the revision it says."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="signed_proposals")
    revision = models.ForeignKey(
        DossierRevision, on_delete=models.PROTECT, related_name="signed_proposals"
    )
    number = models.CharField("Số, ký hiệu", max_length=60)
    signed_on = models.DateField("Ngày ký")
    is_digital = models.BooleanField("Ký số", default=False)
    file = models.FileField(upload_to="khen-thuong/ban-ky/%Y/%m", storage=kept_apart)
    size = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    # When a newer one came, or the proposal was opened again: it says what no longer is proposed.
    replaced_at = models.DateTimeField("Thay lúc", null=True, blank=True)

    objects = SignedProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "bản ký tờ trình"
        verbose_name_plural = "bản ký tờ trình"
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(replaced_at__isnull=True),
                name="one_current_signed_proposal",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number}, {self.signed_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        """Where it opens, after the rights check."""
        return reverse("awards:signed", args=[self.pk])


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
