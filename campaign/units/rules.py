"""Rules of the organisation tree. Pure: days and rows come in as values.

A figure of a past period is summed over the tree as it was on the period's last day. So nothing of the past is
overwritten: a name and a place each begin on a day and hold until the next one begins; a unit exists from its
first to its last day, both included. A merger ends the one unit and names the other as successor; the figures
of the days before stay with the unit that earned them, and `lineage` finds them from the successor.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.units.choices import PARENTS, AccountState, UnitKind
from core.text import fold, words


@dataclass(frozen=True, slots=True)
class Life:
    """From when to when a unit exists, both days included, and what became of it."""

    unit: int
    starts: date
    ends: date | None = None
    successor: int | None = None

    def exists_on(self, day: date) -> bool:
        """Whether the unit exists on `day`."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands from a day on: below `parent`, or at the top."""

    unit: int
    parent: int | None
    since: date


def code_key(code: str) -> str:
    """What two codes are compared by: marks, case, spaces and signs do not make another code."""
    return "".join(words(fold(code)))


def name_key(*names: str) -> str:
    """What a unit is searched by: each folded word of its names behind a space."""
    return "".join(f" {word}" for word in dict.fromkeys(words(fold(" ".join(names)))))[:300]


def may_stand_under(kind: str, parent_kind: str | None) -> bool:
    """Whether a unit of `kind` may stand directly below one of `parent_kind` (None: at the top)."""
    return parent_kind in PARENTS[kind]


def place_problem(kind: str, parent_kind: str | None) -> str | None:
    """Why a unit of `kind` can't stand there, in words, or None."""
    if may_stand_under(kind, parent_kind):
        return None
    what = UnitKind(kind).label
    where = f"dưới {UnitKind(parent_kind).label}" if parent_kind else "ở cấp cao nhất"
    allowed = [UnitKind(k).label if k else "cấp cao nhất" for k in sorted(PARENTS[kind], key=str)]
    return f"{what} không đứng {where} được; chỉ đứng dưới: {', '.join(allowed)}."


def holding_on(rows: Iterable[Place], day: date) -> dict[int, int | None]:
    """Unit → parent as it was on `day`; units that had no place yet are left out."""
    newest: dict[int, Place] = {}
    for row in rows:
        known = newest.get(row.unit)
        if row.since <= day and (known is None or known.since < row.since):
            newest[row.unit] = row
    return {unit: row.parent for unit, row in newest.items()}


def tree_on(lives: Iterable[Life], places: Iterable[Place], day: date) -> dict[int, int | None]:
    """Unit → parent for the units that existed on `day`."""
    alive = {life.unit for life in lives if life.exists_on(day)}
    held = holding_on(places, day)
    return {unit: parent for unit, parent in held.items() if unit in alive}


def below(parents: Mapping[int, int | None], top: int) -> set[int]:
    """`top` and all units below it; empty when `top` is not in the tree."""
    if top not in parents:
        return set()
    children: dict[int | None, list[int]] = defaultdict(list)
    for unit, parent in parents.items():
        children[parent].append(unit)
    found, waiting = {top}, [top]
    while waiting:
        for child in children[waiting.pop()]:
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found


def stood_below(
    lives: Sequence[Life], places: Sequence[Place], top: int, first: date, last: date
) -> set[int]:
    """Whose figures of the days `first` to `last` are of `top`: what stood below it on the last day.

    A unit that ended in between counts where it stood on its own last day; so nothing is lost and nothing
    counts twice.
    """
    found = below(tree_on(lives, places, last), top)
    for life in lives:
        if life.ends is not None and first <= life.ends < last and life.starts <= life.ends:
            held = holding_on(places, life.ends)
            way: int | None = life.unit
            seen: set[int] = set()
            while way is not None and way != top and way not in seen:
                seen.add(way)
                way = held.get(way)
            if way == top:
                found.add(life.unit)
    return found


def lineage(lives: Sequence[Life], unit: int) -> set[int]:
    """`unit` and every unit that was merged into it, over any number of mergers."""
    into: dict[int | None, list[int]] = defaultdict(list)
    for life in lives:
        if life.successor is not None:
            into[life.successor].append(life.unit)
    found, waiting = {unit}, [unit]
    while waiting:
        for earlier in into[waiting.pop()]:
            if earlier not in found:
                found.add(earlier)
                waiting.append(earlier)
    return found


def final_successor(lives: Mapping[int, Life], unit: int) -> int:
    """Who answers for `unit` today: itself, or the end of its chain of successors."""
    seen = {unit}
    while (life := lives.get(unit)) is not None and life.successor is not None:
        if life.successor in seen:
            break
        unit = life.successor
        seen.add(unit)
    return unit


def may_hold_parts(kind: str) -> bool:
    """Whether anything may stand below a unit of `kind`."""
    return any(kind in parents for parents in PARENTS.values())


def split_name(full_name: str) -> tuple[str, str]:
    """Family and middle names, and the given name, which stands last."""
    before, _, given = full_name.strip().rpartition(" ")
    return before, given


def user_name(code: str) -> str:
    """A user name from a student or staff code: plain small letters, as one types them on a phone."""
    return re.sub(r"[^a-z0-9.@+_-]+", "-", fold(code)).strip("-.")


def free_user_name(code: str, institution_code: str, is_taken: Callable[[str], bool]) -> str:
    """The code; with the school's code before it where another school has the same; numbered at the last."""
    name = user_name(code) or user_name(institution_code)
    if not is_taken(name):
        return name
    name = f"{user_name(institution_code)}.{name}"
    number, free = 2, name
    while is_taken(free):
        free, number = f"{name}.{number}", number + 1
    return free


def account_state(*, has_account: bool, is_active: bool, must_choose: bool, has_slip: bool) -> str:
    """How far somebody is with his account, as an AccountState."""
    if not has_account:
        return AccountState.NONE
    if not is_active:
        return AccountState.CLOSED
    if must_choose:
        return AccountState.PRINTED if has_slip else AccountState.WAITING
    return AccountState.IN_USE
