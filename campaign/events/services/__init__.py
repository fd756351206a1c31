"""Verbs that write, by noun: editions and their state, who was there, what goes into the log, who is told."""

from campaign.events.services.attendance import (
    Changed,
    Row,
    attendance_closed,
    note_attendance,
)
from campaign.events.services.editions import (
    cancel,
    editions_below,
    ensure_series,
    hold,
    next_edition,
    postpone,
    reopen,
)
from campaign.events.services.into_log import into_log
from campaign.events.services.registrations import (
    Full,
    Guest,
    admit,
    cancel_registration,
    change_registration,
    note_came,
    purge_registrations,
    register,
)

__all__ = [
    "Changed",
    "Full",
    "Guest",
    "Row",
    "admit",
    "attendance_closed",
    "cancel",
    "cancel_registration",
    "change_registration",
    "editions_below",
    "ensure_series",
    "hold",
    "into_log",
    "next_edition",
    "note_attendance",
    "note_came",
    "postpone",
    "purge_registrations",
    "register",
    "reopen",
]
