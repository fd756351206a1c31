"""Traps: what is wrong with a nominee beside the others of the round. Pure.

A hard one must be settled before the proposal is ready for the council; a soft one is a question to somebody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

CHILD_AGE = 16


@dataclass(frozen=True, slots=True)
class Candidate:
    """One nominee as the traps see him. `person` and `unit` are keys; a typed name has neither.

    `classes` are the skill classes (keys of activities) that a collective counts for a class criterion.
    """

    nominee: int
    dossier: int
    name: str
    proposer: str
    is_individual: bool
    person: int | None = None
    unit: int | None = None
    code_key: str = ""
    name_key: str = ""
    is_present: bool = True
    wants_size: bool = False
    size: int | None = None
    is_confirmed: bool = True
    wants_confirmation: bool = True
    is_child: bool = False
    may_publish: bool = True
    classes: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Trap:
    """What is wrong, in words; `other` is the nominee it has to do with, if any.

    `is_units`: the unit mends it before it signs; the rest is for the office to settle.
    """

    name: str
    said: str
    is_hard: bool
    other: int | None = None
    is_units: bool = False


def is_child(born: date | None, birth_year: int | None, day: date) -> bool:
    """Under 16 on `day`; by the year of birth alone whoever may still be under 16 is taken to be."""
    if born is not None:
        birthday = (day.month, day.day) >= (born.month, born.day)
        return day.year - born.year - (not birthday) < CHILD_AGE
    return birth_year is not None and day.year - birth_year <= CHILD_AGE


def traps_of(mine: Candidate, others: Iterable[Candidate]) -> list[Trap]:
    """Everything wrong with `mine`, alone and beside `others` of the same round."""
    return [*_alone(mine), *(trap for other in others if (trap := _beside(mine, other)))]


def _alone(mine: Candidate) -> list[Trap]:
    found = []
    if not mine.is_present:
        found.append(Trap("roster", "Không có trong danh sách của trường.", is_hard=True))
    if mine.wants_size and mine.size is None:
        found.append(
            Trap("size", "Chưa biết sĩ số lớp: chưa tính được chỉ tiêu.", is_hard=True)
        )  # fmt: skip
    if mine.wants_confirmation and not mine.is_confirmed:
        found.append(
            Trap(
                "confirmation", "Thiếu giấy xác nhận của nơi tham gia.", is_hard=True, is_units=True
            )
        )
    if mine.is_child and not mine.may_publish:
        found.append(
            Trap("guardian", "Dưới 16 tuổi: cha mẹ, người giám hộ chưa đồng ý công bố tên.", is_hard=False)
        )  # fmt: skip
    return found


def _beside(mine: Candidate, other: Candidate) -> Trap | None:
    if mine.nominee == other.nominee or mine.is_individual != other.is_individual:
        return None
    is_here = mine.dossier == other.dossier
    if _is_same(mine, other):
        where = "Đã có trong hồ sơ này:" if is_here else f"{other.proposer} cũng đề nghị"
        return Trap("twice", f"{where} {other.name}.", True, other.nominee, is_here)
    if mine.is_individual:
        if mine.name_key and mine.name_key == other.name_key:
            said = f"Trùng họ tên với {other.name} do {other.proposer} đề nghị: có phải một người?"
            return Trap("same_name", said, is_hard=False, other=other.nominee)
        return None
    if shared := mine.classes & other.classes:
        said = f"{len(shared)} lớp kỹ năng số cũng được tính cho {other.name} ({other.proposer})."
        return Trap("class_twice", said, True, other.nominee, is_here)
    return None


def _is_same(mine: Candidate, other: Candidate) -> bool:
    if not mine.is_individual:
        return mine.unit is not None and mine.unit == other.unit
    if mine.person is not None and mine.person == other.person:
        return True
    return bool(mine.code_key) and mine.code_key == other.code_key


def hard(traps: Sequence[Trap]) -> list[Trap]:
    """Those that must be settled."""
    return [trap for trap in traps if trap.is_hard]
