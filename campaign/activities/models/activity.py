"""An activity of the log, with the people who took part, the groups it served, its links and its history."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from campaign.activities.choices import COUNTED, MAY_OPEN, ActivityState
from campaign.activities.models.catalogue import ActivityKind, Commune
from campaign.plan.models import Programme
from campaign.units.choices import CONFIRMS, SEES_SENT, UnitKind
from campaign.units.models import Person, Unit
from campaign.units.reach import inside, manages_all, posts_of, sent
from resources.models import Audience, Topic


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """One's own, those one took part in, those of the units one answers for or confirms; sent ones above.

        A department sees what its schools have confirmed, never their drafts.
        """
        return self.filter(self.seen_by(user))

    def listed_for(self, user: Any) -> Self:
        """The same rows as `visible_to`, found fast among many.

        Each way of seeing is looked up by its own index, where one's units are few beside all; a department,
        which sees most rows, walks them by day instead.
        """
        if manages_all(user) or any(post.at.kind == UnitKind.DEPARTMENT for post in posts_of(user)):
            return self.visible_to(user)
        rows = [self.model.objects.filter(way).order_by().values("pk") for way in self._ways(user)]
        return self.filter(pk__in=rows[0].union(*rows[1:]))

    @classmethod
    def seen_by(cls, user: Any, prefix: str = "") -> Q:
        """The condition of `visible_to`, for rows that lead to an activity by `prefix` ("activity__")."""
        if manages_all(user):
            return ~Q(pk__in=[])
        return reduce(or_, cls._ways(user, prefix))

    @staticmethod
    def _ways(user: Any, prefix: str = "") -> list[Q]:
        unit = f"{prefix}unit"
        counted = Q(**{f"{prefix}state__in": COUNTED})
        deciding = {post.at.unit for post in posts_of(user) if post.role in CONFIRMS}
        routed = Q(**{f"{prefix}confirming_unit__in": deciding}) & ~Q(
            **{f"{prefix}state": ActivityState.DRAFT}
        )
        # By subquery, not by a join: a join would show an activity once for each of its members.
        taking = Participant.objects.filter(person__user_id=user.pk).values("activity")
        return [
            inside(user, MAY_OPEN, unit),
            Q(**{f"{prefix}author": user.pk}),
            routed,
            sent(user, SEES_SENT, unit) & counted,
            Q(**{f"{prefix}pk__in": taking}),
        ]

    def counted(self) -> Self:
        """Those that figures are made of."""
        return self.filter(state__in=COUNTED)


class Activity(models.Model):
    """A class, a day of support, a training, a product: entered once; every figure comes from here."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="activities", verbose_name="Đơn vị tổ chức"
    )
    # The school of `unit`: within it two records may be the same class.
    institution = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    hosts = models.ManyToManyField(
        Unit, blank=True, related_name="co_hosted", verbose_name="Cùng tổ chức"
    )
    kind = models.ForeignKey(ActivityKind, on_delete=models.PROTECT, verbose_name="Loại hoạt động")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True,
        verbose_name="Chương trình, mô hình",
    )  # fmt: skip
    topics = models.ManyToManyField(Topic, blank=True, verbose_name="Chủ đề")
    title = models.CharField("Tên hoạt động", max_length=200, blank=True)
    starts_on = models.DateField("Ngày", null=True, blank=True)
    ends_on = models.DateField("Đến hết ngày", null=True, blank=True)
    starts_at = models.TimeField("Từ giờ", null=True, blank=True)
    ends_at = models.TimeField("Đến giờ", null=True, blank=True)
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, blank=True, verbose_name="Xã, phường"
    )
    place = models.CharField("Địa điểm", max_length=200, blank=True)
    local_partner = models.CharField("Địa phương phối hợp", max_length=200, blank=True)
    content = models.TextField("Nội dung đã làm", blank=True)
    result = models.TextField("Kết quả", blank=True)
    subject = models.CharField("Môn học", max_length=120, blank=True)
    periods = models.PositiveSmallIntegerField("Số tiết", null=True, blank=True)
    # Empty: not told. Nought: nobody. `…_na`: not a thing to count here.
    people_count = models.PositiveIntegerField("Số người", null=True, blank=True)
    people_na = models.BooleanField("Không đếm người", default=False)
    served_count = models.PositiveIntegerField("Số lượt", null=True, blank=True)
    served_na = models.BooleanField("Không đếm lượt", default=False)
    why_many = models.CharField("Vì sao nhiều như vậy", max_length=300, blank=True)

    state = models.CharField(
        "Tình trạng", max_length=9, choices=ActivityState.choices, default=ActivityState.DRAFT
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="activities"
    )
    # Who really typed, where the account is shared by an office.
    prepared_by = models.CharField("Người lập", max_length=120, blank=True)
    # The same form sent twice makes one record.
    key = models.UUIDField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False,
        related_name="+",
    )  # fmt: skip
    # Whose head decides, as the lines said on the day of sending.
    confirming_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False,
        related_name="+",
    )  # fmt: skip
    # When typed names and papers that name people were forgotten.
    purged_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "hoạt động"
        verbose_name_plural = "hoạt động"
        ordering = ["-starts_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "state", "-starts_on"], name="activity_of_unit"),
            models.Index(fields=["confirming_unit", "state"], name="activity_to_confirm"),
            models.Index(fields=["institution", "starts_on", "kind"], name="activity_of_a_day"),
            models.Index(fields=["-starts_on", "-id"], name="activity_by_day"),
            models.Index(fields=["author", "-changed_at"], name="activity_of_author"),
            models.Index(
                fields=["state", "-starts_on"], name="activity_counted",
                condition=Q(state="confirmed"),
            ),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="activity_once_for_a_form"),
            models.CheckConstraint(
                name="activity_days_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="activity_people_or_none",
                condition=Q(people_na=False) | Q(people_count__isnull=True),
            ),
            models.CheckConstraint(
                name="activity_served_or_none",
                condition=Q(served_na=False) | Q(served_count__isnull=True),
            ),
            models.CheckConstraint(
                name="activity_confirmed_by_somebody",
                condition=Q(
                    state="confirmed",
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    starts_on__isnull=False,
                )
                | (~Q(state="confirmed") & Q(confirmed_at__isnull=True, confirmed_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="activity_not_confirmed_by_its_author",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("author")),
            ),
            models.CheckConstraint(
                name="activity_sent_somewhere",
                condition=~Q(state__in=["sent", "confirmed"])
                | Q(sent_at__isnull=False, sent_by__isnull=False, confirming_unit__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.kind} (chưa đặt tên)"

    def get_absolute_url(self) -> str:
        """Its page on the desk."""
        return reverse("activities:activity", args=[self.pk])

    @property
    def month(self) -> date | None:
        """The first day of the month that it counts in: that of its first day."""
        return self.starts_on.replace(day=1) if self.starts_on else None

    @property
    def where(self) -> str:
        """The place in words."""
        return ", ".join(str(part) for part in (self.place, self.commune) if part)


class Served(models.Model):
    """How many people of one group an activity reached. Groups overlap: these are never added up."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="served")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    # Empty: of this group, but nobody counted.
    count = models.PositiveIntegerField("Số người", null=True, blank=True)

    class Meta:
        verbose_name = "nhóm được hỗ trợ"
        verbose_name_plural = "nhóm được hỗ trợ"
        ordering = ["audience__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "audience"], name="group_once_in_an_activity"
            )
        ]

    def __str__(self) -> str:
        return f"{self.audience}: {'chưa đếm' if self.count is None else self.count}"


class Participant(models.Model):
    """A member who took part, with his task and his own times served; never a share of the whole."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    # As typed, where nobody of the roster was meant.
    name = models.CharField("Họ và tên", max_length=120, blank=True)
    task = models.CharField("Nhiệm vụ", max_length=200, blank=True)
    served_count = models.PositiveIntegerField("Số lượt của riêng người này", null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "người tham gia"
        verbose_name_plural = "người tham gia"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "person"], name="participant_once_in_an_activity"
            ),
            models.CheckConstraint(
                name="participant_is_somebody",
                condition=Q(person__isnull=False) | ~Q(name=""),
            ),
        ]

    def __str__(self) -> str:
        return self.person.full_name if self.person else self.name


class MediaLink(models.Model):
    """Where a product can be seen, with the views that were declared on a day."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="links")
    url = models.URLField("Đường dẫn", max_length=500)
    title = models.CharField("Tên", max_length=160, blank=True)
    # Empty: not told.
    views = models.PositiveIntegerField("Lượt xem tự khai", null=True, blank=True)
    as_of = models.DateField("Xem ngày", null=True, blank=True)

    class Meta:
        verbose_name = "đường dẫn sản phẩm"
        verbose_name_plural = "đường dẫn sản phẩm"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "url"], name="link_once_in_an_activity"),
            models.CheckConstraint(
                name="views_have_a_day", condition=Q(views__isnull=True) | Q(as_of__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url


class ActivityEvent(models.Model):
    """One move of an activity."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField("Lúc")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_by = models.CharField("Người lập", max_length=120, blank=True)
    move = models.CharField("Việc", max_length=20)
    from_state = models.CharField(max_length=9, choices=ActivityState.choices, blank=True)
    to_state = models.CharField(max_length=9, choices=ActivityState.choices)
    note = models.TextField("Lý do", blank=True)

    class Meta:
        verbose_name = "bước xử lý hoạt động"
        verbose_name_plural = "bước xử lý hoạt động"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move}: {self.from_state} → {self.to_state}"


class Inspection(models.Model):
    """What the standing office found when it looked, and by when it looks again."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="inspections")
    at = models.DateTimeField("Lúc")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    findings = models.TextField("Nhận xét")
    follow_up_on = models.DateField("Xem lại ngày", null=True, blank=True)
    settled_at = models.DateTimeField("Đã xong lúc", null=True, blank=True)

    class Meta:
        verbose_name = "lần kiểm tra"
        verbose_name_plural = "lần kiểm tra"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["follow_up_on"], name="inspection_to_follow",
                condition=Q(settled_at__isnull=True),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y}: {self.findings[:40]}"
