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


# What each means, in one line, for people who never read the law.
EXPLAINED: dict[str, str] = {
    RequestKind.VIEW: "Nhà trường cho bạn biết đang giữ những gì về bạn.",
    RequestKind.COPY: "Nhà trường gửi cho bạn bản chép dữ liệu của bạn.",
    RequestKind.RECTIFY: "Dữ liệu sai hoặc đã cũ được sửa lại.",
    RequestKind.WITHDRAW: "Từ nay nhà trường thôi dùng dữ liệu vào việc bạn từng đồng ý.",
    RequestKind.RESTRICT: "Dữ liệu được giữ nguyên, không dùng vào việc gì, cho đến khi bạn cho phép lại.",
    RequestKind.OBJECT: "Bạn nói rõ việc dùng nào bạn không chấp nhận.",
    RequestKind.DELETE: "Dữ liệu được xóa hẳn, không lấy lại được.",
}


class RequestState(models.TextChoices):
    """Where a request stands."""

    RECEIVED = "received", "Mới nhận"
    ACKNOWLEDGED = "acknowledged", "Đã phản hồi tiếp nhận"
    DONE = "done", "Đã thực hiện"
    REFUSED = "refused", "Không thực hiện được"
    WITHDRAWN = "withdrawn", "Người gửi rút yêu cầu"
    SPAM = "spam", "Không phải yêu cầu về dữ liệu"


WAITING = frozenset({RequestState.RECEIVED, RequestState.ACKNOWLEDGED})
DECIDED = frozenset({RequestState.DONE, RequestState.REFUSED})
CLOSED = frozenset({*DECIDED, RequestState.WITHDRAWN, RequestState.SPAM})
