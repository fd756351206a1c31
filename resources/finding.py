"""Finding items: filters out of an address, words, order, pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import QueryDict

from core.listing import numbered_page
from core.models import Keyword
from core.queries import restricted_paths
from core.text import clean, fold, words
from resources.choices import Order
from resources.facets import narrow
from resources.models import ShelfCard
from resources.terms import Term, library_terms

PER_PAGE = 24
MAX_QUERY = 200
MOST_CHOSEN = 40
# Filters in the order they are shown: key in addresses, column of the card, heading.
FILTERS = {
    "loai": ("kind", "Loại học liệu"),
    "doi-tuong": ("audiences", "Dành cho"),
    "chu-de": ("topics", "Chủ đề kỹ năng"),
    "mien": ("domains", "Miền năng lực số"),
    "nang-luc": ("competences", "Năng lực thành phần"),
    "trinh-do": ("levels", "Trình độ"),
    "ngon-ngu": ("language", "Ngôn ngữ"),
    "giay-phep": ("licence", "Giấy phép"),
    "nam": ("year", "Năm"),
}
ORDERS: dict[str, list[str]] = {
    Order.NEWEST: ["-published_at", "-item"],
    Order.USED: ["-uses", "-published_at", "-item"],
    Order.TITLE: ["title_key", "item"],
}


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter, with how many items it would leave."""

    value: str
    label: str
    count: int
    chosen: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its values, as the form shows it."""

    key: str
    heading: str
    options: list[Option]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that is in force, and the address without it."""

    label: str
    url: str


@dataclass(slots=True)
class Asked:
    """What an address asks for; what is not known is not there."""

    typed: str = ""
    keyword: Keyword | None = None
    order: str = Order.NEWEST
    page: str = ""
    # Filter key → values as the address says them.
    chosen: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order was asked for."""
        return bool(self.typed or self.keyword or self.chosen)

    def query(self, *, but: tuple[str, str] = ("", "")) -> str:
        """The address's query, without one choice."""
        pairs = [("q", self.typed)] if self.typed else []
        if self.keyword:
            pairs.append(("tu-khoa", self.keyword.slug))
        pairs += [(key, value) for key, values in self.chosen.items() for value in values]
        if self.order != Order.NEWEST:
            pairs.append(("sap-xep", str(self.order)))
        return urlencode([pair for pair in pairs if pair != but])


@dataclass(frozen=True, slots=True)
class Found:
    """What the list page shows."""

    asked: Asked
    cards: Page
    filters: list[Filter]
    chips: list[Chip]
    orders: list[Option]
    url: str


def read_address(query: QueryDict, terms: Mapping[str, Mapping[str, Term]]) -> Asked:
    """What the address asks for."""
    slug = query.get("tu-khoa", "")[:100]
    asked = Asked(
        typed=tidy(query.get("q", "")),
        keyword=Keyword.objects.filter(slug=slug).first() if slug else None,
        order=query.get("sap-xep", ""),
        page=query.get("trang", ""),
    )
    if asked.order not in Order.values:
        asked.order = Order.NEWEST
    for key in FILTERS:
        values = dict.fromkeys(query.getlist(key)[:MOST_CHOSEN])
        known = [value for value in values if value in terms[key]]
        if known:
            asked.chosen[key] = known
    return asked


def tidy(typed: str) -> str:
    """What was typed, mended and cut to what a person could mean."""
    return " ".join(clean(typed[: MAX_QUERY * 2])[:MAX_QUERY].split())


def public_cards() -> QuerySet[ShelfCard]:
    """The cards of items that ask for no password."""
    cards = ShelfCard.objects.all()
    for path in restricted_paths():
        cards = cards.exclude(item__path__startswith=path)
    return cards


def found_items(query: QueryDict, url: str) -> Found:
    """The list as the address asks for it: one walk over the cards, then one page of items."""
    terms = library_terms()
    asked = read_address(query, terms)
    columns = [column for column, _ in FILTERS.values()]
    rows = _rows(asked, columns)
    keys = {
        key: frozenset(terms[key][value].key for value in values)
        for key, values in asked.chosen.items()
    }
    narrowed = narrow(rows, list(FILTERS), keys)
    cards = numbered_page(narrowed.ids, asked.page, per_page=PER_PAGE)
    cards.object_list = with_items(list(cards.object_list))
    return Found(
        asked=asked,
        cards=cards,
        filters=_filters(asked, terms, narrowed.counts),
        chips=_chips(asked, terms, url),
        orders=[Option(v, str(label), 0, v == asked.order) for v, label in Order.choices],
        url=url,
    )


def _rows(asked: Asked, columns: list[str]) -> list[tuple[Any, ...]]:
    """(number, one cell for each column) of all items that the words leave, in the order asked for."""
    if asked.typed or asked.keyword:
        return list(_worded(public_cards(), asked).values_list("item", *columns))
    # An index holds the order, the table the cells; each is read straight through, which is half as long as
    # looking up ten thousand cards in the index's order.
    cells = {row[0]: row for row in public_cards().values_list("item", *columns)}
    order = ShelfCard.objects.order_by(*ORDERS[asked.order]).values_list("item", flat=True)
    return [cells[number] for number in order if number in cells]


def _worded(cards: QuerySet[ShelfCard], asked: Asked) -> Any:
    """Those that hold all the words, marks and case aside; items whose title holds them come first."""
    ordered = ORDERS[asked.order]
    if asked.keyword:
        cards = cards.filter(tags__contains=f",{asked.keyword.pk},")
    typed = dict.fromkeys(words(fold(asked.typed)))
    if asked.typed and not typed:
        # Signs alone are in no title; to show everything would look like an answer.
        return cards.none()
    for word in typed:
        cards = cards.filter(words__contains=f" {word}")
    if typed and asked.order == Order.NEWEST:
        in_title = Q()
        for word in typed:
            in_title &= Q(title_words__contains=f" {word}")
        near = Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
        return cards.annotate(near=near).order_by("near", *ordered)
    return cards.order_by(*ordered)


def with_items(ids: list[int]) -> list[ShelfCard]:
    """The cards of these items in this order, with all that a list shows."""
    cards = (
        ShelfCard.objects.filter(pk__in=ids, item__live=True)
        .select_related("item__picture")
        .defer("item__body")
        .prefetch_related("item__picture__renditions")
    )
    by_number = {card.pk: card for card in cards}
    terms = library_terms()
    shown = [by_number[pk] for pk in ids if pk in by_number]
    for card in shown:
        card.audience_words = names_of(terms["doi-tuong"], card.audiences)  # type: ignore[attr-defined]
        language = terms["ngon-ngu"].get(terms.codes.get(card.language, ""))
        card.language_name = language.label if language else ""  # type: ignore[attr-defined]
    return shown


def names_of(terms: Mapping[str, Term], cell: str) -> str:
    """The names behind a cell such as `,3,7,`."""
    return ", ".join(term.label for term in terms.values() if f",{term.key}," in cell)


def _filters(
    asked: Asked, terms: Mapping[str, Mapping[str, Term]], counts: Mapping[str, Mapping[str, int]]
) -> list[Filter]:
    filters = []
    for key, (_, heading) in FILTERS.items():
        chosen = asked.chosen.get(key, [])
        options = [
            Option(value, term.label, counts[key].get(term.key, 0), value in chosen, term.group)
            for value, term in terms[key].items()
        ]
        shown = [option for option in options if option.count or option.chosen]
        if shown:
            is_open = bool(chosen) or key in ("loai", "doi-tuong", "chu-de")
            filters.append(Filter(key, heading, shown, is_open))
    return filters


def _chips(asked: Asked, terms: Mapping[str, Mapping[str, Term]], url: str) -> list[Chip]:
    chips = []
    if asked.typed:
        chips.append(Chip(f"“{asked.typed}”", _without(asked, url, ("q", asked.typed))))
    if asked.keyword:
        word = asked.keyword
        chips.append(Chip(f"Từ khóa: {word.name}", _without(asked, url, ("tu-khoa", word.slug))))
    for key, values in asked.chosen.items():
        chips += [
            Chip(terms[key][value].label, _without(asked, url, (key, value))) for value in values
        ]
    return chips


def _without(asked: Asked, url: str, choice: tuple[str, str]) -> str:
    query = asked.query(but=choice)
    return f"{url}?{query}" if query else url
