"""From what was typed to what a service takes: the half that was understood is kept, the other half is told."""

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from campaign.activities.forms import (
    ActivityForm,
    LinkSet,
    ShareSet,
    initial_of,
    link_rows,
    person_label,
    share_rows,
)
from campaign.activities.models import Activity, ActivityKind
from campaign.activities.services import Entry, LinkRow, ShareRow
from campaign.units.models import Person, Unit
from campaign.units.rules import code_key
from core.text import fold

COLUMNS = (
    "unit", "kind", "programme", "title", "starts_on", "ends_on", "starts_at", "ends_at", "commune", "place",
    "local_partner", "content", "result", "subject", "periods", "people_count", "people_na", "served_count",
    "served_na", "why_many", "prepared_by",
)  # fmt: skip
MOST_PERIODS = 500


@dataclass
class Typed:
    """The three parts of the screen."""

    form: ActivityForm
    shares: Any
    links: Any

    def is_valid(self) -> bool:
        """Whether all of it was understood. All three are asked, so that each shows what is wrong."""
        return all([self.form.is_valid(), self.shares.is_valid(), self.links.is_valid()])

    def problems(self) -> dict[str, str]:
        """What was not understood, by the name of its field in the page."""
        found = {
            self.form.add_prefix(name): str(said[0]) for name, said in self.form.errors.items()
        }
        for part in (self.shares, self.links):
            for row in part.forms:
                found |= {row.add_prefix(name): str(said[0]) for name, said in row.errors.items()}
        return found

    def entry(self, school: Unit) -> Entry:
        """What a service takes. Call after `is_valid`."""
        told = self.form.understood
        columns = {name: told[name] for name in COLUMNS if name in told}
        _mend(columns, self.form)
        return Entry(
            columns=columns,
            topics=told.get("topics"),
            hosts=told.get("hosts"),
            groups=self.form.groups_told(),
            shares=self._shares(school) if self.shares.is_valid() else None,
            links=self._links() if self.links.is_valid() else None,
        )

    def _shares(self, school: Unit) -> list[ShareRow]:
        rows = [row.cleaned_data for row in self.shares.forms if row.cleaned_data.get("who")]
        known = people_meant([row["who"] for row in rows], school)
        return [
            ShareRow(
                person=known.get(row["who"]), name=row["who"][:120], task=row["task"],
                served=row["served"],
            )
            for row in rows
        ]  # fmt: skip

    def _links(self) -> list[LinkRow]:
        rows = [row.cleaned_data for row in self.links.forms if row.cleaned_data.get("url")]
        return [LinkRow(row["url"], row["title"], row["views"], row["as_of"]) for row in rows]


def _mend(columns: dict[str, Any], form: ActivityForm) -> None:
    """What the database could not hold is told at its field and left out."""
    begins, ends = columns.get("starts_on"), columns.get("ends_on")
    if begins and ends and ends < begins:
        form.add_error("ends_on", "Ngày kết thúc trước ngày bắt đầu.")
        del columns["ends_on"]
    for count, none in (("people_count", "people_na"), ("served_count", "served_na")):
        if columns.get(count) is not None and columns.get(none):
            form.add_error(count, "Đã ghi số thì bỏ chọn “không đếm”.")
            columns.pop(none)
    if (columns.get("periods") or 0) > MOST_PERIODS:
        form.add_error("periods", "Số tiết từ 1 đến 500.")
        del columns["periods"]


def typed(request: HttpRequest, activity: Activity | None, data: Any = None) -> Typed:
    """The screen as it was sent, or as it is stored."""
    user = request.user
    if data is not None:
        return Typed(
            ActivityForm(data, user=user, activity=activity),
            ShareSet(_counted(data, "p"), prefix="p"),
            LinkSet(_counted(data, "l"), prefix="l"),
        )
    if activity is None:
        return Typed(
            ActivityForm(user=user, initial=beginning(request)),
            ShareSet(prefix="p", initial=_oneself(user)),
            LinkSet(prefix="l"),
        )
    return Typed(
        ActivityForm(user=user, activity=activity, initial=initial_of(activity)),
        ShareSet(prefix="p", initial=share_rows(activity)),
        LinkSet(prefix="l", initial=link_rows(activity)),
    )


def _counted(data: Any, prefix: str) -> Any:
    """`data` with a formset's own numbers, where a sender left them out or wrote nonsense."""
    total = str(data.get(f"{prefix}-TOTAL_FORMS", ""))
    if total.isascii() and total.isdigit() and len(total) < 5:
        return data
    mended = data.copy() if hasattr(data, "copy") else MultiValueDict(data)
    mended[f"{prefix}-TOTAL_FORMS"], mended[f"{prefix}-INITIAL_FORMS"] = "0", "0"
    return mended


def beginning(request: HttpRequest) -> dict[str, Any]:
    """What a new screen begins with: today, the unit one acts for, the kind that was asked for."""
    seat = request.desk.seat  # type: ignore[attr-defined]
    asked = request.GET.get("loai", "")
    found: dict[str, Any] = {
        "starts_on": timezone.localdate(), "unit": seat.at.unit if seat else None,
    }  # fmt: skip
    if asked:
        found["kind"] = ActivityKind.objects.filter(slug=asked).first()
    return found


def _oneself(user: Any) -> list[dict[str, str]]:
    """Who enters has mostly taken part: his own row stands ready, to be changed when he enters for others."""
    person = Person.objects.filter(user=user.pk).first()
    return [{"who": person_label(person)}] if person else []


def people_meant(names: list[str], school: Unit) -> dict[str, Person]:
    """Of the names and codes as typed, those that mean one person of the school's roster. Two queries."""
    codes = {text: code_key(text.split()[0]) for text in names if text.split()}
    rows = Person.objects.filter(institution=school, left_on=None)
    by_code = {row.code_key: row for row in rows.filter(code_key__in=set(codes.values()))}
    found: dict[str, Person] = {}
    for text, key in codes.items():
        person = by_code.get(key)
        rest = " ".join(fold(text).split()[1:])
        if person and (not rest or rest == " ".join(fold(person.full_name).split())):
            found[text] = person
    left = [text for text in names if text not in found and text.strip()]
    return found | (_by_name(left, rows) if left else {})


def _by_name(names: list[str], rows: Any) -> dict[str, Person]:
    """Those whose whole name only one person has."""
    wanted = {" ".join(fold(text).split()): text for text in names}
    near = Q(pk__in=[])
    for key in wanted:
        near |= reduce(and_, (Q(search_key__contains=f" {word}") for word in key.split()), Q())
    same: dict[str, list[Person]] = {}
    for person in rows.filter(near):
        same.setdefault(" ".join(fold(person.full_name).split()), []).append(person)
    return {
        wanted[key]: people[0] for key, people in same.items() if key in wanted and len(people) == 1
    }
