"""Verbs that write in the library."""

from resources.services.bank_imports import apply_import, hand_in, import_bank
from resources.services.banks import delete_question, save_question
from resources.services.checks import count_sheet
from resources.services.files import facts_of, read_again
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
    "Plan",
    "apply_import",
    "change_survey",
    "close_wave",
    "count_answers",
    "count_sheet",
    "count_uses",
    "delete_question",
    "delete_survey",
    "ensure_framework",
    "ensure_library",
    "enter_tally",
    "facts_of",
    "hand_in",
    "import_bank",
    "make_survey",
    "read_again",
    "save_question",
    "settle_wave",
    "shelve",
]
