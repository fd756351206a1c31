"""Models of units, by noun."""

from campaign.units.models.imports import ImportLine, RosterImport
from campaign.units.models.lines import ReportingLine
from campaign.units.models.people import Membership, Person, TeamMember
from campaign.units.models.tree import (
    Enrolment,
    Letterhead,
    TreeLock,
    Unit,
    UnitManager,
    UnitName,
    UnitPlace,
    UnitQuerySet,
)

__all__ = [
    "Enrolment",
    "ImportLine",
    "Letterhead",
    "Membership",
    "Person",
    "ReportingLine",
    "RosterImport",
    "TeamMember",
    "TreeLock",
    "Unit",
    "UnitManager",
    "UnitName",
    "UnitPlace",
    "UnitQuerySet",
]
