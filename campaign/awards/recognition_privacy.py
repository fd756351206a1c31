"""What lists of the first tier keep of people, for what, and for how long; and how it is forgotten."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from campaign.awards.models import (
    RecognitionEntry,
    RecognitionEvent,
    RecognitionList,
    RecognitionRevision,
)
from campaign.awards.privacy import KEEP_MONTHS
from campaign.awards.recognition_choices import RecognitionState
from campaign.awards.recognition_matching import name_key
from core.workdays import months_before
from privacy.registry import FoundRecord, Purpose

MOST_FOUND = 50

LISTS = Purpose(
    key="danh-sach-bieu-duong",
    title="Danh sách công nhận, biểu dương",
    why="Để lãnh đạo trường quyết định công nhận, biểu dương đúng người; là căn cứ bình xét thi đua.",
    fields=(
        "họ và tên, lớp hoặc đơn vị; mã số chỉ người lập, người trình và lãnh đạo thấy",
        "thành tích ghi ngắn gọn",
    ),
    recipients="Đơn vị lập danh sách; sau khi trình: lãnh đạo trường, đơn vị thường trực và Hội đồng. "
    "Trang không công bố danh sách này.",
    basis="Nhiệm vụ khen thưởng của nhà trường theo quy chế; vì vậy không hỏi đồng ý.",
    keep_months=KEEP_MONTHS,
    kept_from="ngày quyết định (danh sách chưa quyết định: lần sửa cuối); sau đó thành tích, mã số và bản "
    "lưu được xóa, tên trong quyết định thì giữ theo quy định lưu trữ",
    purge=lambda now: purge_lists(now),
)  # fmt: skip


def purge_lists(now: datetime) -> int:
    """Forget merits, codes, reasons, frozen copies of old lists; of undecided ones the names too. How many."""
    before = months_before(now, KEEP_MONTHS)
    decided = Q(state=RecognitionState.RECOGNISED, decided_at__lt=before, purged_at=None)
    # May be taken up again later, so it is not marked; without anybody in it there is nothing to forget.
    left = ~Q(state=RecognitionState.RECOGNISED) & Q(changed_at__lt=before, entries__isnull=False)
    old = RecognitionList.objects.filter(decided | left).order_by("pk").distinct()
    done = 0
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            _forget(RecognitionList.objects.select_for_update().get(pk=pk), now)
        done += 1
    return done


def _forget(held: RecognitionList, now: datetime) -> None:
    RecognitionRevision.objects.filter(listing=held).delete()
    RecognitionEvent.objects.filter(listing=held).update(note="", prepared_by="")
    if held.state == RecognitionState.RECOGNISED:
        held.entries.update(merit="", code="")
        held.purged_at = now
    else:
        held.entries.all().delete()
    held.prepared_by = ""
    held.save(update_fields=["prepared_by", "purged_at"])


def lists_naming(full_name: str, phone: str, email: str) -> list[FoundRecord]:
    """Lists in which somebody of exactly this name stands."""
    key = name_key(full_name)
    if not key:
        return []
    rows = RecognitionEntry.objects.filter(name_key=key, unit=None).select_related("listing__unit")
    return [
        FoundRecord(
            label=f"Danh sách biểu dương: {row}, {row.listing.of_whom}",
            url=row.listing.get_absolute_url(),
            when=row.added_at,
        )
        for row in rows[:MOST_FOUND]
    ]
