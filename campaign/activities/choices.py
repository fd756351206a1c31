"""Closed lists of the activity log."""

from django.db import models


class ActivityState(models.TextChoices):
    """How far an activity is. Only what is confirmed counts."""

    DRAFT = "draft", "Đang soạn"
    SENT = "sent", "Chờ xác nhận"
    RETURNED = "returned", "Được trả lại"
    CONFIRMED = "confirmed", "Đã xác nhận"


class Actor(models.TextChoices):
    """In which part somebody moves an activity."""

    AUTHOR = "author", "Người lập"
    CONFIRMER = "confirmer", "Người xác nhận"
    OFFICE = "office", "Thường trực phong trào"


class Known(models.TextChoices):
    """What an empty count means: not told yet, or not a thing to count here. Nought is a number."""

    GIVEN = "given", "Đã ghi"
    UNKNOWN = "unknown", "Chưa có số liệu"
    NOT_APPLICABLE = "not_applicable", "Không áp dụng"


class EvidenceKind(models.TextChoices):
    """What a piece of evidence is."""

    PHOTO = "photo", "Ảnh hoạt động"
    LOCAL_CONFIRMATION = "local_confirmation", "Giấy xác nhận địa phương"
    SIGN_IN_SHEET = "sign_in_sheet", "Danh sách ký tên"
    THANKS = "thanks", "Thư cảm ơn, phản hồi"
    DOCUMENT = "document", "Tài liệu, sản phẩm"
    LINK = "link", "Đường dẫn"
    SCREENSHOT = "screenshot", "Ảnh chụp màn hình số lượt xem"


# What the author still changes.
EDITABLE = frozenset({ActivityState.DRAFT, ActivityState.RETURNED})
# What figures are made of.
COUNTED = frozenset({ActivityState.CONFIRMED})
# Papers that name people: fewer readers, kept for a shorter time.
RESTRICTED = frozenset(
    {EvidenceKind.LOCAL_CONFIRMATION, EvidenceKind.SIGN_IN_SHEET, EvidenceKind.THANKS}
)
