"""The page on which a reader chooses items for a pack. The choice lives in the address alone."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from resources.finding import FILTERS, Asked, found_items
from resources.pack_rules import MOST_ITEMS, chosen_numbers
from resources.packs import Pack, pack_of_items, with_words

CHOSEN = "chon"
# An address of many more was made by no reader.
MOST_ASKED = 3 * MOST_ITEMS


def asked_pack(query: QueryDict) -> tuple[Pack, int]:
    """The pack that an address names, and how many items had no room in it."""
    numbers = chosen_numbers(query.getlist(CHOSEN)[:MOST_ASKED])
    return pack_of_items(numbers[:MOST_ITEMS]), max(0, len(numbers) - MOST_ITEMS)


def choosing_context(query: QueryDict, url: str, download: str) -> dict[str, Any]:
    """What the page shows: the items found, those chosen, and the pack that they make."""
    found = found_items(query, url)
    pack, cut = asked_pack(query)
    items = [entry.item for entry in pack.entries if entry.item]
    chosen = {item.pk for item in items}
    listed = {card.pk for card in found.cards}
    choice = urlencode([(CHOSEN, item.pk) for item in items])
    return {
        "found": found,
        "pack": pack,
        "cut": cut,
        "most": MOST_ITEMS,
        "chosen": chosen,
        # These go along as a page: no link alone.
        "worded": with_words(listed),
        # Those that stand in the list are ticked there.
        "elsewhere": [item for item in items if item.pk not in listed],
        "kept": _kept(found.asked),
        "url": url,
        "download": f"{download}?{choice}",
        "all_url": f"{url}?{choice}" if choice else url,
    }


def _kept(asked: Asked) -> list[tuple[str, str]]:
    """The filters that go along, as pairs; the words stand in their own field."""
    pairs = [(key, value) for key in FILTERS for value in asked.chosen.get(key, [])]
    if asked.keyword:
        pairs.append(("tu-khoa", asked.keyword.slug))
    return pairs
