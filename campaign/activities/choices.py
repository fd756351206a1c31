"""Closed lists of the activity log."""

from django.db import models

from campaign.units.choices import CONFIRMS, Role


class ActivityState(models.TextChoices):
    """How far an activity is. Only what is confirmed counts."""

    DRAFT = "draft", "Đang soạn"
    SENT = "sent", "Chờ xác nhận"
    RETURNED = "returned", "Được trả lại"
    CONFIRMED = "confirmed", "Đã xác nhận"


class KindRole(models.TextChoices):
    """What a kind counts as among the public figures."""

    CLASS = "class", "Lớp học cho người dân"
    SUPPORT = "support", "Hỗ trợ trực tiếp"
    TRAINING = "training", "Tập huấn trong nhà trường"
    OTHER = "other", "Việc khác"


class CommuneKind(models.TextChoices):
    """What a place of the lower tier is."""

    COMMUNE = "commune", "Xã"
    WARD = "ward", "Phường"
    ZONE = "zone", "Đặc khu"


class Actor(models.TextChoices):
    """In which part somebody moves an activity."""

    AUTHOR = "author", "Người lập"
    CONFIRMER = "confirmer", "Người xác nhận"
    OFFICE = "office", "Thường trực phong trào"


class EvidenceKind(models.TextChoices):
    """What a piece of evidence is."""

    PHOTO = "photo", "Ảnh hoạt động"
    LOCAL_CONFIRMATION = "local_confirmation", "Giấy xác nhận địa phương"
    SIGN_IN_SHEET = "sign_in_sheet", "Danh sách ký tên"
    THANKS = "thanks", "Thư cảm ơn, phản hồi"
    DOCUMENT = "document", "Tài liệu, sản phẩm"
    LINK = "link", "Đường dẫn"
    SCREENSHOT = "screenshot", "Ảnh chụp màn hình số lượt xem"


class Doubt(models.TextChoices):
    """Why two records may be one."""

    PHOTO = "photo", "Ảnh giống nhau"
    SAME_CLASS = "class", "Cùng ngày, cùng nơi, cùng loại"


class DoubtState(models.TextChoices):
    """What the standing office says of it."""

    OPEN = "open", "Chờ xem xét"
    DIFFERENT = "different", "Là hai việc khác nhau"
    SAME = "same", "Là một việc ghi hai lần"


class Faces(models.TextChoices):
    """Whom a photo shows so that he can be recognised."""

    NOBODY = "nobody", "Không nhận ra mặt ai"
    ADULTS = "adults", "Chỉ có người lớn"
    MINORS = "minors", "Có trẻ em dưới 16 tuổi"


# What the author still changes.
EDITABLE = frozenset({ActivityState.DRAFT, ActivityState.RETURNED})
# What figures are made of.
COUNTED = frozenset({ActivityState.CONFIRMED})
# Papers that name people: fewer readers, kept for a shorter time.
RESTRICTED = frozenset(
    {EvidenceKind.LOCAL_CONFIRMATION, EvidenceKind.SIGN_IN_SHEET, EvidenceKind.THANKS}
)
# Who opens whatever his units have entered, drafts included.
MAY_OPEN = frozenset(
    {Role.REPORTER, Role.UNIT_HEAD, Role.DEPUTY, Role.STANDING_OFFICE, Role.COUNCIL_MEMBER,
     Role.COUNCIL_SECRETARY, Role.LEADER}
)  # fmt: skip
# Who decides on what was sent: a head or his deputy; at the top of a school its leader is its head.
DECIDES = CONFIRMS | {Role.LEADER}
# Who enters activities for his units and mends what others there have begun.
MAY_ENTER = frozenset({Role.REPORTER, Role.UNIT_HEAD, Role.DEPUTY, Role.STANDING_OFFICE})
# Who reads papers that name people, besides their author.
READS_RESTRICTED = frozenset({Role.UNIT_HEAD, Role.DEPUTY, Role.STANDING_OFFICE})
# Looked at as pictures, and only JPG, PNG, WEBP or HEIC.
PICTURES = frozenset({EvidenceKind.PHOTO, EvidenceKind.SCREENSHOT})
# Sheets of paper: PDF, or photographed.
PAPERS = frozenset(
    {EvidenceKind.LOCAL_CONFIRMATION, EvidenceKind.SIGN_IN_SHEET, EvidenceKind.THANKS,
     EvidenceKind.DOCUMENT}
)  # fmt: skip
# May still come when the activity was sent or confirmed: others have signed or written them.
COMES_LATER = frozenset({EvidenceKind.LOCAL_CONFIRMATION, EvidenceKind.THANKS})
# Who sees the figures of his units and what stands below.
SEES_FIGURES = MAY_OPEN | {Role.DEPARTMENT_OFFICER, Role.MEMBER}
