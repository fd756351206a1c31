"""School years: the stretches of time that figures are shown by. Pure.

A school year runs from 1 August to 31 July; the plans' own dates (reports after its end, handbook §1E) are data
of their rounds and no matter of this module.
"""

from dataclasses import dataclass
from datetime import date

STARTS_IN = 8
FIRST, LAST = 2000, 2099


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """The school year that begins in August of `begins`."""

    begins: int

    @property
    def key(self) -> str:
        """`2026-2027`, for addresses."""
        return f"{self.begins}-{self.begins + 1}"

    @property
    def name(self) -> str:
        """`2026–2027`, for readers."""
        return f"{self.begins}–{self.begins + 1}"

    @property
    def days(self) -> tuple[date, date]:
        """First and last day."""
        return date(self.begins, STARTS_IN, 1), date(self.begins + 1, STARTS_IN - 1, 31)

    @property
    def months(self) -> list[date]:
        """The first days of its twelve months."""
        later = [date(self.begins, month, 1) for month in range(STARTS_IN, 13)]
        return later + [date(self.begins + 1, month, 1) for month in range(1, STARTS_IN)]


def school_year_of(day: date) -> SchoolYear:
    """The school year that `day` lies in."""
    return SchoolYear(day.year if day.month >= STARTS_IN else day.year - 1)


def school_year_named(key: str) -> SchoolYear | None:
    """The school year of an address; None for nonsense."""
    begins, _, ends = key.partition("-")
    if len(begins) != 4 or not (begins.isascii() and begins.isdigit()):
        return None
    found = SchoolYear(int(begins))
    return found if FIRST <= found.begins <= LAST and ends == str(found.begins + 1) else None
