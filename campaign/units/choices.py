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


class Role(models.TextChoices):
    """What a person is in a unit. A role reaches its unit and what stands below, nothing else."""

    MEMBER = "member", "Thành viên"
    REPORTER = "reporter", "Người báo cáo"
    UNIT_HEAD = "unit_head", "Trưởng đơn vị"
    DEPUTY = "deputy", "Người được ủy quyền"
    STANDING_OFFICE = "standing_office", "Thường trực phong trào"
    COUNCIL_MEMBER = "council_member", "Thành viên Hội đồng thi đua, khen thưởng"
    COUNCIL_SECRETARY = "council_secretary", "Thư ký Hội đồng thi đua, khen thưởng"
    LEADER = "leader", "Lãnh đạo"
    DEPARTMENT_OFFICER = "department_officer", "Cán bộ Sở"


# Where a role may be held; a role that is not named may be held anywhere.
_TOP = frozenset({UnitKind.DEPARTMENT, UnitKind.INSTITUTION})
ROLE_KINDS: dict[str, frozenset[str]] = {
    Role.STANDING_OFFICE: _TOP,
    Role.COUNCIL_MEMBER: _TOP,
    Role.COUNCIL_SECRETARY: _TOP,
    Role.LEADER: _TOP,
    Role.DEPARTMENT_OFFICER: frozenset({UnitKind.DEPARTMENT}),
}
# One at a time in a unit.
SINGLE = frozenset({Role.UNIT_HEAD})
# Who confirms what others of the unit have entered.
CONFIRMS = frozenset({Role.UNIT_HEAD, Role.DEPUTY})
# What an account shared by an office may be: it drafts and confirms nothing.
DRAFTS_ONLY = frozenset({Role.MEMBER, Role.REPORTER})
# Who sees the roster of his units; a member sees himself.
SEES_PEOPLE = frozenset(
    {Role.REPORTER, Role.UNIT_HEAD, Role.DEPUTY, Role.STANDING_OFFICE, Role.COUNCIL_MEMBER,
     Role.COUNCIL_SECRETARY, Role.LEADER}
)  # fmt: skip
# Who keeps the roster of his units: adds, moves, lets go, hands out slips.
KEEPS_PEOPLE = frozenset({Role.UNIT_HEAD, Role.DEPUTY, Role.STANDING_OFFICE})
# Who sees what schools have sent to the department, and figures; never what lies inside a school.
SEES_SENT = frozenset({Role.DEPARTMENT_OFFICER, Role.STANDING_OFFICE, Role.LEADER})
# Whom a department names in a school, to begin with.
BEGINS_SCHOOL = frozenset({Role.STANDING_OFFICE, Role.LEADER})
# The seat somebody takes first, of several: where he decides before where he writes.
FIRST_SEAT = (
    Role.STANDING_OFFICE, Role.UNIT_HEAD, Role.DEPUTY, Role.LEADER, Role.DEPARTMENT_OFFICER,
    Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER, Role.REPORTER, Role.MEMBER,
)  # fmt: skip
# What weighs more than one unit's own work: a used account with it is never reset by a slip.
WEIGHTY = frozenset(
    {Role.STANDING_OFFICE, Role.COUNCIL_MEMBER, Role.COUNCIL_SECRETARY, Role.LEADER,
     Role.DEPARTMENT_OFFICER}
)  # fmt: skip
# Menus of the staff area that a role opens, through a group of the same name; scope is never in it.
ROLE_PERMISSIONS: dict[str, list[str]] = {
    Role.STANDING_OFFICE: ["wagtailadmin.access_admin", "units.view_unit"],
}


class PersonKind(models.TextChoices):
    """What a person of the roster is."""

    STUDENT = "student", "Học sinh, sinh viên"
    STAFF = "staff", "Cán bộ, giảng viên, nhân viên"


class LinePurpose(models.TextChoices):
    """What a line carries."""

    REPORT = "report", "Gửi báo cáo, hồ sơ"
    CONFIRM = "confirm", "Xác nhận hoạt động"


class RoundKind(models.TextChoices):
    """Kinds of rounds a line may speak of; empty is every kind (plan CB V.2, SL 4.1, 4.3)."""

    QUARTER = "quarter", "Báo cáo quý"
    SCHOOL_YEAR = "school_year", "Báo cáo năm học"
    FIXED = "fixed", "Báo cáo theo ngày ấn định"
    AD_HOC = "ad_hoc", "Báo cáo đột xuất"
    AWARD = "award", "Khen thưởng"


class AccountState(models.TextChoices):
    """How far somebody of the roster is with his account."""

    NONE = "none", "Chưa có tài khoản"
    PRINTED = "printed", "Đã in phiếu, chưa dùng"
    WAITING = "waiting", "Chưa đặt mật khẩu"
    IN_USE = "in_use", "Đang dùng"
    CLOSED = "closed", "Đã khóa"


class Verdict(models.TextChoices):
    """What a row of an imported file does."""

    ADD = "add", "Sẽ thêm"
    CHANGE = "change", "Sẽ đổi"
    SAME = "same", "Giữ nguyên"
    REFUSE = "refuse", "Bị từ chối"


class ImportState(models.TextChoices):
    """How far an import is."""

    WAITING = "waiting", "Đang chờ đọc"
    READING = "reading", "Đang đọc tệp"
    CHECKED = "checked", "Xem trước"
    REFUSED = "refused", "Có dòng bị từ chối"
    APPLYING = "applying", "Đang áp dụng"
    APPLIED = "applied", "Đã áp dụng"
    BROKEN = "broken", "Không đọc được"
