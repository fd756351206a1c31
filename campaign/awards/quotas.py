"""Quotas: how many awards a class, a faculty, the school may get. Pure.

A quota limits awards, not proposals: over it a proposal is warned, with the clause and who else stands; the
decision is held to it. Nominees are counted by the unit they are at home in, across all proposals, whoever
makes them (a faculty and the Youth Union of one school).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from campaign.awards.choices import Scope, Subject


@dataclass(frozen=True, slots=True)
class Band:
    """One line of the quotas: for whom, within what, for which sizes, how many at most, by which clause.

    `size_from` and `size_to` are numbers of students of a class, both included; both None where size is no
    matter.
    """

    subject: str
    scope: str
    most: int
    clause: str
    size_from: int | None = None
    size_to: int | None = None

    @property
    def goes_by_size(self) -> bool:
        """Whether it depends on the size of the class."""
        return self.size_from is not None


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many awards there are for one home; `most` None is unknown or unlimited, `said` tells which."""

    most: int | None
    clause: str
    said: str
    is_known: bool = True


def allowance(bands: Iterable[Band], subject: str, size: int | None) -> Allowance:
    """What the bands give to `subject` where the class has `size` students; None is unknown, not nought.

    A class without students gets nothing, since no band speaks of it (handbook item 58).
    """
    mine = [band for band in bands if band.subject == subject]
    if not mine:
        return Allowance(None, "", "không giới hạn số lượng")
    if not mine[0].goes_by_size:
        band = mine[0]
        return Allowance(band.most, band.clause, f"tối đa {band.most} {Scope(band.scope).label}")
    if size is None:
        return Allowance(None, mine[0].clause, "chưa biết sĩ số lớp", is_known=False)
    for band in mine:
        if (band.size_from or 0) <= size and (band.size_to is None or size <= band.size_to):
            return Allowance(band.most, band.clause, f"sĩ số {size}: tối đa {band.most}")
    return Allowance(0, mine[0].clause, f"sĩ số {size}: không có chỉ tiêu")


def bands_problem(bands: Sequence[Band]) -> str | None:
    """Why bands can't stand beside each other, in words: sizes that overlap, or leave a gap, or two rules."""
    for subject in Subject:
        mine = [band for band in bands if band.subject == subject]
        if len({band.scope for band in mine}) > 1:
            return f"{subject.label}: một chỉ tiêu chỉ tính theo một phạm vi."
        if len(mine) < 2:
            continue
        if not all(band.goes_by_size for band in mine):
            return f"{subject.label}: có hai mức mà không ghi sĩ số."
        rows = sorted(mine, key=lambda band: band.size_from or 0)
        for one, other in pairwise(rows):
            if one.size_to is None or (other.size_from or 0) <= one.size_to:
                return f"{subject.label}: sĩ số {other.size_from} thuộc hai mức."
            if (other.size_from or 0) > one.size_to + 1:
                return f"{subject.label}: sĩ số {one.size_to + 1} không thuộc mức nào."
    return None


@dataclass(frozen=True, slots=True)
class Stand:
    """One nominee as quotas see him: at home where (None: not known yet), proposed by whom.

    `who` is the same for the same person or collective, proposed by however many: one award serves them all.
    """

    nominee: int
    subject: str
    home: int | None
    name: str
    proposer: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """All nominees that share one quota, and what it allows."""

    subject: str
    home: int | None
    allowance: Allowance
    stands: tuple[Stand, ...]

    @property
    def is_over(self) -> bool:
        """Whether more are proposed than can be awarded."""
        return self.allowance.most is not None and self.count > self.allowance.most

    @property
    def count(self) -> int:
        """How many awards are asked for: who is proposed twice counts once."""
        return len({stand.who or stand.nominee for stand in self.stands})

    def others(self, nominee: int) -> tuple[Stand, ...]:
        """Who else stands there."""
        return tuple(stand for stand in self.stands if stand.nominee != nominee)

    @property
    def said(self) -> str:
        """One line: what is allowed, how many stand."""
        return f"{self.allowance.said}, đang đề nghị {self.count}"


def places(
    bands: Sequence[Band], stands: Iterable[Stand], sizes: dict[int, int | None]
) -> list[Place]:
    """Nominees gathered by the quota they share; `sizes` gives each class its number of students."""
    scopes = {band.subject: band.scope for band in bands}
    found: dict[tuple[str, int | None], list[Stand]] = {}
    for stand in stands:
        home = None if scopes.get(stand.subject) == Scope.SCHOOL else stand.home
        found.setdefault((stand.subject, home), []).append(stand)
    return [
        Place(
            subject, home,
            allowance(bands, subject, sizes.get(home) if home is not None else None), tuple(held),
        )
        for (subject, home), held in found.items()
    ]  # fmt: skip
