"""Rules of the front page and of the search, pure.

Phases: plan SL II.1 runs the campaign in phases with a first and a last day, both included. The front page
shows the phase that runs today, else the next one, else none: it never shows a phase that is over as running.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Protocol

from core.text import clean, fold, hits, words

MAX_QUERY = 200
MAX_WORDS = 12
MAX_READINGS = 8


class Period(Protocol):
    """Something with a first and a last day."""

    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase as today sees it."""

    phase: Period
    state: str
    days: int


def phase_today(phases: Iterable[Period], today: date) -> PhaseView | None:
    """The running phase with the days that are left, or the next with the days until it, or None."""
    ordered = sorted(phases, key=lambda phase: (phase.starts, phase.ends))
    for phase in ordered:
        if phase.starts <= today <= phase.ends:
            return PhaseView(phase, "running", (phase.ends - today).days)
    for phase in ordered:
        if phase.starts > today:
            return PhaseView(phase, "coming", (phase.starts - today).days)
    return None


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked for, ready to look up."""

    text: str
    words: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing to look for: no word was typed."""
        return not self.words


def read_query(raw: str) -> Query:
    """The query of whatever was typed: mended, shortened to what a person could mean."""
    text = " ".join(clean(raw[: MAX_QUERY * 2])[:MAX_QUERY].split())
    return Query(text, tuple(words(text)[:MAX_WORDS]))


def readings(query: Query, groups: Sequence[Sequence[str]]) -> list[str]:
    """The folded ways to read `query`: its own words first, then with synonyms put in their place.

    Each group lists spellings that mean the same. At most MAX_READINGS, so that a strange query stays cheap.
    """
    tokens = [fold(word) for word in query.words]
    slots: list[list[str]] = []
    at = 0
    spellings = [[" ".join(words(fold(term))) for term in group] for group in groups]
    while at < len(tokens):
        found = _group_at(tokens, at, spellings)
        if found:
            length, group = found
            own = " ".join(tokens[at : at + length])
            slots.append([own, *(term for term in group if term != own)])
            at += length
        else:
            slots.append([tokens[at]])
            at += 1
    made = (" ".join(choice) for choice in product(*slots))
    return list(
        dict.fromkeys(reading for reading, _ in zip(made, range(MAX_READINGS), strict=False))
    )


def _group_at(
    tokens: list[str], at: int, spellings: list[list[str]]
) -> tuple[int, list[str]] | None:
    """The longest spelling that begins at `at`, as (its number of words, its group)."""
    best: tuple[int, list[str]] | None = None
    for group in spellings:
        for term in group:
            parts = term.split()
            if (
                parts
                and tokens[at : at + len(parts)] == parts
                and (not best or len(parts) > best[0])
            ):
                best = (len(parts), group)
    return best


def closeness(query: Query, title: str, text: str) -> int:
    """How near a find is, 0 the nearest: exact marks in the title, then in the text, then folded ones.

    “bò” must come before “bơ” and “bố”, which fold to the same letters.
    """
    wanted = [word.casefold() for word in query.words]
    in_title = {word.casefold() for word in words(clean(title))}
    if all(word in in_title for word in wanted):
        return 0
    in_text = in_title | {word.casefold() for word in words(clean(text))}
    has_marks = any(fold(word) != word for word in wanted)
    if has_marks and all(word in in_text for word in wanted):
        return 1
    if all(hits(title, [word]) for word in query.words):
        return 2
    return 3
