"""Records of periodic reports."""

from campaign.reporting.models.layouts import (
    FormColumn,
    FormTask,
    Indicator,
    LayoutVersion,
    ReportForm,
)
from campaign.reporting.models.reports import (
    CountedActivity,
    LineCell,
    Report,
    ReportLine,
    ReportPiece,
    Value,
)
from campaign.reporting.models.rounds import Extension, Round, RoundStep, SchoolYearEnd
from campaign.reporting.models.steps import (
    Digest,
    Reminder,
    ReportEvent,
    ReturnPoint,
    Revision,
    SignedCopy,
)

__all__ = [
    "CountedActivity",
    "Digest",
    "Extension",
    "FormColumn",
    "FormTask",
    "Indicator",
    "LayoutVersion",
    "LineCell",
    "Reminder",
    "Report",
    "ReportEvent",
    "ReportForm",
    "ReportLine",
    "ReportPiece",
    "ReturnPoint",
    "Revision",
    "Round",
    "RoundStep",
    "SchoolYearEnd",
    "SignedCopy",
    "Value",
]  # fmt: skip
