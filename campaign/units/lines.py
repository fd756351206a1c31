"""Reporting and confirmation lines. Pure: rows come in as values.

By default a unit sends its reports to its parent (to the parent's standing office, or its head where there is
none), and its own head or deputy confirms its activities. A line says otherwise: for one unit, or for all units
of a kind below one; for one kind of round, or for all. The nearest line holds: the unit's own before its
parent's, a line for this kind of round before one for all, the newer before the older.
Plans: CB V.5 (homeroom teacher to the Youth Union), CB V.4 and SL 4.1 (offices and faculties to the standing
office), HN 3 and QN26 4 (school to department).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Line:
    """One row: `at` a unit, for it alone (`kind` empty) or for the units of a kind below it, `to` another."""

    at: int
    to: int
    purpose: str
    starts: date
    kind: str = ""
    round_kind: str = ""
    ends: date | None = None


def line_for(
    upwards: Sequence[int],
    kind: str,
    purpose: str,
    round_kind: str,
    lines: Iterable[Line],
    day: date,
) -> Line | None:
    """The line that holds for a unit on `day`, or None for the default.

    `upwards`: the unit's key, then its parent's, up to the top. `kind`: the unit's kind.
    """
    distance = {unit: steps for steps, unit in enumerate(upwards)}
    fitting = [
        line
        for line in lines
        if line.at in distance
        and line.purpose == purpose
        and line.round_kind in ("", round_kind)
        and (line.kind == kind if line.kind else line.at == upwards[0])
        and not (line.kind and line.at == upwards[0])
        and line.starts <= day
        and (line.ends is None or day <= line.ends)
    ]
    return min(
        fitting,
        key=lambda line: (distance[line.at], line.round_kind == "", -line.starts.toordinal()),
        default=None,
    )


def recipient(
    upwards: Sequence[int],
    kind: str,
    purpose: str,
    round_kind: str,
    lines: Iterable[Line],
    day: date,
) -> int | None:
    """Whom a unit sends to on `day` (purpose report), or who confirms for it (purpose confirm).

    None: a unit at the top sends to nobody on this site.
    """
    line = line_for(upwards, kind, purpose, round_kind, lines, day)
    if line is not None:
        return line.to
    if purpose == "confirm":
        return upwards[0]
    return upwards[1] if len(upwards) > 1 else None
