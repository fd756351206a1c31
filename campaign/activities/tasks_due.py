"""What of the log waits for whom, on the desk's first screen."""

from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from campaign.activities.choices import DECIDES, ActivityState, DoubtState
from campaign.activities.doubt_views import doubts_for
from campaign.activities.models import Activity, Inspection
from campaign.activities.permissions import user_is_office
from campaign.units.choices import Role
from campaign.units.reach import inside, posts_of
from core.registry import DeskTask

# A draft left so long is likelier forgotten than unfinished.
FORGOTTEN = timedelta(days=3)
# After so long a head is told that others wait for him.
SLOW = timedelta(days=7)
MOST = 5


def waiting(request: HttpRequest) -> list[DeskTask]:
    """To decide on; given back to mend; left unfinished; what may be double; what to look at again."""
    return [*_to_decide(request), *_to_mend(request), *_for_office(request)]


def _to_decide(request: HttpRequest) -> list[DeskTask]:
    user = request.user
    units = {post.at.unit for post in posts_of(user) if post.role in DECIDES}
    if not units or user.is_shared:  # type: ignore[union-attr]
        return []
    rows = Activity.objects.filter(state=ActivityState.SENT, confirming_unit__in=units)
    rows = rows.exclude(author=user.pk).exclude(sent_by=user.pk)
    now = timezone.now()
    tasks = []
    for row in rows.select_related("unit", "kind").order_by("sent_at")[:MOST]:
        late = row.sent_at is not None and row.sent_at < now - SLOW
        day = f"{row.starts_on:%d/%m/%Y}" if row.starts_on else ""
        tasks.append(
            DeskTask(
                f"Xác nhận: {row}", row.get_absolute_url(), "Xem", f"{row.unit}, {day}",
                tone="late" if late else "soon", state="Chờ quá một tuần" if late else "Chờ bạn",
            )
        )  # fmt: skip
    more = rows.count() - len(tasks) if len(tasks) == MOST else 0
    if more:
        address = reverse("activities:activities") + "?tinh-trang=sent"
        tasks.append(DeskTask(f"Còn {more} hoạt động chờ xác nhận", address, "Xem cả"))
    return tasks


def _to_mend(request: HttpRequest) -> list[DeskTask]:
    mine = Activity.objects.filter(author=request.user.pk).select_related("unit", "kind")
    back = mine.filter(state=ActivityState.RETURNED).order_by("changed_at")[:MOST]
    left = mine.filter(
        state=ActivityState.DRAFT, changed_at__lt=timezone.now() - FORGOTTEN
    ).order_by("changed_at")[:MOST]
    tasks = [
        DeskTask(f"Sửa và gửi lại: {row}", reverse("activities:edit", args=[row.pk]), "Sửa",
                 str(row.unit), tone="late", state="Được trả lại")
        for row in back
    ]  # fmt: skip
    tasks += [
        DeskTask(f"Ghi tiếp: {row}", reverse("activities:edit", args=[row.pk]), "Ghi tiếp",
                 str(row.unit), state="Đang soạn")
        for row in left
    ]  # fmt: skip
    return tasks


def _for_office(request: HttpRequest) -> list[DeskTask]:
    if not user_is_office(request.user):
        return []
    tasks = []
    count = doubts_for(request.user).filter(state=DoubtState.OPEN).count()
    if count:
        tasks.append(DeskTask(f"{count} cặp hoạt động nghi ghi trùng", reverse("activities:doubts"),
                              "So sánh", tone="soon", state="Chờ kết luận"))  # fmt: skip
    rows = Inspection.objects.filter(
        inside(request.user, {Role.STANDING_OFFICE}, "activity__unit"),
        settled_at=None, follow_up_on__lte=timezone.localdate() + SLOW,
    )  # fmt: skip
    for row in rows.select_related("activity__kind").order_by("follow_up_on")[:MOST]:
        tasks.append(
            DeskTask(f"Xem lại: {row.activity}", row.activity.get_absolute_url(), "Mở",
                     due=row.follow_up_on, tone="soon", state=f"{row.follow_up_on:%d/%m/%Y}")
        )  # fmt: skip
    return tasks
