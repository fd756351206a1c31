"""Verbs that write, by noun: forms, rounds, what is filled in, moves, papers, reminders."""

from campaign.reporting.services.filling import (
    Stale,
    Typed,
    add_line,
    begin_filling,
    drop_line,
    save_cell,
    save_summary,
    save_value,
    set_open,
)
from campaign.reporting.services.layouts import ensure_layouts, new_version, publish_version
from campaign.reporting.services.moves import (
    MoveRefused,
    Point,
    accept_report,
    confirm_report,
    open_received,
    reopen_report,
    return_report,
    submit_report,
    withdraw_report,
)
from campaign.reporting.services.papers import add_piece, add_signed_copy, remove_piece
from campaign.reporting.services.reminding import remind, remind_by_hand, send_digests
from campaign.reporting.services.rounds import (
    Asked,
    extend_report,
    make_reports,
    make_round,
    open_round,
    pass_on_ended,
    units_asked,
)

__all__ = [
    "Asked",
    "MoveRefused",
    "Point",
    "Stale",
    "Typed",
    "accept_report",
    "add_line",
    "add_piece",
    "add_signed_copy",
    "begin_filling",
    "confirm_report",
    "drop_line",
    "ensure_layouts",
    "extend_report",
    "make_reports",
    "make_round",
    "new_version",
    "open_received",
    "open_round",
    "pass_on_ended",
    "publish_version",
    "remind",
    "remind_by_hand",
    "remove_piece",
    "reopen_report",
    "return_report",
    "save_cell",
    "save_summary",
    "save_value",
    "send_digests",
    "set_open",
    "submit_report",
    "units_asked",
    "withdraw_report",
]
