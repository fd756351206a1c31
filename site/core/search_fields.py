"""Search fields that carry a text twice: as written and folded.

Neither engine finds `dang ky` in “đăng ký” by itself (SQLite's tokenizer keeps đ and some stacked marks,
PostgreSQL's keeps all). They are appended to a model's fields, never put in the place of Wagtail's own.
"""

from typing import Any

from modelsearch import index

from core.text import clean, fold, words


def both_forms(value: Any) -> str:
    """The text of `value` as written, and its folded words where they differ.

    Words without signs: PostgreSQL takes `2407/BGDĐT-HSSV` for a file path, one word that nobody types.
    """
    if isinstance(value, (list, tuple)):
        value = " ".join(str(part) for part in value)
    written = clean(str(value or ""))
    folded = " ".join(words(fold(written)))
    return written if folded == written else f"{written} {folded}"


class FoldedSearchField(index.SearchField):
    """Full text, in both forms."""

    def get_value(self, obj: Any) -> str:
        """What goes into the index."""
        return both_forms(super().get_value(obj))


class FoldedAutocompleteField(index.AutocompleteField):
    """Beginnings of words, in both forms."""

    def get_value(self, obj: Any) -> str:
        """What goes into the index."""
        return both_forms(super().get_value(obj))


TITLE_FIELDS = [
    FoldedSearchField("title", boost=10),
    FoldedAutocompleteField("title", boost=10),
]
