"""Rounds on the desk: asked for, opened, followed up in a grid."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaign.activities.evidence_views import key_in
from campaign.reporting import services
from campaign.reporting.choices import RECEIVES, SENT, ReportState, Role, RoundKind
from campaign.reporting.deadlines import days_late, gap_after
from campaign.reporting.forms import ExtendForm, NoForm, RoundForm, proposed
from campaign.reporting.models import Report, Round, Value
from campaign.reporting.models.rounds import KINDS
from campaign.reporting.permissions import units_to_ask, user_can_remind, user_keeps_round
from campaign.units.acts import Act, done, tell
from campaign.units.choices import SEES_SENT
from campaign.units.desk import desk_view, must
from campaign.units.models import Unit
from campaign.units.reach import manages_all, posts_of, under
from core.listing import numbered_page
from core.templatetags.site_tags import absolute
from office.answers import workbook
from office.books import Column, Sheet, write_book

GET_OR_POST = ["GET", "HEAD", "POST"]
PER_PAGE = 20
# Schools of a department on one screen.
MOST_ROWS = 600
ROUNDS_AT_ONCE = 8
UNPROCESSABLE = 422
WAITING_SECONDS = "2"
# Nothing moved for so long: whoever was making reports has died, and it is begun again.
STALE_MINUTES = 5


def may_follow(request: HttpRequest) -> bool:
    """Whether rounds are in the desk's menu: for those who ask, receive, or watch over schools."""
    follows = RECEIVES | SEES_SENT | {Role.LEADER}
    held = any(post.role in follows for post in posts_of(request.user))
    return held or manages_all(request.user)


@require_safe
@desk_view
def rounds(request: HttpRequest) -> HttpResponse:
    """Rounds one keeps or follows, the newest first, each with how many have handed in."""
    must(may_follow(request))
    rows: Any = Round.objects.visible_to(request.user).select_related("owner", "layout__form")
    followed: Any = Report.objects.followed_by(request.user).counted().filter(round=OuterRef("pk"))
    counts = followed.order_by().values("round")
    rows = rows.annotate(
        asked=Coalesce(Subquery(counts.annotate(n=Count("pk")).values("n")), 0),
        given=Coalesce(
            Subquery(counts.annotate(n=Count("pk", filter=Q(state__in=SENT))).values("n")), 0
        ),
    )
    kept = units_to_ask(request.user)
    rows = rows.filter(Q(asked__gt=0) | Q(owner__in=kept.values("pk")))
    context = {
        "items": numbered_page(
            rows.order_by("-limit_on", "-pk"), request.GET.get("trang"), per_page=PER_PAGE
        ),
        "may_ask": kept.exists(),
        "kinds": KINDS,
        "today": timezone.localdate(),
    }
    return render(request, "reporting/rounds.html", context)


@require_http_methods(GET_OR_POST)
@desk_view
def new_round(request: HttpRequest) -> HttpResponse:
    """Ask for reports: what the rule says stands there already."""
    owners = units_to_ask(request.user).order_by("path")
    wanted = request.GET.get("cua", "")
    owner = owners.filter(pk=int(wanted)).first() if wanted.isascii() and wanted.isdigit() else None
    owner = owner or _seat_or_first(request, owners)
    if owner is None:
        raise PermissionDenied
    kind = request.GET.get("loai", RoundKind.QUARTER)
    if kind not in dict(KINDS):
        kind = RoundKind.QUARTER
    initial = proposed(kind, owner)
    form = RoundForm(
        request.POST if request.method == "POST" else None, owner=owner, kind=kind, initial=initial
    )
    status = 200
    if request.method == "POST":
        made = _made(request, owner, form)
        if made is not None:
            return redirect(made)
        status = UNPROCESSABLE
    context = {
        "form": form, "owner": owner, "owners": owners, "kind": kind, "kinds": KINDS,
        "key": request.POST.get("key") or key_in({}),
    }  # fmt: skip
    return render(request, "reporting/new_round.html", context, status=status)


def _seat_or_first(request: HttpRequest, owners: QuerySet[Unit]) -> Unit | None:
    seat = request.desk.seat  # type: ignore[attr-defined]
    held = owners.filter(pk=seat.at.unit).first() if seat else None
    return held or owners.first()


def _made(request: HttpRequest, owner: Unit, form: RoundForm) -> Round | None:
    if not form.is_valid():
        return None
    try:
        return services.make_round(
            owner, form.asked(), key=key_in(request.POST), by=request.user, now=timezone.now()
        )
    except ValidationError as refused:
        tell(form, _renamed(refused))
        return None


def _renamed(refused: ValidationError) -> ValidationError:
    """Problems of the service at the fields of the form."""
    names = {"steps": "kinds"}
    told = refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
    return ValidationError(
        {names.get(name, name) or "__all__": said for name, said in told.items()}
    )


STANDING = Sheet(
    "Tình hình nộp",
    (
        Column("name", "Đơn vị", width=50),
        Column("state", "Tình trạng", width=24),
        Column("at", "Nộp lúc", width=18),
        Column("late", "Muộn (ngày)", width=12),
        Column("filled", "Đã điền", width=10),
        Column("reminded", "Nhắc lần cuối", width=14),
    ),
)
CHIPS = {
    ReportState.ACCEPTED: "chip--ok", ReportState.SUBMITTED: "chip--ok", ReportState.CONFIRMED: "chip--soon",
    ReportState.RETURNED: "chip--late",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GridRow:
    """One unit of a round: how it stands, in words ready to show (there may be hundreds)."""

    key: int
    name: str
    url: str
    state: str
    chip: str
    at: str
    late: int
    is_owed: bool
    is_overdue: bool
    own_day: str
    filled: str
    reminded: str
    can_open: bool


@require_http_methods(GET_OR_POST)
@desk_view
def one_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has handed in and who has not; opened and followed up from here."""
    found = get_object_or_404(
        Round.objects.visible_to(request.user).select_related("owner", "layout__form", "before"),
        pk=pk,
    )
    must(may_follow(request))
    keeps = user_keeps_round(request.user, found)
    acts = _acts(request, found) if keeps else []
    status = 200
    if request.method == "POST":
        must(keeps)
        if not request.POST.get("viec"):
            return _opened(request, found)
        act = done(acts, request.POST["viec"])
        if act is not None:
            messages.success(request, act.said)
            return redirect("reporting:rounds") if act.name == "discard" else redirect(found)
        status = UNPROCESSABLE
        found.refresh_from_db()
    now = timezone.now()
    under_way = found.opening_at is not None and found.opened_at is None
    rows = grid_rows(request.user, found)
    missing = [row for row in rows if row.is_owed]
    wanted = request.GET.get("xem", "")
    context = {
        "round": found,
        "rows": [row for row in rows if row.is_owed] if wanted == "thieu" else rows,
        "only_missing": wanted == "thieu",
        "total": len(rows),
        "missing": missing,
        "on_time": sum(1 for row in rows if not row.is_owed and not row.late),
        "late": sum(1 for row in rows if not row.is_owed and row.late),
        "keeps": keeps,
        "reminds": bool(missing) and (keeps or _receives(request.user, missing[0])),
        "under_way": under_way,
        "is_stuck": under_way and found.opening_at is not None
        and (now - found.opening_at).total_seconds() > STALE_MINUTES * 60,
        "units": _expected(found) if keeps and not found.is_open else [],
        "steps": found.steps.all(),
        "left_out": found.left_out.all(),
        "gap": gap_after(found.before.window if found.before else None, found.data_from),
        "zalo": zalo_words(found, [row.name for row in missing]),
        "today": timezone.localdate(),
    }  # fmt: skip
    context["acts"] = acts
    response = render(request, "reporting/round.html", context, status=status)
    if under_way and not context["is_stuck"]:
        response["Refresh"] = WAITING_SECONDS
    return response


def _opened(request: HttpRequest, found: Round) -> HttpResponse:
    try:
        services.open_round(found, by=request.user, now=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect(found)


def _acts(request: HttpRequest, found: Round) -> list[Act]:
    """What its keeper may do with the whole round; the act that was sent is bound."""
    by, sent, now = request.user, request.POST.get("viec", ""), timezone.now()
    if found.is_open:
        form = ExtendForm(request.POST if sent == "extend" else None, prefix="extend")
        return [Act(
            "extend", "Gia hạn cả kỳ", form,
            lambda words: services.extend_round(found, by=by, now=now, **words), "Đã gia hạn.",
            hint="Cho mọi đơn vị chưa nộp. Gia hạn riêng một đơn vị: mở báo cáo của đơn vị đó.",
        )]  # fmt: skip
    if found.opening_at is not None:
        return []
    form = NoForm(request.POST if sent == "discard" else None, prefix="discard")  # type: ignore[assignment]
    return [Act(
        "discard", "Bỏ kỳ này", form, lambda words: services.discard_round(found, by=by), "Đã bỏ kỳ.",
        hint="Chưa đơn vị nào nhận việc; lập lại được bất cứ lúc nào.", grave=True,
    )]  # fmt: skip


@require_safe
@desk_view
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Who stands how, as a workbook."""
    rows: Any = Round.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("layout"), pk=pk)
    must(may_follow(request))
    told = [
        (row.name, row.state, row.at if row.at != "–" else "", row.late or None, row.filled,
         row.reminded if row.reminded != "–" else "")
        for row in grid_rows(request.user, found)
    ]  # fmt: skip
    return workbook(write_book([(STANDING, told)]), f"{found.title} - tình hình nộp.xlsx")


def _receives(user: Any, row: GridRow) -> bool:
    """Whether `user` reminds those who send to him, where he does not keep the round: asked of the first."""
    report = Report.objects.select_related("round__owner").get(pk=row.key)
    return user_can_remind(user, report)


def _expected(found: Round) -> list[Unit]:
    """Who would owe, were it opened now."""
    return services.units_asked(found, timezone.localdate())


def grid_rows(user: Any, asked: Round) -> list[GridRow]:
    """Every unit that owes in this round, as far as `user` follows it up. Two queries, however many."""
    wanted = asked.layout.indicators.filter(is_required=True, source="").count()
    filled = (
        Value.objects.filter(
            report=OuterRef("pk"), indicator__is_required=True, indicator__source=""
        )
        .order_by()
        .values("report")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows: Any = Report.objects.followed_by(user).counted().filter(round=asked)
    rows = rows.annotate(filled=Coalesce(Subquery(filled), 0), reminded=Max("reminders__day"))
    seen = set(Report.objects.visible_to(user).filter(round=asked).values_list("pk", flat=True))
    told = rows.order_by("unit__path").values_list(
        "pk", "unit__name", "state", "due_on", "first_submitted_at", "filled", "reminded"
    )
    return [_row(asked, wanted, seen, *facts) for facts in told[:MOST_ROWS]]


def _row(
    asked: Round, wanted: int, seen: set[int], key: int, name: str, state: str, due_on: date,
    first: datetime | None, filled: int, reminded: date | None,
) -> GridRow:  # fmt: skip
    zone = timezone.get_default_timezone()
    is_owed = state not in SENT
    return GridRow(
        key=key,
        name=name,
        url=reverse("reporting:report", args=[key]),
        state=ReportState(state).label,
        chip=CHIPS.get(ReportState(state), ""),
        at=f"{first.astimezone(zone):%d/%m/%Y %H:%M}" if first else "–",
        late=days_late(first, due_on, zone) if first else 0,
        is_owed=is_owed,
        is_overdue=is_owed and first is None and due_on < timezone.localdate(),
        own_day="" if due_on == asked.due_on else f"{due_on:%d/%m}",
        filled=f"{filled}/{wanted}" if is_owed else "đủ",
        reminded=f"{reminded:%d/%m/%Y}" if reminded else "–",
        can_open=key in seen,
    )


def zalo_words(asked: Round, missing: list[str]) -> str:
    """A ready text for the group: who is missing, until when, where."""
    if not missing:
        return ""
    address = absolute(reverse("reporting:reports"))
    names = "; ".join(missing)
    return (
        f"{asked.title}: hạn {asked.limit.words}.\n"
        f"Còn {len(missing)} đơn vị chưa nộp: {names}.\n"
        f"Vào nộp tại: {address}"
    )


@require_safe
@desk_view
def grid(request: HttpRequest) -> HttpResponse:
    """Units by rounds: the last eight at a glance."""
    must(may_follow(request))
    every: Any = Report.objects.followed_by(request.user).counted()
    rows: Any = Round.objects.visible_to(request.user).filter(
        Exists(every.filter(round=OuterRef("pk"))), opened_at__isnull=False
    )
    columns = list(rows.order_by("-limit_on", "-pk")[:ROUNDS_AT_ONCE])[::-1]
    followed: Any = every.filter(round__in=columns)
    asked = _unit(request)
    if asked is not None:
        followed = followed.filter(under(asked.path, "unit"))
    zone = timezone.get_default_timezone()
    today = timezone.localdate()
    table: dict[int, dict[int, dict[str, Any]]] = {}
    names: dict[int, tuple[str, str]] = {}
    facts = followed.values_list(
        "unit", "unit__path", "unit__name", "round", "state", "due_on", "first_submitted_at"
    )
    for unit, path, name, round_key, state, due_on, first in facts:
        names[unit] = (path, name)
        late = days_late(first, due_on, zone) if first else 0
        table.setdefault(unit, {})[round_key] = {
            "state": state, "label": ReportState(state).label, "late": late,
            "overdue": first is None and due_on < today,
        }  # fmt: skip
    ordered = sorted(names, key=lambda unit: names[unit][0])[:MOST_ROWS]
    context = {
        "columns": columns,
        "lines": [
            (names[unit][1], [table[unit].get(column.pk) for column in columns]) for unit in ordered
        ],
        "asked": asked,
    }
    return render(request, "reporting/grid.html", context)


def _unit(request: HttpRequest) -> Unit | None:
    wanted = request.GET.get("don-vi", "")
    is_number = wanted.isascii() and wanted.isdigit() and len(wanted) < 16
    return Unit.objects.filter(pk=int(wanted)).first() if is_number else None
