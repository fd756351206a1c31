"""Closed lists of requests about one's own data."""

from django.db import models


class RequestKind(models.TextChoices):
    """What a person may ask (Law 91/2025/QH15; Decree 356/2025, article 5)."""

    VIEW = "view", "Xem dữ liệu của tôi"
    COPY = "copy", "Nhận một bản sao"
    RECTIFY = "rectify", "Sửa cho đúng"
    WITHDRAW = "withdraw", "Rút lại sự đồng ý"
    RESTRICT = "restrict", "Tạm dừng việc dùng dữ liệu"
    OBJECT = "object", "Phản đối việc dùng dữ liệu"
    DELETE = "delete", "Xóa dữ liệu của tôi"


class RequestState(models.TextChoices):
    """Where a request stands."""

    RECEIVED = "received", "Mới nhận"
    ACKNOWLEDGED = "acknowledged", "Đã phản hồi tiếp nhận"
    DONE = "done", "Đã thực hiện"
    REFUSED = "refused", "Không thực hiện được"
    WITHDRAWN = "withdrawn", "Người gửi rút yêu cầu"


WAITING = frozenset({RequestState.RECEIVED, RequestState.ACKNOWLEDGED})
DECIDED = frozenset({RequestState.DONE, RequestState.REFUSED})
CLOSED = frozenset({*DECIDED, RequestState.WITHDRAWN})
