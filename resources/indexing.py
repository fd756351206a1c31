"""Holding the search index back while many items are written, and bringing it up to date in one go.

The index measures all titles anew with each item it takes, several times for each item saved: with thousands
in one transaction that grows with their square.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from modelsearch.backends import get_search_backends

BATCH = 500
_held: ContextVar[bool] = ContextVar("resources.indexing", default=False)


def is_held() -> bool:
    """Whether items written now are indexed later."""
    return _held.get()


@contextmanager
def index_later() -> Iterator[None]:
    """Items saved within are not indexed; `index_all` has to follow before the transaction ends."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)


def index_all(items: Sequence[Any]) -> None:
    """Index these items of one type."""
    for backend in get_search_backends(with_auto_update=True):
        for start in range(0, len(items), BATCH):
            batch = items[start : start + BATCH]
            if batch:
                backend.add_bulk(type(batch[0]), batch)
