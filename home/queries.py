"""Finding things across all kinds that apps have registered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from modelsearch.query import Or, PlainText

from core.queries import synonym_groups
from core.registry import SearchKind, search_kinds
from core.search_fields import FoldedSearchField
from core.text import fold, words
from home.rules import Query, closeness, readings

PER_KIND = 100
SUGGESTIONS = 8


@dataclass(slots=True)
class Find:
    """One find, as the result list shows it."""

    kind: str
    item: Any
    title: str
    text: str
    rank: tuple[int, int, int]


@dataclass(slots=True)
class Results:
    """What was found, by nearness, and how many of each kind."""

    finds: list[Find] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    terms: list[str] = field(default_factory=list)


def searchable_text(item: Any) -> str:
    """The words of `item` that the index knows, title aside."""
    parts: list[str] = []
    for search_field in item.search_fields:
        if isinstance(search_field, FoldedSearchField) and search_field.field_name != "title":
            value = super(FoldedSearchField, search_field).get_value(item)
            parts.append(" ".join(map(str, value)) if isinstance(value, list) else str(value or ""))
    return " ".join(parts)


def search_everything(query: Query) -> Results:
    """All kinds, nearest first; exact marks before folded ones."""
    if query.is_empty:
        return Results()
    ways = readings(query, synonym_groups())
    results = Results(
        terms=[*query.words, *(word for way in ways for word in way.split() if len(word) > 1)]
    )
    for order, kind in enumerate(search_kinds):
        found = list(_finds_of(kind, query, ways, order))
        results.counts[kind.key] = len(found)
        results.finds.extend(found)
    results.finds.sort(key=lambda find: find.rank)
    return results


def _finds_of(kind: SearchKind, query: Query, ways: list[str], order: int) -> Iterable[Find]:
    whole = list(kind.queryset().search(_any_of(ways))[:PER_KIND])
    begun = list(kind.queryset().autocomplete(_typed(query), operator="and")[:PER_KIND])
    seen: set[Any] = set()
    for place, item in enumerate([*whole, *begun]):
        if item.pk in seen or len(seen) >= PER_KIND:
            continue
        seen.add(item.pk)
        text = searchable_text(item)
        nearness = closeness(query, item.title, text)
        yield Find(kind.key, item, item.title, text, (nearness, place, order))


def _typed(query: Query) -> str:
    """The folded words alone: a lone quotation mark is a syntax error to SQLite's index."""
    return " ".join(words(fold(" ".join(query.words))))


def _any_of(ways: list[str]) -> Any:
    queries = [PlainText(way, operator="and") for way in ways]
    return queries[0] if len(queries) == 1 else Or(queries)


def suggestions(query: Query) -> list[str]:
    """Titles that go on from what has been typed so far."""
    if query.is_empty or len(query.text) < 2:
        return []
    found: list[tuple[int, str]] = []
    for kind in search_kinds:
        items = kind.queryset().autocomplete(_typed(query), operator="and")[:SUGGESTIONS]
        found += [(closeness(query, item.title, ""), item.title) for item in items]
    found.sort(key=lambda pair: pair[0])
    return list(dict.fromkeys(title for _, title in found))[:SUGGESTIONS]
