"""Which figures of a survey may be told, so that nobody is found behind a small one. Pure.

A figure has parts: of a statement, how many are able and how many are not; of a group, its sheets. It is *safe*
when each part is at least five. (Not nought either: "all of a class of nine can't" would tell of each of them,
to a teacher who knows the nine.) Groups lie in each other as units do, and learners are also told apart by
audience, so figures could be worked out from each other. What can be worked out inside one tree is each told
group, less the told groups directly inside it, and sums of these: each such remainder must be safe or empty.
Where it is not, the smallest told group inside is kept back as well, until all remainders are.

Between the tree and the audiences: the units in which the people of some audiences are, less those audiences,
leave a group too. Where such a group is not safe, nothing is told by audience.

Where the exact number is kept back, it may still be said that one side is fewer than five ("few", "most"), if
nobody can narrow that by what else is told: nothing of that statement is told exactly, or the group lies
directly in a told one beside others kept back that could be four more or less.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

from resources.surveys.rules import SMALLEST, Figure

K = TypeVar("K")
Parts = tuple[int, ...]
# From here on one side alone can be fewer than five.
BOTH_SIDES = 2 * SMALLEST
SLACK = SMALLEST - 1


def is_safe(parts: Sequence[int]) -> bool:
    """Whether each part may be told."""
    return min(parts) >= SMALLEST


def totals(parents: Mapping[K, K | None], own: Mapping[K, Parts]) -> dict[K, Parts]:
    """Each group with all that lies in it. `parents` gives each group the one it lies in, the top first."""
    width = len(next(iter(own.values()), (0,)))
    whole = {key: own.get(key, (0,) * width) for key in parents}
    for key in parents:
        above = parents[key]
        while above is not None:
            whole[above] = _add(whole[above], own.get(key, (0,) * width))
            above = parents[above]
    return whole


def told(
    parents: Mapping[K, K | None], own: Mapping[K, Parts], allowed: Iterable[K] | None = None
) -> set[K]:
    """The groups whose figures may be told; of `allowed` alone where it is given."""
    whole = totals(parents, own)
    among = set(parents) if allowed is None else set(allowed)
    found = {key for key in parents if key in among and is_safe(whole[key])}
    while (more := _to_hide(parents, whole, found)) is not None:
        found.discard(more)
    return found


def _to_hide(parents: Mapping[K, K | None], whole: Mapping[K, Parts], found: set[K]) -> K | None:
    """The smallest group inside one that gives a small remainder away."""
    inside: dict[K, list[K]] = {}
    for key in parents:
        above = told_above(parents, key, found)
        if key in found and above is not None:
            inside.setdefault(above, []).append(key)
    for key, parts in inside.items():
        left = whole[key]
        for part in parts:
            left = _less(left, whole[part])
        if any(left) and not is_safe(left):
            return min(parts, key=lambda part: sum(whole[part]))
    return None


def told_above(parents: Mapping[K, K | None], key: K, found: set[K]) -> K | None:
    """The nearest told group that `key` lies in."""
    above = parents[key]
    while above is not None and above not in found:
        above = parents[above]
    return above


def audiences_agree(
    parents: Mapping[K, K | None],
    units_told: set[K],
    audiences_told: Iterable[int],
    cells: Mapping[tuple[K, int], Parts],
) -> bool:
    """Whether told units and told audiences leave no small group between them.

    `cells` has the figures of each unit's own sheets by audience.
    """
    told_ones = set(audiences_told)
    by_atom: dict[K | None, dict[int, Parts]] = {}
    for (unit, audience), parts in cells.items():
        if any(parts):
            atom = unit if unit in units_told else told_above(parents, unit, units_told)
            # Audiences kept back are one remainder.
            column = audience if audience in told_ones else -1
            row = by_atom.setdefault(atom, {})
            row[column] = _add(row[column], parts) if column in row else parts
    rows = _alike(by_atom.values())
    columns = sorted({column for row in rows for column in row})
    some = (set(c) for n in range(1, len(columns)) for c in combinations(columns, n))
    return all(_remainder_holds(rows, chosen) for chosen in some)


def _alike(rows: Iterable[dict[int, Parts]]) -> list[dict[int, Parts]]:
    """Units with people of the same audiences, put together."""
    merged: dict[frozenset[int], dict[int, Parts]] = {}
    for row in rows:
        known = merged.setdefault(frozenset(row), {})
        for column, parts in row.items():
            known[column] = _add(known[column], parts) if column in known else parts
    return list(merged.values())


def _remainder_holds(rows: Sequence[dict[int, Parts]], chosen: set[int]) -> bool:
    left: Parts | None = None
    for row in rows:
        if chosen.isdisjoint(row):
            continue
        for column, parts in row.items():
            if column not in chosen:
                left = _add(left, parts) if left else parts
    return left is None or is_safe(left)


def figures(
    parents: Mapping[K, K | None],
    own: Mapping[K, Parts],
    sheets: Mapping[K, int],
    *,
    alone: bool,
) -> dict[K, Figure]:
    """What is told of one statement: of each group whose `sheets` are told, of (able, not able) in `own`.

    `alone` says that learners are told apart in no other way.
    """
    whole = totals(parents, own)
    found = told(parents, own, sheets)
    sided = _sided(parents, whole, found, alone=alone)
    result = {}
    for key, count in sheets.items():
        able, rest = whole[key]
        if key in found:
            result[key] = Figure(count, able)
        elif count >= BOTH_SIDES and not is_safe((able, rest)) and sided(key):
            result[key] = Figure(count, None, "few" if able < rest else "most")
        else:
            result[key] = Figure(count)
    return result


def _sided(
    parents: Mapping[K, K | None], whole: Mapping[K, Parts], found: set[K], *, alone: bool
) -> Callable[[K], bool]:
    """Whether it may be said of a group which of its sides is small."""

    def may(key: K) -> bool:
        above = parents[key]
        if not found:
            return True
        if not alone or above is None or above not in found:
            return False
        # Beside it must be others kept back that could be four more or fewer, on either side.
        beside = [other for other in parents if parents[other] == above and other not in found]
        room = [whole[other] for other in beside if is_safe(whole[other])]
        return all(sum(parts[n] - SMALLEST for parts in room) >= SLACK for n in (0, 1))

    return may


def _add(one: Parts, other: Parts) -> Parts:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _less(one: Parts, other: Parts) -> Parts:
    return tuple(a - b for a, b in zip(one, other, strict=True))
