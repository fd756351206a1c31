"""What is wrong with the library's public items: each fault a condition, so that lists and counts agree."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q
from django.utils import timezone

from core.models import SiteDocument
from core.workdays import months_before
from counters.choices import Act
from counters.models import MonthCount
from resources.choices import Fault, LinkState
from resources.link_sources import ITEMS
from resources.models import (
    CheckedLink,
    ItemCompetence,
    ItemFile,
    LibraryHealthSettings,
    LibraryItemPage,
    LinkUse,
)

# What each fault means, and what mends it.
ADVICE = {
    Fault.BROKEN_LINK: "Không mở được trong ba ngày khác nhau: thay bằng địa chỉ mới, hoặc bỏ đi.",
    Fault.UNKNOWN_LINK: "Sau VNeID, chặn chương trình tự động, hoặc trả lời chậm: hãy tự bấm thử.",
    Fault.CAPTIONS: "Video của trang chưa có phụ đề, hoặc âm thanh chưa có bản chép lời.",
    Fault.ALT: "Có hình mà chưa có lời tả cho người không nhìn thấy.",
    Fault.LICENCE: "Chưa ghi người khác được dùng lại thế nào.",
    Fault.COMPETENCE: "Chưa gắn năng lực thành phần nào của Thông tư 02/2025.",
    Fault.UNUSED: "Không lượt xem, không lượt tải trong nhiều tháng: đổi tên, giới thiệu lại, hay gỡ?",
    Fault.REVIEW: "Đọc lại xem còn đúng không, rồi bấm “Đã xem lại”.",
}


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The days that the settings give, seen from today."""

    today: date
    unused_since: date
    reviewed_before: date


def deadlines(today: date) -> Deadlines:
    """From the settings of the health page."""
    told = LibraryHealthSettings.load()
    return Deadlines(
        today,
        months_before(today, told.unused_months),
        months_before(today, told.review_months),
    )


def conditions(days: Deadlines) -> dict[Fault, Any]:
    """Each fault as a condition on items."""
    return {
        Fault.BROKEN_LINK: _has_link(LinkState.BROKEN),
        Fault.UNKNOWN_LINK: _has_link(LinkState.UNKNOWN),
        Fault.CAPTIONS: Q(media__type="video", media__captions="")
        | Q(media__type="audio", media__transcript=""),
        Fault.ALT: Q(picture__isnull=False, picture_alt="") | Q(review__bare_pictures__gt=0),
        Fault.LICENCE: Q(licence__isnull=True),
        Fault.COMPETENCE: ~Exists(ItemCompetence.objects.filter(item=OuterRef("pk"))),
        Fault.UNUSED: _unused(days),
        Fault.REVIEW: _due(days),
    }


def _has_link(state: str) -> Exists:
    return Exists(LinkUse.objects.filter(source=ITEMS, object_id=OuterRef("pk"), link__state=state))


def _unused(days: Deadlines) -> Q:
    """Public for longer than the months, and neither viewed nor taken in any of them."""
    counts = MonthCount.objects.between(days.unused_since, None).filter(count__gt=0).order_by()
    kinds = ContentType.objects.get_for_models(LibraryItemPage, SiteDocument)
    seen = counts.filter(content_type=kinds[LibraryItemPage]).values("object_id")
    taken = counts.filter(content_type=kinds[SiteDocument], act=Act.DOWNLOAD).values("object_id")
    files = ItemFile.objects.filter(document__in=taken).values("item")
    old = Q(first_published_at__date__lt=days.unused_since)
    return old & ~Q(pk__in=seen) & ~Q(pk__in=files)


def _due(days: Deadlines) -> Q:
    """By its own day where it has one, else after the usual months since it was read over, or published."""
    own = Q(review__review_by__lte=days.today)
    usual = Q(review__reviewed_on__lt=days.reviewed_before) | Q(
        review__reviewed_on__isnull=True, first_published_at__date__lt=days.reviewed_before
    )
    return own | (Q(review__review_by__isnull=True) & usual)


def with_fault(items: Any, fault: str, *, today: date | None = None) -> Any:
    """Those public ones of `items` that have this fault."""
    days = deadlines(today or timezone.localdate())
    return items.filter(conditions(days)[Fault(fault)], live=True)


def with_faults_told(items: Any, *, today: date | None = None) -> Any:
    """`items`, each with `fault_<n>` for the faults in their order; only what is public has any."""
    days = deadlines(today or timezone.localdate())
    told = {
        f"fault_{n}": ExpressionWrapper(Q(condition) & Q(live=True), output_field=BooleanField())
        for n, condition in enumerate(conditions(days).values())
    }
    return items.annotate(**told)


def tell_faults(items: list[Any]) -> list[Any]:
    """The same items with their faults told; one query for just these, where all would take a second."""
    rows = with_faults_told(LibraryItemPage.objects.filter(pk__in=[item.pk for item in items]))
    names = [f"fault_{n}" for n in range(len(Fault))]
    told = {pk: found for pk, *found in rows.order_by().values_list("pk", *names)}
    for item in items:
        for name, value in zip(names, told.get(item.pk, ()), strict=False):
            setattr(item, name, value)
    return items


def faults_of(item: Any) -> list[Fault]:
    """The faults of an item that came with them told."""
    return [fault for n, fault in enumerate(Fault) if getattr(item, f"fault_{n}", False)]


def fault_counts(*, today: date | None = None) -> dict[Fault, int]:
    """How many public items have each fault. One query and the settings."""
    days = deadlines(today or timezone.localdate())
    wanted = {
        f"n{n}": Count("pk", filter=Q(condition))
        for n, condition in enumerate(conditions(days).values())
    }
    found = LibraryItemPage.objects.live().order_by().aggregate(**wanted)
    return {fault: found[f"n{n}"] for n, fault in enumerate(Fault)}


def link_counts() -> dict[str, int]:
    """How many addresses elsewhere are in each state, of the whole site."""
    rows = CheckedLink.objects.order_by().values_list("state").annotate(Count("pk"))
    return dict.fromkeys(LinkState.values, 0) | dict(rows)
