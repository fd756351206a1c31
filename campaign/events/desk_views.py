"""Events on the desk: what concerns one's units, how many were there, and the way into the log."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.events import services
from campaign.events.answers import answers_of, wishes_of
from campaign.events.choices import EventState
from campaign.events.exports import ATTENDANCE, attendance_rows
from campaign.events.forms import ClassForm
from campaign.events.models import Attendance, Event
from campaign.events.numbers import by_unit_above, enrolments_of, numbers_of
from campaign.events.permissions import (
    classes_of,
    classes_to_note,
    classes_to_see,
    events_for,
    user_can_change,
    user_can_log,
    user_keeps_guests,
)
from campaign.events.services import Changed, Row
from campaign.units.desk import desk_view, must
from campaign.units.models import Unit
from campaign.units.reach import manages_all, posts_of, under
from core.listing import numbered_page
from core.templatetags.site_tags import absolute
from office.answers import workbook
from office.books import write_book

PER_PAGE = 20
UNPROCESSABLE, CONFLICT = 422, 409
# Classes of this many are asked for at once.
MOST_ROWS = 40


def may_see_events(request: HttpRequest) -> bool:
    """Whether the desk shows events: to whoever has a role."""
    return bool(posts_of(request.user)) or manages_all(request.user)


@require_safe
@desk_view
def desk_events(request: HttpRequest) -> HttpResponse:
    """Events that concern one's units: to come, and past."""
    must(may_see_events(request))
    today = timezone.localdate()
    rows: Any = events_for(request.user).select_related("unit", "commune")
    context = {
        "coming": rows.coming(today)[:PER_PAGE],
        "past": numbered_page(rows.past(today), request.GET.get("trang"), per_page=PER_PAGE),
    }
    return render(request, "events/desk/list.html", context)


def _event(request: HttpRequest, pk: int) -> Event:
    rows = events_for(request.user).select_related("unit", "commune", "activity__kind", "admission")
    found: Event = get_object_or_404(rows, pk=pk)
    return found


@require_safe
@desk_view
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """One event as it stands: who has told how many, who has not; a script asks for it anew."""
    event = _event(request, pk)
    context = _numbers(request, event) if event.takes_classes else {}
    is_part = request.GET.get("phan") == "so"
    if not is_part:
        may_log = user_can_log(request.user, event)
        context |= {
            "closed": services.attendance_closed(event, timezone.now()),
            "may_note": classes_to_note(request.user, event).exists(),
            "may_log": may_log and _has_come(event) and event.activity is None,
            "shows_log": may_log and event.activity is not None,
            "may_guests": user_keeps_guests(request.user, event) or user_can_change(request.user),
            "admission": getattr(event, "admission", None),
            "answers": answers_of(event) if may_log else None,
            "wishes": wishes_of(event) if may_log else (),
            "children": event.children.select_related("unit").order_by("unit__path"),
        }
    template = "events/desk/numbers.html" if is_part else "events/desk/board.html"
    return render(request, template, {"event": event, "now": timezone.now(), **context})


def _has_come(event: Event) -> bool:
    """Whether it was held, or its day is here."""
    if event.state == EventState.HELD:
        return True
    day = event.starts_on
    return event.is_open and day is not None and day <= timezone.localdate()


def _numbers(request: HttpRequest, event: Event) -> dict[str, Any]:
    seen = classes_to_see(request.user, event)
    is_all = seen.count() == classes_of(event).count()
    numbers = numbers_of(event, None if is_all else seen)
    return {
        "numbers": numbers,
        "groups": by_unit_above(event, numbers),
        "reminder": _reminder(event, numbers.missing) if numbers.missing else "",
    }


def _reminder(event: Event, missing: list[Unit]) -> str:
    """Words for the teachers' Zalo group."""
    address = absolute(reverse("events:note", args=[event.pk]))
    names = ", ".join(unit.name for unit in missing)
    return f"{event.title}: còn {len(missing)} lớp chưa báo sĩ số: {names}.\nBáo tại: {address}"


@dataclass(frozen=True)
class ClassRow:
    """One class on the screen: its form, what was told before, what another told meanwhile."""

    unit: Unit
    form: ClassForm
    told: Attendance | None
    meanwhile: Attendance | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Present of enrolled, one's own classes on one screen."""
    event = _event(request, pk)
    allowed = classes_to_note(request.user, event)
    must(event.takes_classes and allowed.exists())
    asked = Unit.objects.filter(pk=_number(request.GET.get("tu", ""))).first()
    shown = allowed.filter(under(asked.path)) if asked else allowed
    items = numbered_page(shown.order_by("path"), request.GET.get("trang"), per_page=MOST_ROWS)
    units = list(items)
    closed = services.attendance_closed(event, timezone.now())
    is_sent = request.method == "POST"
    rows = _rows(event, units, request.POST if is_sent else None)
    status = 200
    if is_sent:
        if closed:
            status = CONFLICT
        elif all(row.form.is_valid() for row in rows):
            rows, status = _sent(request, event, rows)
            if status == 200:
                return redirect("events:board", event.pk)
        else:
            status = UNPROCESSABLE
    context = {"event": event, "rows": rows, "items": items, "closed": closed, "asked": asked}
    return render(request, "events/desk/note.html", context, status=status)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _rows(event: Event, units: list[Unit], data: Any) -> list[ClassRow]:
    told = {
        row.unit_id: row
        for row in event.attendance.filter(unit__in=units).select_related("noted_by")
    }
    likely = enrolments_of(units, event.starts_on or timezone.localdate())
    rows = []
    for unit in units:
        there = told.get(unit.pk)
        initial = {
            "present": there.present if there else None,
            "enrolled": there.enrolled if there else likely.get(unit.pk),
            "seen": there.version if there else 0,
        }
        form = ClassForm(data, prefix=f"lop-{unit.pk}", initial=initial)
        rows.append(ClassRow(unit, form, there))
    return rows


def _sent(request: HttpRequest, event: Event, rows: list[ClassRow]) -> tuple[list[ClassRow], int]:
    """Keep what was told; the rows with what was wrong, and the answer's status."""
    wanted = [
        Row(row.unit.pk, told["present"], told["enrolled"], told["seen"])
        for row in rows
        if (told := row.form.cleaned_data)["present"] is not None
    ]
    if not wanted:
        messages.error(request, "Chưa lớp nào có số có mặt: hãy điền ít nhất một lớp.")
        return rows, UNPROCESSABLE
    try:
        count = services.note_attendance(event, wanted, by=request.user, now=timezone.now())
    except Changed as changed:
        return [_with_other(row, changed.rows) for row in rows], CONFLICT
    except ValidationError as refused:
        _tell(request, rows, refused)
        return rows, UNPROCESSABLE
    messages.success(
        request,
        f"Đã báo {len(wanted)} lớp." if count else "Không có gì thay đổi so với lần báo trước.",
    )
    return rows, 200


def _with_other(row: ClassRow, changed: dict[int, Attendance]) -> ClassRow:
    """The row with what another told; sent once more, what stands in it replaces that."""
    other = changed.get(row.unit.pk)
    if other is None:
        return row
    data: Any = row.form.data
    data = data.copy()
    data[row.form.add_prefix("seen")] = str(other.version)
    row.form.data = data
    return ClassRow(row.unit, row.form, row.told, meanwhile=other)


def _tell(request: HttpRequest, rows: list[ClassRow], refused: ValidationError) -> None:
    problems = refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
    by_key = {str(row.unit.pk): row for row in rows}
    for key, said in problems.items():
        if key in by_key:
            by_key[key].form.add_error("present", said)
        else:
            messages.error(request, " ".join(said))


@require_POST
@desk_view
def log_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the log, as a draft to be looked over and sent."""
    event = _event(request, pk)
    must(user_can_log(request.user, event))
    try:
        activity = services.into_log(event, by=request.user, now=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("events:board", event.pk)
    messages.success(request, "Đã ghi vào nhật ký: xem lại, thêm ảnh rồi gửi xác nhận.")
    return redirect("activities:edit", activity.pk)


@require_safe
@desk_view
def attendance_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers as a workbook."""
    event = _event(request, pk)
    must(event.takes_classes)
    numbers = numbers_of(event, classes_to_see(request.user, event))
    book = write_book([(ATTENDANCE, attendance_rows(event, numbers))])
    return workbook(book, f"diem-danh-{event.slug}.xlsx")
