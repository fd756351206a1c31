"""The register of purposes: every form that takes personal data adds what it takes, and why.

The privacy page, the consent boxes and the purge read it. An app registers in its `AppConfig.ready`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.registry import Registry


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose of processing personal data, in words a reader understands.

    `consent` is the sentence beside the box, "" where no consent is asked for. `keep_months` counts from
    what `kept_from` names; `purge(now)` removes what is older and gives the number of records.
    """

    key: str
    title: str
    why: str
    fields: tuple[str, ...]
    recipients: str
    basis: str
    keep_months: int
    kept_from: str
    consent: str = ""
    purge: Callable[[datetime], int] | None = None


purposes: Registry[Purpose] = Registry()


def purpose_of(key: str) -> Purpose:
    """The purpose called `key`; KeyError when no app has registered it."""
    for purpose in purposes:
        if purpose.key == key:
            return purpose
    raise KeyError(key)


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """Where data of a person lie: what it is, since when, and where staff open it."""

    label: str
    url: str
    when: datetime


# Each takes (full_name, phone, email), any of them empty, and gives what is kept under them.
DataFinder = Callable[[str, str, str], list[FoundRecord]]
data_finders: Registry[DataFinder] = Registry()
