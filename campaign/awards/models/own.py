"""What a nominee, or the leader of a team, writes himself, until the unit takes it in."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaign.awards.models.dossiers import DossierQuerySet, Nominee
from campaign.awards.models.papers import CollectiveWords, IndividualWords
from campaign.awards.models.rounds import AwardCriterion
from campaign.units.models import Person


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those of the proposals one may see, and those one is asked to write oneself."""
        seen = DossierQuerySet.seen_by(user, "nominee__dossier__")
        return self.filter(seen | Q(writer__user_id=user.pk))

    def standing(self) -> Self:
        """Those neither taken in nor called off."""
        return self.filter(taken_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """Somebody is asked to write his own report: by a private link, or on his own desk."""

    nominee = models.ForeignKey(Nominee, on_delete=models.CASCADE, related_name="invitations")
    # Whose desk shows it; None where the link alone leads to it.
    writer = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="Người viết",
    )  # fmt: skip
    token = models.CharField(max_length=40, unique=True, editable=False)
    until = models.DateField("Viết đến hết ngày")
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    sent_at = models.DateTimeField("Viết xong lúc", null=True, blank=True, editable=False)
    taken_at = models.DateTimeField("Nhận lúc", null=True, blank=True, editable=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True,
        editable=False,
    )  # fmt: skip
    withdrawn_at = models.DateTimeField("Thôi nhờ lúc", null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "lời mời tự viết báo cáo"
        verbose_name_plural = "lời mời tự viết báo cáo"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nominee"], condition=Q(taken_at__isnull=True, withdrawn_at__isnull=True),
                name="asked_once_to_write",
            ),
            models.CheckConstraint(
                name="taken_in_was_written",
                condition=Q(taken_at__isnull=True)
                | Q(taken_by__isnull=False, sent_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.nominee}, đến {self.until:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        """The private link."""
        return reverse("awards:own", args=[self.token])

    def is_open(self, today: date) -> bool:
        """Whether it may be written now."""
        return not (self.sent_at or self.taken_at or self.withdrawn_at) and today <= self.until


class OfInvitationQuerySet(models.QuerySet[Any]):
    """What was written by invitation, by who may see it."""

    def visible_to(self, user: Any) -> Self:
        """What belongs to the invitations one may see."""
        return self.filter(invitation__in=Invitation.objects.visible_to(user))


class OwnIndividual(IndividualWords):
    """A person's report as he writes it himself."""

    invitation = models.OneToOneField(
        Invitation, on_delete=models.CASCADE, primary_key=True, related_name="individual"
    )

    objects = OfInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo cá nhân tự viết"
        verbose_name_plural = "báo cáo cá nhân tự viết"

    def __str__(self) -> str:
        return str(self.invitation)


class OwnCollective(CollectiveWords):
    """A collective's report as its leader writes it."""

    invitation = models.OneToOneField(
        Invitation, on_delete=models.CASCADE, primary_key=True, related_name="collective"
    )

    objects = OfInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo tập thể tự viết"
        verbose_name_plural = "báo cáo tập thể tự viết"

    def __str__(self) -> str:
        return str(self.invitation)


class OwnClaim(models.Model):
    """What he says for a criterion that the council judges."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="claims")
    criterion = models.ForeignKey(AwardCriterion, on_delete=models.CASCADE, related_name="+")
    text = models.CharField("Thành tích ở tiêu chí này", max_length=1000)

    class Meta:
        verbose_name = "thành tích tự viết theo tiêu chí"
        verbose_name_plural = "thành tích tự viết theo tiêu chí"
        constraints = [
            models.UniqueConstraint(fields=["invitation", "criterion"], name="own_claim_once")
        ]

    def __str__(self) -> str:
        return self.text[:40]
