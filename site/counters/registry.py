"""The register of what may be counted: every app names its public pages and records.

An app registers in its `AppConfig.ready`. What is not registered, or not in the public queryset, is neither
counted nor shown a figure. Files under `/tep/` are counted as downloads without being registered.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

from core.registry import Registry


@dataclass(frozen=True, slots=True)
class Countable:
    """A kind of thing: its key in addresses (`van-ban`), and those of it that the public may read."""

    key: str
    queryset: Callable[[], Any]


countables: Registry[Countable] = Registry()


@cache
def model_of(countable: Countable) -> type[models.Model]:
    """The model of what is counted."""
    model: type[models.Model] = countable.queryset().model
    return model


def countable_named(key: str) -> Countable | None:
    """The kind called `key`, if an app has registered it."""
    return next((countable for countable in countables if countable.key == key), None)


def countable_of(thing: Any) -> Countable | None:
    """The kind that `thing` is of, if an app has registered it."""
    return next((kind for kind in countables if model_of(kind) is type(thing)), None)
