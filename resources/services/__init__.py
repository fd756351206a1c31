"""Verbs that write in the library."""

from resources.services.files import facts_of, read_again
from resources.services.shelf import count_uses, shelve
from resources.services.start import ensure_framework, ensure_library

__all__ = [
    "count_uses",
    "ensure_framework",
    "ensure_library",
    "facts_of",
    "read_again",
    "shelve",
]
