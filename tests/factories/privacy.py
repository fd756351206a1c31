"""Makes requests about one's own data."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone

from privacy.models import DataRequest
from privacy.requests import submit_request

ASKED = "Xin xóa số điện thoại tôi đã ghi khi góp ý tháng trước."


def make_request(*, now: datetime | None = None, **fields: Any) -> DataRequest:
    """A request as it comes in."""
    known = {"kind": "delete", "message": ASKED, "full_name": "Người dân mẫu", "phone": "+84912345678",
             "key": uuid4()}  # fmt: skip
    return submit_request(now=now or timezone.now(), **{**known, **fields})
