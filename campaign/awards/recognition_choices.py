"""Closed lists of the first tier: recognition and praise (plan SL 4.2.1)."""

from django.db import models


class RecognitionState(models.TextChoices):
    """How far a list is."""

    DRAFT = "draft", "Đang soạn"
    SENT = "sent", "Đã trình, chờ quyết định"
    RETURNED = "returned", "Trả lại để bổ sung"
    RECOGNISED = "recognised", "Đã công nhận, biểu dương"


class RecognitionPart(models.TextChoices):
    """In which part somebody moves a list."""

    WRITER = "writer", "Người soạn"
    SENDER = "sender", "Người trình"
    LEADER = "leader", "Lãnh đạo trường"


class EntryVerdict(models.TextChoices):
    """What a row of an imported file does to a list."""

    ADD = "add", "Sẽ thêm"
    CHANGE = "change", "Đổi thành tích"
    SAME = "same", "Giữ nguyên"
    ASK = "ask", "Cần chọn"
    UNKNOWN = "unknown", "Không có trong danh sách trường"
    REFUSE = "refuse", "Phải sửa trong tệp"


# What those of the unit still write.
EDITABLE_LISTS = frozenset({RecognitionState.DRAFT, RecognitionState.RETURNED})
# Was with the leader at least once: read by the school's office, council and leader.
CAME_TO_LEADER = frozenset(
    {RecognitionState.SENT, RecognitionState.RETURNED, RecognitionState.RECOGNISED}
)
# Rows that wait for a word from whoever imports.
OPEN_VERDICTS = frozenset({EntryVerdict.ASK, EntryVerdict.UNKNOWN})
