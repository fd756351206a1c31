"""Verbs that write in the library."""

from resources.services.bank_imports import apply_import, hand_in, import_bank
from resources.services.banks import delete_question, save_question
from resources.services.checks import count_sheet
from resources.services.contribution_letters import tell_published
from resources.services.contribution_moves import MoveRefused, move_contribution
from resources.services.contributions import (
    Stale,
    begin_contribution,
    drop_file,
    put_file,
    save_contribution,
    throw_away,
)
from resources.services.files import facts_of, read_again
from resources.services.links import ask_again, check_links, gather_links
from resources.services.reviews import mark_reviewed
from resources.services.shelf import count_uses, shelve
from resources.services.start import ensure_framework, ensure_library

__all__ = [
    "MoveRefused",
    "Stale",
    "apply_import",
    "ask_again",
    "begin_contribution",
    "check_links",
    "count_sheet",
    "count_uses",
    "delete_question",
    "drop_file",
    "ensure_framework",
    "ensure_library",
    "facts_of",
    "gather_links",
    "hand_in",
    "import_bank",
    "mark_reviewed",
    "move_contribution",
    "put_file",
    "read_again",
    "save_contribution",
    "save_question",
    "shelve",
    "tell_published",
    "throw_away",
]
