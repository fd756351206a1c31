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


class Useful(models.TextChoices):
    """Whether it was worth coming."""

    VERY = "very", "Rất có ích"
    SOME = "some", "Có ích"
    LITTLE = "little", "Ít có ích"
    NOT = "not", "Không có ích"


class Able(models.TextChoices):
    """Whether one can do now what was shown."""

    ALONE = "alone", "Tự làm được"
    HELPED = "helped", "Làm được khi có người giúp"
    NOT_YET = "notyet", "Chưa làm được"


class Registers(models.TextChoices):
    """Who registers."""

    PERSONS = "persons", "Từng người"
    UNITS = "units", "Lớp, đơn vị"


class RegistrationState(models.TextChoices):
    """How a registration stands."""

    CONFIRMED = "confirmed", "Có chỗ"
    CANCELLED = "cancelled", "Đã hủy"
