"""Closed lists of units."""

from django.db import models


class UnitKind(models.TextChoices):
    """What a unit is."""

    DEPARTMENT = "department", "Sở"
    INSTITUTION = "institution", "Trường"
    OFFICE = "office", "Phòng"
    FACULTY = "faculty", "Khoa"
    CENTRE = "centre", "Trung tâm"
    YOUTH_UNION = "youth_union", "Đoàn Thanh niên"
    STUDENT_CLASS = "student_class", "Lớp"
    VOLUNTEER_TEAM = "volunteer_team", "Đội tình nguyện"


class SigningAuthority(models.TextChoices):
    """Before the signer's office (Decree 30/2020, annex I, item 7a)."""

    NONE = "", "Thủ trưởng ký"
    KT = "KT.", "KT. (ký thay)"
    TL = "TL.", "TL. (thừa lệnh)"
    TM = "TM.", "TM. (thay mặt)"
    Q = "Q.", "Q. (quyền)"


# What may stand directly below what; None is the top of the tree.
PARENTS: dict[str, frozenset[str | None]] = {
    UnitKind.DEPARTMENT: frozenset({None}),
    UnitKind.INSTITUTION: frozenset({None, UnitKind.DEPARTMENT}),
    UnitKind.OFFICE: frozenset({UnitKind.DEPARTMENT, UnitKind.INSTITUTION}),
    UnitKind.FACULTY: frozenset({UnitKind.INSTITUTION}),
    UnitKind.CENTRE: frozenset({UnitKind.DEPARTMENT, UnitKind.INSTITUTION}),
    UnitKind.YOUTH_UNION: frozenset({UnitKind.INSTITUTION, UnitKind.FACULTY}),
    UnitKind.STUDENT_CLASS: frozenset({UnitKind.INSTITUTION, UnitKind.FACULTY}),
    UnitKind.VOLUNTEER_TEAM: frozenset(
        {UnitKind.INSTITUTION, UnitKind.FACULTY, UnitKind.YOUTH_UNION}
    ),
}
