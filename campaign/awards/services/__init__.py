"""Verbs that write, by noun: rounds, proposals and nominees, papers, moves."""

from campaign.awards.services.moves import (
    MoveRefused,
    open_received,
    ready_dossier,
    reopen_dossier,
    return_dossier,
    sign_dossier,
    submit_dossier,
    withdraw_dossier,
)
from campaign.awards.services.nominees import (
    ByHand,
    begin_dossier,
    nominate_by_hand,
    nominate_collective,
    nominate_people,
    save_merits,
    withdraw_nominee,
)
from campaign.awards.services.openings import log_opening, log_openings
from campaign.awards.services.papers import (
    Stale,
    add_piece,
    agree,
    confirm_by_place,
    remove_piece,
    save_report,
    withdraw_consent,
)
from campaign.awards.services.rounds import (
    RoundTold,
    change_round,
    discard_round,
    extend_dossier,
    make_round,
    open_round,
    plans,
)
from campaign.awards.services.signed import add_signed_proposal

__all__ = [
    "ByHand",
    "MoveRefused",
    "RoundTold",
    "Stale",
    "add_piece",
    "add_signed_proposal",
    "agree",
    "begin_dossier",
    "change_round",
    "confirm_by_place",
    "discard_round",
    "extend_dossier",
    "log_opening",
    "log_openings",
    "make_round",
    "nominate_by_hand",
    "nominate_collective",
    "nominate_people",
    "open_received",
    "open_round",
    "plans",
    "ready_dossier",
    "remove_piece",
    "reopen_dossier",
    "return_dossier",
    "save_merits",
    "save_report",
    "sign_dossier",
    "submit_dossier",
    "withdraw_consent",
    "withdraw_dossier",
    "withdraw_nominee",
]
