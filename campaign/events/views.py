"""Public pages of events: what comes, what was, a month, one event, calendars, a poster to print."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from campaign.activities.models import StoryPhoto
from campaign.events.answers import answer_event, answers_of, public_words
from campaign.events.calendars import calendar_of
from campaign.events.choices import EventKind
from campaign.events.forms import AnswerForm
from campaign.events.models import Event
from campaign.events.months import month_named, neighbours, weeks_of
from campaign.events.rules import answers_problem
from campaign.events.schema import event_data
from core.heads import HOME, Head
from core.listing import numbered_page
from core.registry import Link
from core.share import qr_svg
from core.templatetags.site_tags import absolute
from office.pages import NoPrinter, pdf_of

LIST_HEAD = Head(
    "Ngày hội, sự kiện",
    "/ngay-hoi/",
    "Ngày hội toàn dân học tập số, lễ phát động, lớp cho người dân, tập huấn: ngày, nơi, chương trình.",
)
LIST = Link("Ngày hội, sự kiện", "/ngay-hoi/")
MOST_COMING = 60
PER_PAGE = 20
MOST_PICTURES = 24
TOO_MANY, UNPROCESSABLE = 429, 422
FEED = "Sự kiện Bình dân học vụ số"
# Setting a page takes a second of a processor.
POSTER_KEPT = 24 * 3600
ICS = "text/calendar; charset=utf-8"


def _rows() -> Any:
    return Event.objects.public().select_related("unit", "commune", "series")


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """`/ngay-hoi/?loai=&thang=`: what comes, a month where one is asked for, what was."""
    request.is_public_page = True  # type: ignore[attr-defined]
    today = timezone.localdate()
    asked = request.GET.get("loai", "")
    kind = asked if asked in EventKind.values else ""
    rows = _rows().filter(kind=kind) if kind else _rows()
    month = month_named(request.GET.get("thang", ""))
    context = {
        "page": LIST_HEAD,
        "kinds": EventKind.choices,
        "kind": kind,
        "coming": _by_place(list(rows.coming(today)[:MOST_COMING]), kind),
        "past": numbered_page(rows.past(today), request.GET.get("trang"), per_page=PER_PAGE),
        "month": month,
        "this_month": today.replace(day=1),
        "today": today,
    }
    if month:
        context["weeks"] = weeks_of(month, _in_month(rows, month), today=today)
        context["before"], context["after"] = neighbours(month)
    return render(request, "events/list.html", context)


def _by_place(coming: list[Event], kind: str) -> list[tuple[str, list[Event]]]:
    """Classes for citizens by commune, since people look for theirs; everything else in one row of days."""
    if kind != EventKind.CITIZEN_CLASS:
        return [("", coming)] if coming else []
    groups: dict[str, list[Event]] = {}
    for event in coming:
        groups.setdefault(str(event.commune or event.place), []).append(event)
    return sorted(groups.items())


def _in_month(rows: Any, month: Any) -> list[Any]:
    """What touches the weeks of a month, with its days."""
    before, after = neighbours(month)
    near = rows.filter(starts_on__gte=before, starts_on__lt=neighbours(after)[1])
    near = near.order_by("starts_on", "starts_at", "pk")
    return [(event.starts_on, event.ends_on or event.starts_on, event) for event in near]


@require_safe
def event(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """One event. An old title's address leads to the present one."""
    found = get_object_or_404(_rows().select_related("parent", "admission"), pk=pk)
    if slug != found.slug:
        return redirect(found, permanent=True)
    request.is_public_page = True  # type: ignore[attr-defined]
    address = absolute(found.get_absolute_url())
    editions = Event.objects.none()
    if found.series_id:
        editions = _rows().filter(series=found.series_id, parent=None).exclude(pk=found.pk)
    materials = found.materials.select_related("document", "item")
    context = {
        "page": Head(
            found.title, found.get_absolute_url(), found.summary or found.theme, (HOME, LIST)
        ),
        "event": found,
        "schema": event_data(found),
        "sessions": found.sessions.all(),
        "materials": [row for row in materials if _may_show(row)],
        "children": _rows().filter(parent=found).order_by("unit__path"),
        "editions": editions.order_by("-year")[:10],
        "topics": found.topics.all(),
        "pictures": pictures_of(found),
        "admission": getattr(found, "admission", None),
        "answers": public_words(answers_of(found)),
        "may_answer": not answers_problem(
            found.state, found.starts_on, found.ends_on, timezone.localdate()
        ),
        "changes": found.changes.exclude(reason=""),
        "address": address,
        "share_text": share_text(found, address),
    }
    return render(request, "events/event.html", context)


def _may_show(row: Any) -> bool:
    if row.document_id:
        return bool(type(row.document).objects.public().filter(pk=row.document_id).exists())
    return bool(row.item.live)


def share_text(event: Event, address: str) -> str:
    """Words for a Zalo group: what, when, where, how to ask; what changed stands first."""
    lines = [event.title]
    if event.is_changed:
        lines.insert(0, f"{event.get_state_display().upper()}: {event.reason}")
    if event.starts_on:
        hours = f"{event.starts_at:%H:%M}, " if event.starts_at else ""
        lines.append(f"Thời gian: {hours}ngày {event.starts_on:%d/%m/%Y}")
    if event.where:
        lines.append(f"Nơi: {event.where}")
    if event.phone:
        lines.append(f"Hỏi: {' '.join(part for part in (event.contact, event.phone) if part)}")
    return "\n".join([*lines, address])


def pictures_of(event: Event) -> list[StoryPhoto]:
    """Photos that went out with articles about the event: with the consent of those in them."""
    if event.activity_id is None:
        return []
    rows = StoryPhoto.objects.filter(
        story__activity=event.activity_id, story__page__live=True, withdrawn_at=None, image__isnull=False
    )  # fmt: skip
    return list(rows.select_related("image", "story__page")[:MOST_PICTURES])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ngay-hoi/<pk>/y-kien/`: three questions; a sheet sent twice is one."""
    found = get_object_or_404(_rows(), pk=pk)
    closed = answers_problem(found.state, found.starts_on, found.ends_on, timezone.localdate())
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(sent, request=request)
    status = 200
    if sent is not None:
        if closed is None and form.is_valid():
            told = {name: form.cleaned_data[name] for name in ("useful", "able", "wish")}
            answer_event(found, **told, key=form.key, now=timezone.now())
            return redirect(f"{reverse('events:answer', args=[found.pk])}?xong=1")
        status = TOO_MANY if form.must_wait else UNPROCESSABLE
    context = {
        "page": Head("Góp ý sau buổi này", reverse("events:answer", args=[found.pk]), "", (HOME, LIST)),
        "event": found, "form": form, "closed": closed, "is_done": "xong" in request.GET,
    }  # fmt: skip
    return render(request, "events/answer.html", context, status=status)


@require_safe
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """An A4 sheet to hang up: title, day, place, QR code."""
    found = get_object_or_404(_rows(), pk=pk)
    address = absolute(found.get_absolute_url())
    return render(request, "events/poster.html", {"event": found, "address": address})


@require_safe
def poster_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as PDF, one sheet of A4; where the machine can't set pages, the page to print."""
    found = get_object_or_404(_rows(), pk=pk)
    key = f"ap-phich/{found.pk}/{found.sequence}"
    data = cache.get(key)
    if data is None:
        # Short enough to be typed by who has no camera.
        address = absolute(reverse("events:event-short", args=[found.pk]))
        try:
            data = pdf_of(
                "events/poster_pdf.html", {"event": found, "address": address},
                styles=["css/print/fonts.css", "css/print/poster.css"],
                pictures={"ma-qr": qr_svg(address)},
            )  # fmt: skip
        except NoPrinter:
            return redirect("events:poster", found.pk)
        cache.set(key, data, POSTER_KEPT)
    name = slugify(found.slug)[:60] or "su-kien"
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="ap-phich-{name}.pdf"'
    return response


@require_safe
def event_qr(request: HttpRequest, pk: int) -> HttpResponse:
    """The event's address as a QR code."""
    found = get_object_or_404(_rows(), pk=pk)
    code = qr_svg(absolute(found.get_absolute_url()))
    return HttpResponse(code, content_type="image/svg+xml")


@require_safe
def event_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One event as a file for a telephone's calendar."""
    found = get_object_or_404(_rows(), pk=pk)
    response = HttpResponse(calendar_of([found], name=FEED), content_type=ICS)
    name = slugify(found.slug)[:60] or "su-kien"
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """All events of the last year and everything to come, for calendars that keep reading."""
    request.is_public_page = True  # type: ignore[attr-defined]
    today = timezone.localdate()
    since = today.replace(year=today.year - 1, day=1)
    rows = _rows().filter(announced_on__gte=since) | _rows().filter(starts_on__gte=since)
    return HttpResponse(
        calendar_of(rows.distinct().order_by("starts_on", "pk"), name=FEED), content_type=ICS
    )
