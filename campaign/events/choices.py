"""Closed lists of events."""

from django.db import models


class EventKind(models.TextChoices):
    """What sort of event."""

    DAY = "ngay-hoi", "Ngày hội toàn dân học tập số"
    LAUNCH = "phat-dong", "Lễ phát động"
    CITIZEN_CLASS = "lop-hoc", "Lớp cho người dân"
    TRAINING = "tap-huan", "Tập huấn"
    FIELD_TRIP = "ve-co-so", "Về cơ sở"


class EventState(models.TextChoices):
    """How an event stands."""

    PLANNED = "planned", "Sẽ diễn ra"
    POSTPONED = "postponed", "Hoãn"
    CANCELLED = "cancelled", "Hủy"
    HELD = "held", "Đã tổ chức"


# What may still come.
OPEN = frozenset({EventState.PLANNED, EventState.POSTPONED})
