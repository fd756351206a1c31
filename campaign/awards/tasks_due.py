"""What of awards waits for whom, on the desk's first screen: one verb each, by day."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from campaign.awards.choices import READS_SENT, SIGNS, WRITES, DossierState
from campaign.awards.models import AwardRound, Dossier, Invitation
from campaign.units.choices import Role
from campaign.units.reach import posts_of
from core.registry import DeskTask

MOST = 4
SOON = timedelta(days=7)


def waiting(request: HttpRequest) -> list[DeskTask]:
    """To propose, to sign, to hand in, to mend; handed in, to check; one's own report to write."""
    return [*_own(request), *_units(request), *_checks(request)]


def _own(request: HttpRequest) -> list[DeskTask]:
    today = timezone.localdate()
    rows: Any = Invitation.objects.standing().filter(  # type: ignore[misc]
        writer__user=request.user, sent_at=None, until__gte=today
    )
    return [
        DeskTask(
            "Viết báo cáo thành tích", reverse("awards:mine", args=[row.pk]), "Viết",
            f"{row.nominee}, {row.nominee.dossier.unit.name} nhờ", due=row.until,
            tone=_tone(row.until, today), state=_left(row.until, today),
        )
        for row in rows.select_related("nominee__dossier__unit")[:MOST]
    ]  # fmt: skip


def _units(request: HttpRequest) -> list[DeskTask]:
    """Proposals of the very units one writes or signs for, while the round takes them."""
    posts = posts_of(request.user)
    units = {post.at.unit for post in posts if post.role in WRITES}
    if not units:
        return []
    signing = {post.at.unit for post in posts if post.role in SIGNS}
    today = timezone.localdate()
    open_now = AwardRound.objects.filter(opened_at__isnull=False, opens_on__lte=today)
    rows = Dossier.objects.filter(unit__in=units, round__in=open_now).exclude(
        state__in=[DossierState.SUBMITTED, DossierState.READY]
    )
    rows = rows.select_related("round", "unit").order_by("round__closes_on", "pk")
    found = [_task(row, today, row.unit_id in signing) for row in rows[: MOST * 2]]
    return [task for task in found if task is not None][:MOST]


def _task(row: Dossier, today: date, signs: bool) -> DeskTask | None:
    if row.state == DossierState.RETURNED:
        return DeskTask(
            row.round.title, row.get_absolute_url(), "Bổ sung", row.unit.name, due=row.closes_on,
            tone="late", state="Được trả lại",
        )  # fmt: skip
    if row.closes_on < today:
        return None
    verb = "Nộp" if row.state == DossierState.SIGNED else "Soạn"
    detail = f"{row.unit.name}, bạn ký duyệt" if signs else row.unit.name
    return DeskTask(
        row.round.title, row.get_absolute_url(), verb, detail, due=row.closes_on,
        tone=_tone(row.closes_on, today), state=_left(row.closes_on, today),
    )  # fmt: skip


def _tone(day: date, today: date) -> str:
    return "soon" if day - today <= SOON else "ok"


def _left(day: date, today: date) -> str:
    left = (day - today).days
    if left > SOON.days:
        return f"Hạn {day:%d/%m}"
    return "Hạn hôm nay" if left == 0 else f"Còn {left} ngày"


def _checks(request: HttpRequest) -> list[DeskTask]:
    """What was handed in to the office one stands for."""
    user: Any = request.user
    schools = {
        post.at.unit for post in posts_of(user) if post.role in READS_SENT & {Role.STANDING_OFFICE}
    }
    if not schools or user.is_shared:
        return []
    rows = Dossier.objects.filter(round__owner__in=schools, state=DossierState.SUBMITTED)
    found = list(rows.select_related("round", "unit").order_by("submitted_at")[: MOST + 1])
    if len(found) > MOST:
        return [DeskTask(
            f"{rows.count()} hồ sơ khen thưởng chờ thẩm tra", found[0].round.get_absolute_url(), "Xem",
            tone="soon", state="Chờ thẩm tra",
        )]  # fmt: skip
    return [
        DeskTask(f"Thẩm tra: {row.unit.name}", row.get_absolute_url(), "Xem", row.round.title,
                 tone="soon", state="Chờ thẩm tra")
        for row in found
    ]  # fmt: skip
