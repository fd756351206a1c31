"""How people and collectives come into a list: chosen, from the log, by hand; and one entry changed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaign.awards import services
from campaign.awards.models import RecognitionEntry, RecognitionList
from campaign.awards.recognition_forms import ACTIVITIES, EntryForm, HandForm, LogForm
from campaign.awards.recognition_queries import (
    Taken,
    own_people,
    people_to_praise,
    praised_elsewhere,
    took_part,
    units_of_school,
)
from campaign.awards.recognition_views import (
    GET_OR_POST,
    UNPROCESSABLE,
    editing,
    key_of,
    not_now,
    version_in,
)
from campaign.awards.services import SameName, Stale
from campaign.plan.rules import SchoolYear
from campaign.units.acts import tell
from campaign.units.desk import desk_view
from campaign.units.models import Person, Unit
from core.listing import numbered_page
from core.text import fold, words

PER_PAGE = 50
# The whole school is searched, never leafed through.
SHORTEST_QUERY = 2
SCHOOL = "truong"
OTHER = "khac"


def ticked(data: QueryDict, name: str = "nguoi") -> list[int]:
    """The keys that were ticked; nonsense aside."""
    told = data.getlist(name)
    return [int(key) for key in told if key.isascii() and key.isdigit() and len(key) < 16]


@editing
def choose(request: HttpRequest, listing: RecognitionList) -> HttpResponse:
    """People of the roster: those of the unit to leaf through, the whole school to search."""
    today = timezone.localdate()
    if request.method == "POST":
        people = people_to_praise(listing, today).filter(pk__in=ticked(request.POST))
        return _added(request, listing, people, reverse("recognition:choose", args=[listing.pk]))
    query = request.GET.get("q", "").strip()[:100]
    in_school = request.GET.get("pham-vi") == SCHOOL and not listing.is_of_school
    rows = people_to_praise(listing, today) if in_school else own_people(listing, today)
    is_short = in_school and sum(map(len, words(fold(query)))) < SHORTEST_QUERY
    rows = rows.none() if is_short else rows.found(query)  # type: ignore[attr-defined]
    units = _classes(listing)
    unit = next((one for one in units if str(one.pk) == request.GET.get("don-vi")), None)
    if unit is not None and not in_school:
        rows = rows.filter(unit=unit)
    page = numbered_page(rows, request.GET.get("trang"), per_page=PER_PAGE)
    elsewhere = praised_elsewhere(listing, page.object_list)
    context = {
        "listing": listing, "items": page, "query": query, "in_school": in_school, "unit": unit,
        "units": units, "is_short": is_short, "key": key_of({}),
        "rows": [(person, elsewhere.get(person.pk, "")) for person in page.object_list],
        "there": set(listing.entries.values_list("person", flat=True)),
    }  # fmt: skip
    return render(request, "awards/recognition/choose.html", context)


def _classes(listing: RecognitionList) -> list[Unit]:
    """The units in which people of the list's unit stand."""
    rows = Unit.objects.filter(
        pk__in=own_people(listing, timezone.localdate()).order_by().values("unit")
    )
    return list(rows.order_by("path"))


def _added(
    request: HttpRequest, listing: RecognitionList, people: QuerySet[Person], back: str,
    merits: dict[int, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Take in who was ticked, and go on choosing where one was."""
    chosen = list(people)
    if request.GET:
        back = f"{back}?{request.GET.urlencode()}"
    if not chosen:
        messages.error(request, "Chưa đánh dấu ai.")
        return redirect(back)
    try:
        count = services.praise_people(
            listing, chosen, merit=request.POST.get("merit", ""), merits=merits,
            key=key_of(request.POST), by=request.user, now=timezone.now(),
        )  # fmt: skip
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(
            request, f"Đã thêm {count} người." if count else "Những người này đã có sẵn."
        )
    return redirect(back)


@editing
def from_log(request: HttpRequest, listing: RecognitionList) -> HttpResponse:
    """Everybody whose participation was confirmed: what was entered once is not typed again."""
    today = timezone.localdate()
    told = request.GET if "first" in request.GET else _usual(listing, today)
    form = LogForm(told)
    window = (form.cleaned_data["first"], form.cleaned_data["last"]) if form.is_valid() else None
    if request.method == "POST" and window:
        rows = took_part(listing, window, today, among=ticked(request.POST))
        people = people_to_praise(listing, today).filter(pk__in=[row.person.pk for row in rows])
        merits = {row.person.pk: f"{row.words} ({_days(window)})" for row in rows}
        typed = request.POST.get("merit", "").strip()
        return _added(request, listing, people, reverse("recognition:from-log", args=[listing.pk]),
                      None if typed else merits)  # fmt: skip
    found = _found(listing, form, today) if window else []
    page = numbered_page(found, request.GET.get("trang"), per_page=PER_PAGE)
    elsewhere = praised_elsewhere(listing, [row.person for row in page.object_list])
    context = {
        "listing": listing, "form": form, "items": page, "key": key_of({}),
        "rows": [(row, elsewhere.get(row.person.pk, "")) for row in page.object_list],
        "there": set(listing.entries.values_list("person", flat=True)),
    }  # fmt: skip
    return render(request, "awards/recognition/from_log.html", context)


def _found(listing: RecognitionList, form: LogForm, today: date) -> list[Taken]:
    activities, served = form.least_told
    window = form.cleaned_data["first"], form.cleaned_data["last"]
    return took_part(listing, window, today, activities=activities, served=served)


def _usual(listing: RecognitionList, today: date) -> dict[str, Any]:
    """The round's window, or the school year up to now; whoever took part at all."""
    first, last = listing.round.window if listing.round else SchoolYear(listing.school_year).days
    last = max(first, min(last, today))
    return {"first": first, "last": last, "least": 1, "of": ACTIVITIES}


def _days(window: tuple[date, date]) -> str:
    return f"{window[0]:%d/%m/%Y}–{window[1]:%d/%m/%Y}"


@editing
def by_hand(request: HttpRequest, listing: RecognitionList) -> HttpResponse:
    """A name that the roster does not know; whoever it knows by that name is asked about."""
    form = HandForm(request.POST or None)
    context: dict[str, Any] = {"listing": listing, "form": form, "key": key_of(request.POST)}
    if request.method == "POST" and form.is_valid():
        try:
            said = _by_hand(request, listing, form, context)
        except SameName as asked:
            context |= {"people": asked.people, "entries": asked.entries}
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, said)
            return redirect("recognition:by-hand", listing.pk)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "awards/recognition/by_hand.html", context, status=status)


def _by_hand(
    request: HttpRequest, listing: RecognitionList, form: HandForm, context: dict[str, Any]
) -> str:
    given = {"key": context["key"], "by": request.user, "now": timezone.now()}
    if meant := _meant(request, listing):
        new = services.praise_people(listing, [meant], merit=form.cleaned_data["merit"], **given)
        told = f"{meant.full_name}, {meant.unit.name}"
        return f"Đã thêm {told}." if new else f"{told} đã có sẵn trong danh sách."
    is_other = request.POST.get("ai") == OTHER
    row = services.praise_by_hand(listing, is_other=is_other, **form.cleaned_data, **given)
    return f"Đã thêm {row.full_name}, {row.place_name}."


def _meant(request: HttpRequest, listing: RecognitionList) -> Person | None:
    """Somebody of the roster who was picked from those of the same name."""
    kind, key = request.POST.get("ai", "")[:1], request.POST.get("ai", "")[1:]
    if kind != "p" or not (key.isascii() and key.isdigit() and len(key) < 16):
        return None
    return people_to_praise(listing, timezone.localdate()).filter(pk=int(key)).first()


@editing
def collectives(request: HttpRequest, listing: RecognitionList) -> HttpResponse:
    """Offices, faculties, classes and teams of the school."""
    today = timezone.localdate()
    query = request.GET.get("q", "").strip()[:100]
    rows = units_of_school(listing, today)
    if request.method == "POST":
        return _added_units(request, listing, rows.filter(pk__in=ticked(request.POST, "tap-the")))
    if words(query):
        rows = rows.found(query)  # type: ignore[attr-defined]
    context = {
        "listing": listing, "query": query, "key": key_of({}),
        "items": numbered_page(rows, request.GET.get("trang"), per_page=PER_PAGE),
        "there": set(listing.entries.values_list("unit", flat=True)),
    }  # fmt: skip
    return render(request, "awards/recognition/collectives.html", context)


def _added_units(request: HttpRequest, listing: RecognitionList, units: Any) -> HttpResponse:
    back = request.get_full_path()
    chosen = list(units)
    if not chosen:
        messages.error(request, "Chưa đánh dấu tập thể nào.")
        return redirect(back)
    try:
        count = services.praise_units(
            listing, chosen, merit=request.POST.get("merit", ""), key=key_of(request.POST),
            by=request.user, now=timezone.now(),
        )  # fmt: skip
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"Đã thêm {count} tập thể." if count else "Đã có sẵn.")
    return redirect(back)


@require_http_methods(GET_OR_POST)
@desk_view
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: its merit written, or taken out."""
    rows = RecognitionEntry.objects.visible_to(request.user).select_related(
        "listing__unit", "listing__institution", "listing__round", "person", "unit"
    )
    found = get_object_or_404(rows, pk=pk)
    if elsewhere := not_now(request, found.listing):
        return elsewhere
    if request.method == "POST" and request.POST.get("viec") == "bo":
        return _taken_out(request, found)
    form = EntryForm(request.POST or None, entry=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_entry(found, version=version_in(request), by=request.user,
                                  now=timezone.now(), **form.cleaned_data)  # fmt: skip
        except Stale:
            found = get_object_or_404(rows, pk=pk)
            form.add_error(None, f"Người khác vừa sửa mục này. Bản của họ: “{found.merit}”. "
                                 "Phần bạn gõ còn ở dưới: xem lại rồi lưu lần nữa.")  # fmt: skip
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, f"Đã lưu {found}.")
            return redirect(found.listing)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(
        request, "awards/recognition/entry.html", {"entry": found, "form": form}, status=status
    )


def _taken_out(request: HttpRequest, found: RecognitionEntry) -> HttpResponse:
    try:
        services.take_out(found, by=request.user, now=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"Đã bỏ {found} khỏi danh sách.")
    return redirect(found.listing)
