"""What events keep of people, for what, and for how long."""

from django.db.models import Q
from django.urls import reverse

from campaign.events.models import Registration
from campaign.events.registration_forms import CONSENT
from campaign.events.registration_rules import mail_key
from campaign.events.services.registrations import KEEP_MONTHS, purge_registrations
from core.text import fold
from privacy.registry import FoundRecord, Purpose

MOST_FOUND = 50

GUESTS = Purpose(
    key=CONSENT,
    title="Đăng ký dự sự kiện",
    why="Để giữ chỗ, báo khi đổi ngày hay hủy, và chuẩn bị đủ chỗ ngồi, tài liệu.",
    fields=("họ và tên, lớp hoặc đơn vị", "số điện thoại hoặc thư điện tử", "số người, ghi chú"),
    recipients="Người của đơn vị tổ chức sự kiện; không đăng lên trang, không chuyển ra ngoài trường.",
    basis="Sự đồng ý của bạn khi đăng ký; hủy lúc nào cũng được.",
    keep_months=KEEP_MONTHS,
    kept_from="lúc đăng ký, và không trước ngày sự kiện; sau đó tên và cách liên lạc được xóa",
    consent="Tôi đồng ý để đơn vị tổ chức dùng tên và cách liên lạc tôi đã ghi, chỉ để giữ chỗ và báo tin về "
    "sự kiện này. Tôi có thể rút lại bằng cách hủy chỗ.",
    purge=purge_registrations,
)


def guests_under(full_name: str, phone: str, email: str) -> list[FoundRecord]:
    """Registrations under this telephone number, address or name."""
    asked = Q(pk__in=[])
    if phone:
        asked |= Q(phone=phone)
    if key := mail_key(email):
        asked |= Q(mail_key=key)
    rows = Registration.objects.filter(asked)
    found = list(rows.select_related("event")[:MOST_FOUND])
    name = fold(" ".join(full_name.split()))
    if name:
        known = {row.pk for row in found}
        others = Registration.objects.filter(purged_at=None).select_related("event")
        found += [
            row
            for row in others.iterator(chunk_size=500)
            if row.pk not in known and fold(row.full_name) == name
        ][:MOST_FOUND]
    return [
        FoundRecord(f"Đăng ký dự {row.event}", reverse("events:guests", args=[row.event_id]), row.created_at)
        for row in found
    ]  # fmt: skip
