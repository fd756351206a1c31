"""Reads of documents: finding by number and words, filters with counts, states, relations, courses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from modelsearch.query import PlainText

from campaign.documents.choices import (
    ORDERED,
    TURNED,
    AudienceGroup,
    DocumentKind,
    PlatformKind,
    RelationKind,
)
from campaign.documents.models import (
    DocumentRelation,
    FormTemplate,
    Issuer,
    OfficialDocument,
    Platform,
)
from campaign.documents.rules import (
    Later,
    State,
    leading_figure,
    number_key,
    number_tokens,
    state_on,
)
from core.cache import remember
from core.page_links import links_of_records
from core.registry import CourseLink, FoundLink
from core.text import clean, fold, words

MOST_TEXT_HITS = 500
MAX_QUERY = 200
NEAR = 5
NO_YEAR = "chua-ro"
NEWEST = [F("issue_date").desc(nulls_last=True), "-pk"]


def tidy(typed: str) -> str:
    """What was typed, mended and cut to what a person could mean; nothing when it holds no word."""
    text = " ".join(clean(typed[: MAX_QUERY * 2])[:MAX_QUERY].split())
    return text if words(text) else ""


def lookup(documents: Any, typed: str) -> Any:
    """Those of `documents` that a number or words find; the number itself first, then its beginnings."""
    key = number_key(typed)
    by_number = Q(pk__in=[]) if not key else Q()
    for token in number_tokens(typed):
        by_number &= Q(number_key__contains=token)
    whole = rf"^{key}([a-z]|$)" if key.isdigit() else rf"^{key}$"
    near = Case(
        When(Q(number_key__regex=whole) if key else Q(pk__in=[]), then=Value(0)),
        When(Q(number_key__startswith=key) if key else Q(pk__in=[]), then=Value(1)),
        When(by_number, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    found = documents.filter(by_number | Q(pk__in=_by_words(typed)))
    return found.annotate(nearness=near).order_by("nearness", *NEWEST)


def _by_words(typed: str) -> list[int]:
    # The whole index, then narrowed by who reads: the search engines filter on few columns alone.
    text = " ".join(words(fold(typed)))
    if not text:
        return []
    everything = OfficialDocument.objects.all()
    whole = everything.search(PlainText(text, operator="and"))[:MOST_TEXT_HITS]
    begun = everything.autocomplete(text, operator="and")[:MOST_TEXT_HITS]
    return [document.pk for document in (*whole, *begun)]


def near_numbers(documents: Any, typed: str) -> list[OfficialDocument]:
    """When nothing is found: documents whose number begins with the figure that was typed."""
    figure = leading_figure(typed)
    if not figure:
        return []
    return list(documents.filter(number_key__regex=rf"^{figure}([a-z]|$)").listed()[:NEAR])


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter, as a select shows it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(slots=True)
class Chosen:
    """The filters of the list; what is not known is not there."""

    year: str = ""
    kind: str = ""
    issuer: str = ""
    conditions: dict[str, Q] = field(default_factory=dict)

    def apply(self, documents: Any, *, but: str = "") -> Any:
        """`documents` narrowed by all filters, or by all `but` one."""
        for name, condition in self.conditions.items():
            if name != but:
                documents = documents.filter(condition)
        return documents


def read_filters(year: str, kind: str, issuer: str) -> Chosen:
    """The filters out of an address; unknown values are forgotten."""
    chosen = Chosen()
    if year == NO_YEAR or (year.isascii() and year.isdigit() and len(year) == 4):
        chosen.year = year
        chosen.conditions["year"] = (
            Q(issue_year__isnull=True) if year == NO_YEAR else Q(issue_year=int(year))
        )
    if kind in DocumentKind.values:
        chosen.kind = kind
        chosen.conditions["kind"] = Q(kind=kind)
    if issuer.isascii() and issuer.isdigit() and len(issuer) < 10:
        chosen.issuer = str(int(issuer))
        chosen.conditions["issuer"] = Q(issuer=int(issuer))
    return chosen


def filter_options(documents: Any, chosen: Chosen) -> dict[str, list[Option]]:
    """The values of each filter with how many documents they leave, the other filters applied."""

    def counted(name: str, column: str) -> dict[Any, int]:
        rows = chosen.apply(documents, but=name).order_by().values_list(column)
        return dict(rows.annotate(n=Count("pk")).order_by())

    years = counted("year", "issue_year")
    kinds = counted("kind", "kind")
    issuers = counted("issuer", "issuer")
    names = Issuer.objects.filter(pk__in=issuers).values_list("pk", "name")
    year_rows = [(str(year), str(year), years[year]) for year in sorted(filter(None, years))[::-1]]
    if years.get(None):
        year_rows.append((NO_YEAR, "Chưa rõ năm", years[None]))
    return {
        "years": _options(year_rows, chosen.year),
        "kinds": _options(
            [(v, str(label), kinds.get(v, 0)) for v, label in DocumentKind.choices], chosen.kind
        ),
        "issuers": _options(
            [(str(pk), name, issuers[pk]) for pk, name in sorted(names, key=_by_name)],
            chosen.issuer,
        ),
    }


def _by_name(row: tuple[int, str]) -> str:
    return fold(row[1])


def _options(rows: Iterable[tuple[str, str, int]], chosen: str) -> list[Option]:
    return [Option(v, label, n, v == chosen) for v, label, n in rows if n or v == chosen]


@dataclass(frozen=True, slots=True)
class RelationGroup:
    """The documents that stand in one relation to this one."""

    label: str
    documents: list[OfficialDocument]


def relation_groups(
    document: OfficialDocument, user: Any, today: date
) -> tuple[list[RelationGroup], State]:
    """The document's relations in both directions as `user` may see them, and how it stands on `today`.

    A later document that the user may not see still bears on the state; it is not named.
    """
    visible = OfficialDocument.objects.visible_to(user)
    outward = _related(DocumentRelation.objects.filter(source=document), "target", visible)
    inward = _related(DocumentRelation.objects.filter(target=document), "source", visible)
    groups = [*_grouped(outward, dict(RelationKind.choices)), *_grouped(inward, dict(TURNED))]
    return groups, _state(document, inward, today)


def _related(relations: Any, end: str, visible: Any) -> list[tuple[str, OfficialDocument, bool]]:
    rows = list(relations.select_related(f"{end}__issuer").order_by("pk"))
    others = [getattr(row, end) for row in rows]
    seen = set(visible.filter(pk__in=[other.pk for other in others]).values_list("pk", flat=True))
    return [(row.kind, other, other.pk in seen) for row, other in zip(rows, others, strict=True)]


def _grouped(rows: list[tuple[str, OfficialDocument, bool]], labels: Any) -> list[RelationGroup]:
    groups = [
        RelationGroup(str(label), [other for kind, other, seen in rows if kind == value and seen])
        for value, label in labels.items()
    ]
    return [group for group in groups if group.documents]


def _state(
    document: OfficialDocument, inward: list[tuple[str, OfficialDocument, bool]], today: date
) -> State:
    def laters(wanted: str) -> list[Later]:
        return [
            Later(other.name if seen else "", other.effective_date)
            for kind, other, seen in inward
            if kind == wanted
        ]

    return state_on(
        today,
        effective=document.effective_date,
        expired=document.expired_on,
        replaced_by=laters(RelationKind.REPLACES),
        ended_by=laters(RelationKind.ENDS),
        amended_by=laters(RelationKind.AMENDS),
    )


def with_states(documents: Iterable[OfficialDocument], user: Any, today: date) -> list[Any]:
    """The documents of a list, each knowing how it stands on `today`, in two more queries."""
    listed = list(documents)
    relations = DocumentRelation.objects.filter(
        target__in=[document.pk for document in listed], kind__in=ORDERED
    )
    inward: dict[int, list[tuple[str, OfficialDocument, bool]]] = {}
    rows = list(relations.select_related("source").order_by("pk"))
    visible = OfficialDocument.objects.visible_to(user)
    sources = {row.source_id for row in rows}
    seen = set(visible.filter(pk__in=sources).values_list("pk", flat=True))
    for row in rows:
        inward.setdefault(row.target_id, []).append((row.kind, row.source, row.source_id in seen))
    for document in listed:
        document.state = _state(document, inward.get(document.pk, []), today)  # type: ignore[attr-defined]
    return listed


def with_versions(forms: Iterable[FormTemplate], user: Any, today: date) -> list[Any]:
    """The forms of a list, each knowing its current version, its others, and a document that may be named."""
    listed = list(forms)
    documents = {form.document_id for form in listed if form.document_id}
    visible = OfficialDocument.objects.visible_to(user)
    seen = set(visible.filter(pk__in=documents).values_list("pk", flat=True))
    for form in listed:
        current, others = form.on(today)
        form.current, form.others = current, others  # type: ignore[attr-defined]
        form.shown_document = form.document if form.document_id in seen else None  # type: ignore[attr-defined]
    return listed


def platforms_by_kind(audience: str = "") -> list[tuple[str, str, list[Platform]]]:
    """The directory as (key, label, platforms); what serves everybody fits any audience."""
    platforms = Platform.objects.prefetch_related("audiences")
    if audience in AudienceGroup.values:
        fitting = [audience, AudienceGroup.EVERYBODY]
        platforms = platforms.filter(audiences__group__in=fitting).distinct()
    listed = list(platforms)
    groups = [
        (value, str(label), [platform for platform in listed if platform.kind == value])
        for value, label in PlatformKind.choices
    ]
    return [group for group in groups if group[2]]


def course_links() -> list[CourseLink]:
    """National programmes and open courses, for the library."""
    return remember("course-links", _read_course_links)


def _read_course_links() -> list[CourseLink]:
    kinds = (
        PlatformKind.NATIONAL,
        PlatformKind.PROGRAMME,
        PlatformKind.PROVINCIAL,
        PlatformKind.MOOC,
    )
    platforms = Platform.objects.filter(kind__in=kinds).prefetch_related("audiences")
    return [
        CourseLink(
            title=platform.name,
            url=platform.url,
            owner=platform.owner,
            audience=platform.audience_words,
            purpose=platform.purpose,
        )
        for platform in platforms
    ]


def platform_links() -> Iterator[FoundLink]:
    """The address of each platform, to be asked now and then whether it still opens."""
    rows = Platform.objects.values_list("pk", "name", "url").order_by("pk")
    return links_of_records(rows, "documents_platform_modeladmin_edit")
