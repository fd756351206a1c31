"""Places at an event: how many there are, and who has taken them."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from campaign.activities.choices import MAY_ENTER
from campaign.events.choices import Registers, RegistrationState
from campaign.events.models.event import Event
from campaign.units.reach import inside


class Admission(models.Model):
    """That an event takes registrations, from whom, for how many places, until when.

    One row that is held while a place is given or taken back, so that the last place goes to one alone.
    """

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, primary_key=True, related_name="admission"
    )
    who = models.CharField("Ai đăng ký", max_length=7, choices=Registers.choices)
    # None: as many as come.
    capacity = models.PositiveIntegerField("Số chỗ", null=True, blank=True)
    # How many one registration may bring.
    most = models.PositiveIntegerField("Mỗi phiếu nhiều nhất", default=1)
    # None: until the event begins.
    closes_at = models.DateTimeField("Nhận đến", null=True, blank=True)
    is_open = models.BooleanField("Đang nhận", default=True)
    taken = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "nhận đăng ký"
        verbose_name_plural = "nhận đăng ký"
        constraints = [
            models.CheckConstraint(
                name="no_more_taken_than_places",
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
            ),
            models.CheckConstraint(name="one_registration_brings_one", condition=Q(most__gte=1)),
        ]

    def __str__(self) -> str:
        places = "không giới hạn" if self.capacity is None else str(self.capacity)
        return f"{self.taken}/{places}"

    @property
    def left(self) -> int | None:
        """Places that are free; None where there is no limit."""
        return None if self.capacity is None else self.capacity - self.taken


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Registrations by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those at events of the units one writes for: who else comes is nobody's business."""
        return self.filter(inside(user, MAY_ENTER, "event__unit"))

    def confirmed(self) -> Self:
        """Those that have a place."""
        return self.filter(state=RegistrationState.CONFIRMED)


class Registration(models.Model):
    """Somebody, or a unit, who comes: told how to reach him, and nothing more."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    # One form is one registration, however often it is sent.
    key = models.UUIDField(unique=True, editable=False)
    token = models.CharField(max_length=40, unique=True, editable=False)
    full_name = models.CharField("Họ và tên", max_length=120)
    unit_name = models.CharField("Đơn vị", max_length=160, blank=True)
    phone = models.CharField("Điện thoại", max_length=30, blank=True)
    email = models.CharField("Thư điện tử", max_length=254, blank=True)
    # The same address however it is spelt.
    mail_key = models.CharField(max_length=254, blank=True, editable=False)
    heads = models.PositiveIntegerField("Số người", default=1)
    note = models.CharField("Ghi chú", max_length=200, blank=True)
    state = models.CharField(
        max_length=9, choices=RegistrationState.choices, default=RegistrationState.CONFIRMED
    )
    # How many came; None while nobody has said.
    came = models.PositiveIntegerField("Đã đến", null=True, blank=True)
    created_at = models.DateTimeField("Đăng ký lúc")
    cancelled_at = models.DateTimeField("Hủy lúc", null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "đăng ký dự"
        verbose_name_plural = "đăng ký dự"
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["event", "state"], name="registration_of_event")]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "mail_key"], name="registered_once_by_mail",
                condition=Q(state="confirmed") & ~Q(mail_key=""),
            ),
            models.UniqueConstraint(
                fields=["event", "phone"], name="registered_once_by_phone",
                condition=Q(state="confirmed") & ~Q(phone=""),
            ),
            models.CheckConstraint(name="registration_of_somebody", condition=Q(heads__gte=1)),
            models.CheckConstraint(
                name="no_more_came_than_registered",
                condition=Q(came__isnull=True) | Q(came__lte=F("heads")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        """The private page: whoever has the address changes or cancels."""
        return reverse("events:registration", args=[self.token])
