"""Verbs that write, by noun: what is written, its evidence, its moves, its figures, what may be double."""

from campaign.activities.services.catalogue import ensure_kinds
from campaign.activities.services.doubts import doubts_about, say_different, say_same
from campaign.activities.services.entering import (
    Entry,
    LinkRow,
    ShareRow,
    Stale,
    begin_activity,
    discard_activity,
    save_activity,
)
from campaign.activities.services.evidence import add_evidence, add_link, remove_evidence
from campaign.activities.services.moves import (
    MoveRefused,
    confirm_activity,
    double_of,
    inspect_activity,
    return_activity,
    send_activity,
    settle_inspection,
    unconfirm_activity,
    withdraw_activity,
)
from campaign.activities.services.stories import (
    Chosen,
    Text,
    photo_problem,
    tell_story,
    withdraw_photo,
)
from campaign.activities.services.totals import find_drift, repair_totals

__all__ = [
    "Chosen",
    "Entry",
    "LinkRow",
    "MoveRefused",
    "ShareRow",
    "Stale",
    "Text",
    "add_evidence",
    "add_link",
    "begin_activity",
    "confirm_activity",
    "discard_activity",
    "double_of",
    "doubts_about",
    "ensure_kinds",
    "find_drift",
    "inspect_activity",
    "photo_problem",
    "remove_evidence",
    "repair_totals",
    "return_activity",
    "save_activity",
    "say_different",
    "say_same",
    "send_activity",
    "settle_inspection",
    "tell_story",
    "unconfirm_activity",
    "withdraw_activity",
    "withdraw_photo",
]
