"""Reads of the totals; award figures take theirs from here."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import models
from django.db.models import Q, Sum
from wagtail.models import Page

from counters.choices import Act
from counters.models import MonthCount

TOTAL_SECONDS = 60


def thing_of(thing: Any) -> tuple[int, int]:
    """Content type and number of a record; of a page by its own type, also when only its base was read."""
    if type(thing) is Page:
        return thing.content_type_id, thing.pk
    return ContentType.objects.get_for_model(thing).pk, thing.pk


def totals(
    things: Iterable[Any],
    act: str = Act.VIEW,
    *,
    first: date | None = None,
    last: date | None = None,
) -> dict[Any, int]:
    """The total of each of `things`, also 0, from month `first` to month `last`; one query for each kind."""
    wanted: dict[tuple[int, int], Any] = {thing_of(thing): thing for thing in things}
    numbers: dict[int, list[int]] = defaultdict(list)
    for kind, pk in wanted:
        numbers[kind].append(pk)
    found = dict.fromkeys(wanted.values(), 0)
    for kind, pks in numbers.items():
        rows = MonthCount.objects.between(first, last).filter(content_type=kind, act=act)
        for pk, count in _summed(rows.filter(object_id__in=pks)):
            found[wanted[kind, pk]] = count
    return found


def _summed(rows: Any) -> Iterable[tuple[int, int]]:
    return rows.values_list("object_id").annotate(Sum("count")).order_by()  # type: ignore[no-any-return]


def total(
    thing: Any, act: str = Act.VIEW, *, first: date | None = None, last: date | None = None
) -> int:
    """The total of one thing from month `first` to month `last`."""
    return totals([thing], act, first=first, last=last)[thing]


def most_read(
    first: date | None = None,
    last: date | None = None,
    *,
    act: str = Act.VIEW,
    of: Iterable[type[models.Model]] | None = None,
    limit: int | None = None,
) -> list[tuple[int, int, int]]:
    """(content type, number, count) of what was read from month `first` to month `last`, most read first."""
    rows = MonthCount.objects.between(first, last).filter(act=act)
    if of is not None:
        kinds = ContentType.objects.get_for_models(*of).values()
        rows = rows.filter(content_type__in=[kind.pk for kind in kinds])
    summed = rows.values_list("content_type", "object_id").annotate(sum=Sum("count"))
    return list(summed.order_by("-sum", "content_type", "object_id")[:limit])


def by_thing(rows: Any) -> Any:
    """`rows` of month totals as one row for each thing, with its `views` and `downloads`."""
    return rows.values("content_type_id", "object_id").annotate(
        views=Sum("count", filter=Q(act=Act.VIEW), default=0),
        downloads=Sum("count", filter=Q(act=Act.DOWNLOAD), default=0),
    )


def by_month(rows: Any) -> Any:
    """`rows` of month totals as one row for each month, newest first."""
    return (
        rows.values("month")
        .annotate(
            views=Sum("count", filter=Q(act=Act.VIEW), default=0),
            downloads=Sum("count", filter=Q(act=Act.DOWNLOAD), default=0),
        )
        .order_by("-month")
    )


def shown_total(thing: Any) -> int:
    """The views of a thing as pages show them: at most a minute old."""
    kind, pk = thing_of(thing)
    return int(cache.get_or_set(_key(kind, pk), lambda: total(thing), TOTAL_SECONDS) or 0)


def fresh_total(kind: ContentType, pk: int) -> int:
    """The views of a thing just now; pages show this figure from here on."""
    rows = MonthCount.objects.filter(content_type=kind, object_id=pk, act=Act.VIEW)
    count = rows.aggregate(sum=Sum("count", default=0))["sum"]
    cache.set(_key(kind.pk, pk), count, TOTAL_SECONDS)
    return int(count)


def _key(kind: int, pk: int) -> str:
    return f"views:{kind}:{pk}"
