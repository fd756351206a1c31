"""Verbs that write in the library."""

from resources.services.bank_imports import apply_import, hand_in, import_bank
from resources.services.banks import begin_bank, delete_question, save_question
from resources.services.checks import count_sheet
from resources.services.contribution_letters import tell_published
from resources.services.contribution_moves import MoveRefused, move_contribution
from resources.services.contributions import (
    Stale,
    begin_contribution,
    drop_file,
    forget_declined,
    put_file,
    save_contribution,
    throw_away,
)
from resources.services.files import facts_of, read_again
from resources.services.links import ask_again, check_links, gather_links
from resources.services.reviews import mark_reviewed
from resources.services.shelf import count_uses, shelve
from resources.services.start import ensure_framework, ensure_library
from resources.services.survey_counts import Group, count_answers, enter_tally
from resources.services.surveys import (
    Plan,
    change_survey,
    close_wave,
    delete_survey,
    make_survey,
    settle_wave,
)

__all__ = [
    "Group",
    "MoveRefused",
    "Plan",
    "Stale",
    "apply_import",
    "ask_again",
    "begin_bank",
    "begin_contribution",
    "change_survey",
    "check_links",
    "close_wave",
    "count_answers",
    "count_sheet",
    "count_uses",
    "delete_question",
    "delete_survey",
    "drop_file",
    "ensure_framework",
    "ensure_library",
    "enter_tally",
    "facts_of",
    "forget_declined",
    "gather_links",
    "hand_in",
    "import_bank",
    "make_survey",
    "mark_reviewed",
    "move_contribution",
    "put_file",
    "read_again",
    "save_contribution",
    "save_question",
    "settle_wave",
    "shelve",
    "tell_published",
    "throw_away",
]
