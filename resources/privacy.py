"""How long the library keeps what it did not take up."""

from datetime import datetime

from core.workdays import months_before
from privacy.registry import Purpose
from resources.services import forget_declined

# Long enough to ask why, or to offer it again, mended.
DECLINED_MONTHS = 6

OFFERED = Purpose(
    key="hoc-lieu-don-vi-gui",
    title="Học liệu đơn vị gửi mà thư viện không nhận",
    why="Để đơn vị hỏi lại lý do, lấy lại tệp hoặc sửa rồi gửi học liệu khác.",
    fields=(
        "tệp đã gửi, trong đó có thể có hình hoặc tên người",
        "tác giả, nơi lấy như đơn vị đã ghi; tài khoản của người gửi",
    ),
    recipients="Người soạn, trưởng đơn vị và thủ thư; không đăng công khai.",
    basis="Nhiệm vụ của nhà trường trong tổ chức phong trào.",
    keep_months=DECLINED_MONTHS,
    kept_from="ngày thư viện trả lời không nhận; sau đó chỉ giữ tên, tóm tắt học liệu và lý do",
    purge=lambda now: purge_declined(now),
)


def purge_declined(now: datetime) -> int:
    """Delete the files of what was declined long ago, and who was named as their author; how many."""
    return forget_declined(months_before(now, DECLINED_MONTHS))
