"""Lists of the first tier, recognition and praise: who is on them, what became of them."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from campaign.awards.choices import READS_SENT, WRITES
from campaign.awards.models.rounds import AwardRound
from campaign.awards.recognition_choices import CAME_TO_LEADER, RecognitionState
from campaign.units.choices import Role
from campaign.units.models import Person, Unit
from campaign.units.reach import inside, manages_all


class RecognitionListQuerySet(models.QuerySet["RecognitionList"]):
    """Lists by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those one writes or sends; what came to the leader, for him, the office and the council."""
        return self.filter(self.seen_by(user))

    @staticmethod
    def seen_by(user: Any, prefix: str = "") -> Q:
        """The condition of `visible_to`, for rows that lead to a list by `prefix` ("listing__")."""
        if manages_all(user):
            return ~Q(pk__in=[])
        came = Q(**{f"{prefix}state__in": CAME_TO_LEADER})
        # The school's own list is the standing office's to write; what its units draft is not.
        of_school = Q(**{f"{prefix}unit": F(f"{prefix}institution")})
        return (
            inside(user, WRITES, f"{prefix}unit")
            | inside(user, {Role.STANDING_OFFICE}, f"{prefix}unit") & of_school
            | inside(user, READS_SENT, f"{prefix}institution") & came
        )


class RecognitionList(models.Model):
    """One unit's list of those who deserve to be recognised and praised; no criteria, no quota."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="recognition_lists", verbose_name="Đơn vị"
    )
    # Whose leader decides.
    institution = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", editable=False
    )
    round = models.ForeignKey(
        AwardRound, on_delete=models.PROTECT, null=True, blank=True,
        related_name="recognition_lists", verbose_name="Thuộc đợt khen thưởng",
    )  # fmt: skip
    title = models.CharField("Tên danh sách", max_length=160)
    occasion = models.CharField("Nhân dịp, đợt", max_length=160, blank=True)
    # The year in which it begins: 2025 is 2025-2026. Recognition is a ground for that year's emulation titles.
    school_year = models.PositiveSmallIntegerField("Năm học")
    ground = models.TextField("Căn cứ", blank=True, max_length=2000)
    state = models.CharField(
        "Tình trạng", max_length=10, choices=RecognitionState.choices, editable=False,
        default=RecognitionState.DRAFT,
    )  # fmt: skip
    prepared_by = models.CharField("Người lập", max_length=120, blank=True)
    key = models.UUIDField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(editable=False)
    # The unit's name as it was on the day of sending.
    unit_name = models.CharField(max_length=200, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False,
        related_name="+",
    )  # fmt: skip
    # When the leader first opened what was sent: it is not taken back any more.
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False,
        related_name="+",
    )  # fmt: skip
    decision_number = models.CharField("Số quyết định", max_length=60, blank=True, editable=False)
    decision_on = models.DateField("Ngày quyết định", null=True, blank=True, editable=False)
    # When merits and frozen copies were forgotten.
    purged_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RecognitionListQuerySet.as_manager()

    class Meta:
        verbose_name = "danh sách biểu dương"
        verbose_name_plural = "danh sách biểu dương"
        ordering = ["-school_year", "-changed_at", "-pk"]
        indexes = [
            models.Index(fields=["unit", "-changed_at"], name="recognition_of_unit"),
            models.Index(fields=["institution", "school_year", "state"], name="recognition_of_year"),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["unit", "key"], name="recognition_once_for_a_form"),
            models.CheckConstraint(
                name="recognition_sent_by_somebody",
                condition=Q(state="draft", sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False) & ~Q(state="draft"),
            ),
            models.CheckConstraint(
                name="recognition_decided_with_number_and_day",
                condition=Q(
                    state="recognised", decided_at__isnull=False, decided_by__isnull=False,
                    decision_on__isnull=False,
                ) & ~Q(decision_number="")
                | ~Q(state="recognised") & Q(
                    decided_at__isnull=True, decided_by__isnull=True, decision_on__isnull=True,
                    decision_number="",
                ),
            ),
            models.CheckConstraint(
                name="recognition_not_decided_by_its_sender",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("sent_by")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page on the desk."""
        return reverse("recognition:list", args=[self.pk])

    @property
    def is_of_school(self) -> bool:
        """Whether it is the school's own, kept by the standing office."""
        return self.unit_id == self.institution_id

    @property
    def of_whom(self) -> str:
        """The unit as it was called when the list was sent; today's name before."""
        return self.unit_name or self.unit.name

    @property
    def year_name(self) -> str:
        """`2025-2026`, as it is written in papers."""
        return f"{self.school_year}-{self.school_year + 1}"


class RecognitionEntryQuerySet(models.QuerySet["RecognitionEntry"]):
    """Entries by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those of the lists one may see."""
        return self.filter(RecognitionListQuerySet.seen_by(user, "listing__"))


class RecognitionEntry(models.Model):
    """Somebody of the roster, a name typed by hand, or a collective. Names are kept as of the sending."""

    listing = models.ForeignKey(RecognitionList, on_delete=models.CASCADE, related_name="entries")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="recognitions"
    )
    # The collective itself.
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="recognitions"
    )
    full_name = models.CharField("Họ và tên, tên tập thể", max_length=200)
    code = models.CharField("Mã", max_length=30, blank=True)
    place_name = models.CharField("Lớp, đơn vị", max_length=200, blank=True)
    faculty_name = models.CharField("Khoa", max_length=200, blank=True)
    # Name and place without marks and case: what two entries are compared by.
    name_key = models.CharField(max_length=200, editable=False)
    place_key = models.CharField(max_length=200, editable=False, blank=True)
    merit = models.CharField("Thành tích", max_length=500, blank=True)
    key = models.UUIDField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    added_at = models.DateTimeField(editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = RecognitionEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "người, tập thể được biểu dương"
        verbose_name_plural = "người, tập thể được biểu dương"
        ordering = ["listing", "pk"]
        indexes = [models.Index(fields=["name_key"], name="recognition_by_name")]
        constraints = [
            models.UniqueConstraint(fields=["listing", "key"], name="praised_once_for_a_press"),
            models.UniqueConstraint(
                fields=["listing", "person"], condition=Q(person__isnull=False),
                name="praised_once_in_a_list",
            ),
            models.UniqueConstraint(
                fields=["listing", "unit"], condition=Q(unit__isnull=False),
                name="praised_unit_once_in_a_list",
            ),
            models.UniqueConstraint(
                fields=["listing", "name_key", "place_key"],
                condition=Q(person__isnull=True, unit__isnull=True),
                name="praised_name_once_in_a_list",
            ),
            models.CheckConstraint(
                name="praised_is_one_kind",
                condition=Q(person__isnull=True) | Q(unit__isnull=True),
            ),
            models.CheckConstraint(name="praised_has_a_name", condition=~Q(full_name="")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        """Where its merit is written."""
        return reverse("recognition:entry", args=[self.pk])

    @property
    def is_collective(self) -> bool:
        """Whether it is a unit, not a person."""
        return self.unit_id is not None

    @property
    def is_typed(self) -> bool:
        """Whether the roster does not know it."""
        return self.unit_id is None and self.person_id is None

    @property
    def where(self) -> str:
        """Class and faculty, or the unit."""
        parts = (self.place_name, self.faculty_name)
        return ", ".join(part for part in dict.fromkeys(parts) if part and part != self.full_name)


class RecognitionEvent(models.Model):
    """One move of a list."""

    listing = models.ForeignKey(RecognitionList, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField("Lúc")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_by = models.CharField("Người lập", max_length=120, blank=True)
    move = models.CharField("Việc", max_length=20)
    from_state = models.CharField(max_length=10, choices=RecognitionState.choices, blank=True)
    to_state = models.CharField(max_length=10, choices=RecognitionState.choices)
    note = models.TextField("Lý do", blank=True)

    class Meta:
        verbose_name = "bước xử lý danh sách"
        verbose_name_plural = "bước xử lý danh sách"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move}: {self.from_state} → {self.to_state}"


class RecognitionRevision(models.Model):
    """A list as it stood at a move, frozen, with the checksum of what it says."""

    listing = models.ForeignKey(
        RecognitionList, on_delete=models.CASCADE, related_name="revisions"
    )  # fmt: skip
    event = models.OneToOneField(
        RecognitionEvent, on_delete=models.CASCADE, related_name="revision"
    )
    number = models.PositiveIntegerField("Bản")
    content = models.JSONField()
    checksum = models.CharField("Mã kiểm", max_length=64)

    class Meta:
        verbose_name = "bản lưu danh sách"
        verbose_name_plural = "bản lưu danh sách"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "number"], name="recognition_revision_once"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Bản {self.number}"
