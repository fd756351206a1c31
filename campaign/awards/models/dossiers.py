"""A unit's proposal in a round, and its nominees."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaign.activities.models import Activity
from campaign.awards.choices import (
    COLLECTIVES,
    INDIVIDUALS,
    READS_SENT,
    SEEN_BY_OFFICE,
    STANDING,
    WRITES,
    DossierState,
    NomineeState,
    Subject,
)
from campaign.awards.models.rounds import AwardRound
from campaign.units.models import Person, Unit
from campaign.units.reach import inside, manages_all
from campaign.units.rules import code_key
from core.text import fold, words


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Proposals by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those one writes or signs; what was handed in, for the office, the council and the leader."""
        return self.filter(self.seen_by(user))

    @staticmethod
    def seen_by(user: Any, prefix: str = "") -> Q:
        """The condition of `visible_to`, for rows that lead to a proposal by `prefix` ("dossier__")."""
        if manages_all(user):
            return ~Q(pk__in=[])
        read = inside(user, READS_SENT, f"{prefix}round__owner")
        came = Q(**{f"{prefix}state__in": SEEN_BY_OFFICE})
        return inside(user, WRITES, f"{prefix}unit") | read & came


class Dossier(models.Model):
    """The proposal of one unit in one round."""

    round = models.ForeignKey(AwardRound, on_delete=models.PROTECT, related_name="dossiers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="award_dossiers")
    state = models.CharField(
        "Tình trạng", max_length=9, choices=DossierState.choices, default=DossierState.DRAFT,
        editable=False,
    )  # fmt: skip
    merits = models.TextField("Thành tích nổi bật của đơn vị", blank=True, max_length=10_000)
    merits_version = models.PositiveIntegerField(default=1, editable=False)
    prepared_by = models.CharField("Người lập", max_length=120, blank=True)
    # More time for this unit alone.
    until = models.DateField("Gia hạn đến hết ngày", null=True, blank=True)
    why_until = models.CharField("Vì sao gia hạn", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False,
        related_name="+",
    )  # fmt: skip
    first_submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When the office first opened what was handed in: it is not taken back any more.
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ đề nghị"
        verbose_name_plural = "hồ sơ đề nghị"
        ordering = ["-round__closes_on", "unit__path"]
        indexes = [models.Index(fields=["round", "state"], name="dossier_of_round")]
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="dossier_once_for_a_unit"),
            models.CheckConstraint(
                name="dossier_signed_by_somebody",
                condition=~Q(state__in=["signed", "submitted", "ready"])
                | Q(signed_at__isnull=False, signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="dossier_handed_in_has_time",
                condition=~Q(state__in=["submitted", "ready", "returned"])
                | Q(submitted_at__isnull=False, first_submitted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.unit}"

    def get_absolute_url(self) -> str:
        """Its page on the desk."""
        return reverse("awards:dossier", args=[self.pk])

    @property
    def closes_on(self) -> Any:
        """The last day for this unit."""
        return max(self.until, self.round.closes_on) if self.until else self.round.closes_on


class NomineeQuerySet(models.QuerySet["Nominee"]):
    """Nominees by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those of the proposals one may see."""
        return self.filter(DossierQuerySet.seen_by(user, "dossier__"))

    def standing(self) -> Self:
        """Those not taken out again."""
        return self.filter(state__in=STANDING)


class Nominee(models.Model):
    """Somebody, or a collective, proposed. Name, class and size are kept as they were when taken in."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="nominees")
    subject = models.CharField("Đề nghị cho", max_length=13, choices=Subject.choices)
    # Somebody of the roster; None for a name typed by hand.
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="nominations"
    )
    # The collective itself.
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="nominations"
    )
    # Where the quota is counted: the class of a student, the office of staff, the faculty of a class or team.
    home = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="Tính chỉ tiêu theo",
    )  # fmt: skip
    home_reason = models.CharField("Vì sao chọn khoa này", max_length=300, blank=True)
    full_name = models.CharField("Họ và tên, tên tập thể", max_length=200)
    code = models.CharField("Mã", max_length=30, blank=True)
    # Folded, so that twins are found and lists searched without marks.
    name_key = models.CharField(max_length=200, editable=False, default="")
    code_key = models.CharField(max_length=30, editable=False, default="")
    home_name = models.CharField("Lớp, đơn vị", max_length=200, blank=True)
    faculty_name = models.CharField("Khoa", max_length=200, blank=True)
    class_size = models.PositiveSmallIntegerField("Sĩ số", null=True, blank=True)
    size_as_of = models.DateField("Sĩ số tính đến", null=True, blank=True)
    # Skill classes that another collective counts: one class is never counted for two.
    left_out = models.ManyToManyField(Activity, blank=True, related_name="+")
    award_form = models.CharField(
        "Hình thức đề nghị", max_length=160, default="Giấy khen của Hiệu trưởng và phần thưởng"
    )
    state = models.CharField(
        "Thẩm tra", max_length=9, choices=NomineeState.choices, default=NomineeState.PROPOSED
    )
    key = models.UUIDField(editable=False)
    added_at = models.DateTimeField(editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = NomineeQuerySet.as_manager()

    class Meta:
        verbose_name = "người, tập thể được đề nghị"
        verbose_name_plural = "người, tập thể được đề nghị"
        ordering = ["dossier", "subject", "pk"]
        indexes = [models.Index(fields=["home", "subject"], name="nominee_of_home")]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "key"], name="nominee_once_for_a_press"),
            models.UniqueConstraint(
                fields=["dossier", "person"],
                condition=Q(person__isnull=False) & ~Q(state="withdrawn"),
                name="person_once_in_a_dossier",
            ),
            models.UniqueConstraint(
                fields=["dossier", "unit"],
                condition=Q(unit__isnull=False) & ~Q(state="withdrawn"),
                name="collective_once_in_a_dossier",
            ),
            models.CheckConstraint(
                name="collective_is_a_unit",
                condition=Q(
                    subject__in=sorted(COLLECTIVES), unit__isnull=False, person__isnull=True
                )
                | Q(subject__in=sorted(INDIVIDUALS), unit__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the keys in step with name and code."""
        self.name_key = " ".join(words(fold(self.full_name)))[:200]
        self.code_key = code_key(self.code)[:30]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Its page on the desk."""
        return reverse("awards:nominee", args=[self.pk])

    @property
    def is_individual(self) -> bool:
        """Whether it is a person."""
        return self.subject in INDIVIDUALS

    @property
    def unit_path(self) -> str:
        """Where the collective stands in the tree; "" for a person."""
        return self.unit.path if self.unit else ""
