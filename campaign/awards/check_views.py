"""The office's check list of a round: every nominee against criteria and quotas, ranked and narrowed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from campaign.awards.choices import NomineeState, Subject
from campaign.awards.queries import Review, checks_of
from campaign.awards.round_views import round_for
from campaign.units.desk import desk_view
from core.listing import numbered_page
from core.text import fold, words

PER_PAGE = 50
# What may be asked for, by the word of the address.
FAULTS: dict[str, tuple[str, Callable[[Review], bool]]] = {
    "vuong": ("Có chỗ phải sửa", lambda one: not one.is_clear),
    "vuot": ("Vượt chỉ tiêu", lambda one: one.is_over),
    "xem": ("Chờ Hội đồng xem xét", lambda one: one.outcome.judged > 0),
    "sach": ("Không vướng gì", lambda one: one.is_clear and not one.is_over),
}
SORTS: dict[str, tuple[str, Callable[[Review], Any]]] = {
    "don-vi": ("Theo đơn vị đề nghị", lambda one: 0),
    "luot": ("Nhiều lượt nhất", lambda one: -one.figures.served),
    "xem": ("Nhiều lượt xem nhất", lambda one: -(one.figures.views or 0)),
    "lop": ("Lớp đông nhất", lambda one: -(one.figures.biggest_class or 0)),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to."""

    words: str = ""
    subject: str = ""
    state: str = ""
    fault: str = ""
    faculty: str = ""
    sort: str = "don-vi"

    def query(self, **changed: str) -> str:
        """The part of the address that asks for this, with something changed."""
        told = {
            "q": self.words, "la": self.subject, "tinh-trang": self.state, "loc": self.fault,
            "khoa": self.faculty, "xep": self.sort if self.sort != "don-vi" else "",
        } | changed  # fmt: skip
        return urlencode({name: value for name, value in told.items() if value})


@require_safe
@desk_view
def check_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody proposed in the round, in a fixed number of queries."""
    found = round_for(request, pk)
    asked = _asked(request)
    every = checks_of(found)
    narrowed = narrow(every, asked)
    context = {
        "round": found,
        "items": numbered_page(narrowed, request.GET.get("trang"), per_page=PER_PAGE),
        "asked": asked,
        "total": len(every),
        "found": len(narrowed),
        "subjects": Subject.choices,
        "states": [row for row in NomineeState.choices if row[0] != NomineeState.WITHDRAWN],
        "faults": [(key, label) for key, (label, _) in FAULTS.items()],
        "sorts": [(key, label) for key, (label, _) in SORTS.items()],
        "faculties": sorted(
            {one.nominee.faculty_name for one in every if one.nominee.faculty_name}
        ),
        "over": _over(every),
        "here": reverse("awards:checks", args=[pk]),
    }
    return render(request, "awards/check_list.html", context)


def _asked(request: HttpRequest) -> Asked:
    get = request.GET
    sort, fault = get.get("xep", ""), get.get("loc", "")
    return Asked(
        words=get.get("q", "").strip()[:100],
        subject=get.get("la", "") if get.get("la") in Subject.values else "",
        state=get.get("tinh-trang", ""),
        fault=fault if fault in FAULTS else "",
        faculty=get.get("khoa", "")[:200],
        sort=sort if sort in SORTS else "don-vi",
    )


def narrow(every: Iterable[Review], asked: Asked) -> list[Review]:
    """Those that were asked for, in the order that was asked for."""
    wanted = words(fold(asked.words))
    is_wanted = FAULTS[asked.fault][1] if asked.fault else lambda one: True
    rows = [
        one
        for one in every
        if (not asked.subject or one.nominee.subject == asked.subject)
        and (not asked.state or one.nominee.state == asked.state)
        and (not asked.faculty or one.nominee.faculty_name == asked.faculty)
        and all(f" {word}" in f" {one.nominee.name_key}" for word in wanted)
        and is_wanted(one)
    ]
    return sorted(rows, key=SORTS[asked.sort][1])


def _over(every: Iterable[Review]) -> list[Any]:
    """The quotas that more are proposed for than can be awarded, each once."""
    found = {id(one.place): one.place for one in every if one.is_over}
    return list(found.values())
