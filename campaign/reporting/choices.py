"""Closed lists of periodic reports."""

from django.db import models

from campaign.units.choices import CONFIRMS, SEES_SENT, Role, RoundKind

__all__ = ["RoundKind"]


class ReportState(models.TextChoices):
    """How far a report is."""

    DRAFT = "draft", "Đang soạn"
    CONFIRMED = "confirmed", "Đã ký duyệt, chưa nộp"
    SUBMITTED = "submitted", "Đã nộp"
    RETURNED = "returned", "Trả lại để bổ sung"
    ACCEPTED = "accepted", "Đã nhận"
    PASSED_ON = "passed_on", "Chuyển cho đơn vị kế tục"


class Actor(models.TextChoices):
    """In which part somebody moves a report."""

    WRITER = "writer", "Người soạn"
    HEAD = "head", "Trưởng đơn vị"
    RECEIVER = "receiver", "Nơi nhận"


class IndicatorKind(models.TextChoices):
    """What is told under an indicator."""

    COUNT = "count", "Số đếm"
    RATIO = "ratio", "Tỷ lệ (đạt trên tổng số)"
    TEXT = "text", "Lời văn"
    CHOICE = "choice", "Chọn một"


class AddUp(models.TextChoices):
    """What several values make together: of several units, or of one unit over several periods."""

    SUM = "sum", "Cộng lại"
    LAST = "last", "Lấy số mới nhất"
    MOST = "most", "Lấy số lớn nhất"
    NONE = "none", "Không cộng"


class ColumnRole(models.TextChoices):
    """What a column of task lines is for."""

    NUMBER = "number", "Số thứ tự"
    TASK = "task", "Tên nhiệm vụ"
    TIME = "time", "Thời gian"
    TARGET = "target", "Chỉ tiêu"
    ACTION = "action", "Công tác triển khai"
    RESULT = "result", "Kết quả"
    ASSESSMENT = "assessment", "Đánh giá"
    DIFFICULTY = "difficulty", "Khó khăn, vướng mắc"
    PROPOSAL = "proposal", "Đề xuất, kiến nghị"
    OTHER = "other", "Nội dung khác"


class LateRule(models.TextChoices):
    """What becomes of activities of an earlier period that were confirmed after it was reported."""

    NEXT = "next", "Tính vào báo cáo kế tiếp"
    LEAVE = "leave", "Không tính bù"


class Stage(models.TextChoices):
    """Why somebody was reminded."""

    WEEK = "7", "Còn 7 ngày"
    DAYS = "3", "Còn 3 ngày"
    EVE = "1", "Còn 1 ngày"
    AFTER = "-1", "Quá hạn 1 ngày"
    ASKED = "asked", "Nơi nhận nhắc"
    BY_HAND = "hand", "Nhắc ngoài hệ thống"


# What those of the unit still write.
EDITABLE = frozenset({ReportState.DRAFT, ReportState.RETURNED})
# Kinds whose rounds follow one another: none tells of a day, or counts an activity, twice. What is asked for by
# a fixed day or on request stands alone.
CHAINED = frozenset({RoundKind.QUARTER, RoundKind.SCHOOL_YEAR})
# What the unit still owes.
OWED = frozenset({ReportState.DRAFT, ReportState.CONFIRMED, ReportState.RETURNED})
# What the receiver has.
SENT = frozenset({ReportState.SUBMITTED, ReportState.ACCEPTED})
# Who writes the report of his unit.
WRITES = frozenset({Role.REPORTER, Role.UNIT_HEAD, Role.DEPUTY, Role.STANDING_OFFICE})
# Who signs it off: the head or his deputy; at the top of a school its leader.
SIGNS = CONFIRMS | {Role.LEADER}
# Who receives what is sent to his unit.
RECEIVES = frozenset({Role.STANDING_OFFICE, Role.DEPARTMENT_OFFICER, Role.UNIT_HEAD, Role.DEPUTY})
# Who reads the reports of his units and those below, drafts included; members read that of their own unit.
MAY_OPEN = WRITES | {Role.LEADER}
# Who reads what the units below have handed in.
READS_SENT = SEES_SENT
# Columns whose words a form gives; the unit adds to them only in lines of its own.
GIVEN = frozenset({ColumnRole.TASK, ColumnRole.TIME, ColumnRole.TARGET})
