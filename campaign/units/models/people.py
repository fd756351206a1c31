"""People: the roster, the memberships that give roles, the members of teams."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from campaign.units.choices import SEES_PEOPLE, PersonKind, Role
from campaign.units.models.tree import Unit
from campaign.units.reach import inside
from campaign.units.rules import code_key
from core.text import clean, fold, words

EARLIEST_BIRTH = 1900


def person_key(code: str, full_name: str) -> str:
    """What people are searched by: each folded word of name and code behind a space, the code also in one."""
    parts = [*words(fold(full_name)), *words(fold(code)), code_key(code)]
    return "".join(f" {part}" for part in dict.fromkeys(parts))


class PersonQuerySet(models.QuerySet["Person"]):
    """People of the roster."""

    def visible_to(self, user: Any) -> Self:
        """Those of the units whose people the user may see, and oneself."""
        return self.filter(inside(user, SEES_PEOPLE, "unit") | Q(user_id=user.pk))

    def present(self, day: date) -> Self:
        """Those who belong to the school on `day`."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gte=day), since__lte=day)

    def found(self, query: str) -> Self:
        """Those whose name or code has each word of the query at a word's beginning, marks and case aside."""
        rows = self
        for word in words(fold(query)):
            rows = rows.filter(search_key__contains=f" {word}")
        return rows


class Person(models.Model):
    """Somebody of a school: name, code, class or office, staff or student. Nothing more is collected.

    The year of birth only where a rule needs it (a minor's guardian has to agree before a name is published).
    """

    institution = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="people_of_all", verbose_name="Trường"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="people", verbose_name="Lớp hoặc đơn vị"
    )
    kind = models.CharField("Là", max_length=7, choices=PersonKind.choices)
    code = models.CharField("Mã", max_length=30)
    code_key = models.CharField(max_length=30, editable=False)
    full_name = models.CharField("Họ và tên", max_length=120)
    search_key = models.CharField(max_length=200, editable=False)
    birth_year = models.PositiveSmallIntegerField("Năm sinh", null=True, blank=True)
    since = models.DateField("Từ ngày")
    left_on = models.DateField("Ngày cuối", null=True, blank=True)
    # When name and code were forgotten, long after the last day.
    purged_at = models.DateTimeField(null=True, blank=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name="Tài khoản",
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "người trong danh sách"
        verbose_name_plural = "danh sách người"
        ordering = ["search_key", "pk"]
        indexes = [
            models.Index(fields=["unit", "search_key"], name="person_of_unit"),
            models.Index(fields=["institution", "search_key"], name="person_of_school"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "code_key"],
                name="person_code_once_in_a_school",
                violation_error_message="Mã này đã có trong trường (không kể hoa, thường, dấu).",
            ),
            models.CheckConstraint(
                name="person_days_in_order",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        """Mended text; a code that means something; a year that can be."""
        self.code = " ".join(clean(self.code).split())
        self.full_name = " ".join(clean(self.full_name).split())
        self.code_key = code_key(self.code)
        self.search_key = person_key(self.code, self.full_name)
        problems: dict[str, str] = {}
        if not self.code_key:
            problems["code"] = "Mã phải có ít nhất một chữ hoặc số."
        if not words(self.full_name):
            problems["full_name"] = "Hãy ghi họ và tên."
        latest = self.since.year if self.since else date.max.year
        if self.birth_year is not None and not EARLIEST_BIRTH <= self.birth_year <= latest:
            problems["birth_year"] = f"Năm sinh phải từ {EARLIEST_BIRTH} đến {latest}."
        if problems:
            raise ValidationError(problems)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by time and by who may see them."""

    def active(self, day: date) -> Self:
        """Those that hold on `day`."""
        return self.filter(
            Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day, revoked_at__isnull=True
        )

    def visible_to(self, user: Any) -> Self:
        """Those in the units whose people the user may see, and one's own."""
        return self.filter(inside(user, SEES_PEOPLE, "unit") | Q(user_id=user.pk))


class Membership(models.Model):
    """A role of a user at a unit, from a day to a day, both included. Never deleted: the past stays readable.

    `revoked_at` ends it at once, within the day.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships",
        verbose_name="Người",
    )  # fmt: skip
    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, related_name="memberships", verbose_name="Đơn vị"
    )
    role = models.CharField("Vai trò", max_length=18, choices=Role.choices)
    starts = models.DateField("Từ ngày")
    ends = models.DateField("Đến hết ngày", null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "vai trò trong đơn vị"
        verbose_name_plural = "vai trò trong đơn vị"
        ordering = ["unit__path", "role", "starts"]
        indexes = [
            models.Index(fields=["user", "revoked_at"], name="membership_of_user"),
            models.Index(fields=["unit", "role"], name="membership_of_unit"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role", "starts"],
                condition=Q(revoked_at__isnull=True),
                name="membership_once_from_a_day",
                violation_error_message="Người này đã có vai trò này.",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(role="unit_head", ends__isnull=True, revoked_at__isnull=True),
                name="unit_has_one_head",
                violation_error_message="Đơn vị này đã có trưởng đơn vị.",
            ),
            models.CheckConstraint(
                name="membership_days_in_order",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
            models.CheckConstraint(
                name="delegation_has_an_end",
                condition=~Q(role="deputy") | Q(ends__isnull=False),
                violation_error_message="Ủy quyền phải có ngày kết thúc.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit}"


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    """Members of teams by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those of the teams whose people the user may see, and oneself."""
        return self.filter(inside(user, SEES_PEOPLE, "unit") | Q(person__user_id=user.pk))


class TeamMember(models.Model):
    """A member of a volunteer team with his task (plan SL 3.2 and annex 3)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="team_members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="teams")
    task = models.CharField("Nhiệm vụ", max_length=200, blank=True)
    starts = models.DateField("Từ ngày")
    ends = models.DateField("Đến hết ngày", null=True, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên đội"
        verbose_name_plural = "thành viên đội"
        ordering = ["person__search_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "person"],
                condition=Q(ends__isnull=True),
                name="team_member_once",
                violation_error_message="Người này đã ở trong đội.",
            ),
            models.CheckConstraint(
                name="team_member_days_in_order",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.unit})"
