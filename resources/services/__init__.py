"""Verbs that write in the library."""

from resources.services.bank_imports import apply_import, hand_in, import_bank
from resources.services.banks import delete_question, save_question
from resources.services.checks import count_sheet
from resources.services.files import facts_of, read_again
from resources.services.shelf import count_uses, shelve
from resources.services.start import ensure_framework, ensure_library

__all__ = [
    "apply_import",
    "count_sheet",
    "count_uses",
    "delete_question",
    "ensure_framework",
    "ensure_library",
    "facts_of",
    "hand_in",
    "import_bank",
    "read_again",
    "save_question",
    "shelve",
]
