"""The catalogue: one card for each public item."""

from collections import Counter
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from core.models import SiteDocument
from core.text import fold, words
from counters.choices import Act
from counters.models import MonthCount
from resources.facets import listed
from resources.models import ItemFile, LibraryItemPage, ShelfCard
from resources.services.files import facts_of
from resources.services.reviews import note_pictures
from resources.sorting import title_key


@transaction.atomic
def shelve(item: LibraryItemPage) -> None:
    """Write the card of a public item anew; take away that of any other."""
    note_pictures(item)
    if not item.live:
        ShelfCard.objects.filter(pk=item.pk).delete()
        return
    ShelfCard.objects.update_or_create(item=item, defaults=_card(item))


def _card(item: LibraryItemPage) -> dict[str, Any]:
    links = list(item.competences.select_related("competence"))
    topics, tags = list(item.topics.all()), list(item.tags.all())
    told = [item.title, item.summary, item.author, item.source, item.kind_label]
    told += [named.name for named in (*topics, *tags)]
    return {
        "kind": item.kind,
        "language": item.language_id,
        "licence": item.licence_id,
        "year": item.year,
        "audiences": listed(sorted(audience.pk for audience in item.audiences.all())),
        "topics": listed(sorted(topic.pk for topic in topics)),
        "domains": listed(sorted({link.competence.domain_id for link in links})),
        "competences": listed(sorted({link.competence_id for link in links})),
        "levels": listed(sorted({link.level_id for link in links if link.level_id})),
        "tags": listed(sorted(tag.pk for tag in tags)),
        "title_words": search_words(item.title),
        "words": search_words(" ".join(told)),
        "title_key": title_key(item.title),
        "published_at": item.first_published_at or timezone.now(),
        **_file_part(item),
    }


def search_words(text: str) -> str:
    """The folded words, each behind a space and said once: ` huong dan`."""
    return "".join(f" {word}" for word in dict.fromkeys(words(fold(text))))


def _file_part(item: LibraryItemPage) -> dict[str, Any]:
    """What the card tells of the first file; a video brings its own still."""
    first = item.files.select_related("document").first()
    facts = facts_of(first.document) if first else None
    cover = facts.cover.name if facts else ""
    if not cover and item.media and item.media.thumbnail:
        cover = item.media.thumbnail.name
    return {
        "extension": facts.extension if facts else "",
        "size": facts.size if facts else None,
        "pages": facts.pages if facts else None,
        "cover": cover or "",
    }


def count_uses() -> int:
    """Bring the uses on the cards up to date with the counters: views, and files taken; how many changed."""
    uses = _item_counts() + _file_counts()
    stale = [
        ShelfCard(pk=pk, uses=uses[pk])
        for pk, known in ShelfCard.objects.values_list("pk", "uses")
        if uses[pk] != known
    ]
    ShelfCard.objects.bulk_update(stale, ["uses"], batch_size=500)
    return len(stale)


def _item_counts() -> Counter[int]:
    kind = ContentType.objects.get_for_model(LibraryItemPage)
    rows = MonthCount.objects.filter(content_type=kind).values_list("object_id")
    return Counter(dict(rows.annotate(Sum("count")).order_by()))


def _file_counts() -> Counter[int]:
    kind = ContentType.objects.get_for_model(SiteDocument)
    held = ItemFile.objects.filter(item__live=True)
    rows = MonthCount.objects.filter(
        content_type=kind, act=Act.DOWNLOAD, object_id__in=held.values("document")
    )
    taken = dict(rows.values_list("object_id").annotate(Sum("count")).order_by())
    counts: Counter[int] = Counter()
    for item, document in held.filter(document__in=taken).values_list("item", F("document")):
        counts[item] += taken[document]
    return counts
