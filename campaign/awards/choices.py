"""Closed lists of award submissions."""

from django.db import models

from campaign.units.choices import CONFIRMS, Role, UnitKind


class DossierState(models.TextChoices):
    """How far a proposal is."""

    DRAFT = "draft", "Đang soạn"
    SIGNED = "signed", "Đã ký duyệt, chưa nộp"
    SUBMITTED = "submitted", "Đã nộp, chờ thẩm tra"
    RETURNED = "returned", "Trả lại để bổ sung"
    READY = "ready", "Đủ điều kiện trình Hội đồng"


class NomineeState(models.TextChoices):
    """What the standing office said of one nominee."""

    PROPOSED = "proposed", "Chờ thẩm tra"
    RETURNED = "returned", "Cần bổ sung"
    PASSED = "passed", "Đạt thẩm tra"
    WITHDRAWN = "withdrawn", "Đã rút"


class Subject(models.TextChoices):
    """Who is nominated: each has quotas of its own (plan SL 4.3)."""

    STAFF = "staff", "Cán bộ, giảng viên"
    STUDENT = "student", "Học sinh, sinh viên"
    OFFICE = "office", "Tập thể phòng, khoa"
    STUDENT_CLASS = "student_class", "Tập thể lớp"
    TEAM = "team", "Tổ, đội, nhóm"


class Scope(models.TextChoices):
    """Within what a quota is counted."""

    STUDENT_CLASS = "student_class", "mỗi lớp"
    PART = "part", "mỗi phòng, khoa"
    FACULTY = "faculty", "mỗi khoa"
    SCHOOL = "school", "toàn trường"


class CriterionFor(models.TextChoices):
    """Whom a criterion is for."""

    INDIVIDUAL = "individual", "Cá nhân"
    COLLECTIVE = "collective", "Tập thể"


class Measure(models.TextChoices):
    """What a criterion is held against."""

    SERVED = "served", "Số lượt người dân đã hỗ trợ"
    BIG_CLASS = "big_class", "Số người của một lớp kỹ năng số"
    CLASS_FOR_WEAK = "class_for_weak", "Số lớp cho người khó khăn, dân tộc thiểu số, cao tuổi"
    REPORT = "report", "Báo cáo thành tích đủ hai xác nhận"
    TEAM = "team", "Hoạt động trong đội tình nguyện"
    LOCAL_SUPPORT = "local_support", "Hoạt động phối hợp với địa phương"
    IDEA = "idea", "Mô hình, sáng kiến"
    MEDIA = "media", "Sản phẩm truyền thông và lượt xem"
    MOST_SERVED = "most_served", "Tổng lượt và thứ hạng"
    SHARING = "sharing", "Đóng góp vào tổng kết"


class Answer(models.TextChoices):
    """What the check says of one criterion."""

    MET = "met", "Đạt"
    NOT_MET = "not_met", "Chưa đạt"
    JUDGED = "judged", "Hội đồng xem xét"


class Actor(models.TextChoices):
    """In which part somebody moves a proposal."""

    WRITER = "writer", "Người soạn"
    HEAD = "head", "Trưởng đơn vị"
    OFFICE = "office", "Thường trực"


class Gender(models.TextChoices):
    """As the form asks."""

    FEMALE = "female", "Nữ"
    MALE = "male", "Nam"


class ConfirmedBy(models.TextChoices):
    """Whose confirmation it is: the plan wants both (SL 4.2.1.1, criterion 4)."""

    PLACE = "place", "Lãnh đạo nơi tham gia phong trào"
    UNIT = "unit", "Trưởng đơn vị hoặc lãnh đạo Đoàn, Hội"


INDIVIDUALS = frozenset({Subject.STAFF, Subject.STUDENT})
COLLECTIVES = frozenset({Subject.OFFICE, Subject.STUDENT_CLASS, Subject.TEAM})
# What figures answer by themselves; everything else is for the council, which gets the figures.
AUTOMATIC = frozenset(
    {Measure.SERVED, Measure.BIG_CLASS, Measure.CLASS_FOR_WEAK, Measure.REPORT}
)  # fmt: skip
# What those of the unit still write.
EDITABLE = frozenset({DossierState.DRAFT, DossierState.RETURNED})
# What the standing office has.
SENT = frozenset({DossierState.SUBMITTED, DossierState.READY})
# Was with the standing office at least once: these stand against the quota for everybody.
SEEN_BY_OFFICE = SENT | {DossierState.RETURNED}
# What has a signature, so that the signed paper may come in.
SIGNED_STATES = SENT | {DossierState.SIGNED}
# Nominees that still stand.
STANDING = frozenset({NomineeState.PROPOSED, NomineeState.RETURNED, NomineeState.PASSED})
# Which units propose (plan SL 4.3, second).
PROPOSING = frozenset(
    {UnitKind.OFFICE, UnitKind.FACULTY, UnitKind.CENTRE, UnitKind.YOUTH_UNION}
)  # fmt: skip
# Which units are which collective.
COLLECTIVE_KINDS: dict[str, Subject] = {
    UnitKind.OFFICE: Subject.OFFICE, UnitKind.FACULTY: Subject.OFFICE, UnitKind.CENTRE: Subject.OFFICE,
    UnitKind.STUDENT_CLASS: Subject.STUDENT_CLASS, UnitKind.VOLUNTEER_TEAM: Subject.TEAM,
}  # fmt: skip
WRITES = frozenset({Role.REPORTER, Role.UNIT_HEAD, Role.DEPUTY})
SIGNS = CONFIRMS
# Who reads what lies with the standing office: the office itself, the council and the leader of the school.
READS_SENT = frozenset(
    {Role.STANDING_OFFICE, Role.COUNCIL_MEMBER, Role.COUNCIL_SECRETARY, Role.LEADER}
)  # fmt: skip
