"""The editor's forms of items and paths: what is checked across fields and rows."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from resources.models.framework import Language
from resources.path_rules import doubled, step_key
from resources.rules import content_problem, licence_problem


class LibraryItemForm(WagtailAdminPageForm):
    """An item with its files; what goes out holds what its kind promises, a draft may wait for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk and not self.instance.language_id and "language" in self.fields:
            # What comes first in the librarians' own list is what most items speak.
            self.initial["language"] = Language.objects.values_list("pk", flat=True).first()

    def is_valid(self) -> bool:
        """The form, its rows, and all of it against the kind."""
        is_valid = super().is_valid()
        return self._content_holds() and is_valid

    def _content_holds(self) -> bool:
        if self.is_deferred_validation or not self.cleaned_data:
            return True
        problems = [problem for problem in (self._lacks(), self._forbids()) if problem]
        for field, reason in problems:
            # Rows of files carry no message of their own as a whole: it is told at the kind.
            self.add_error(field if field in self.fields else "kind", reason)
        return not problems

    def _lacks(self) -> tuple[str, str] | None:
        return content_problem(
            self.cleaned_data.get("kind", ""),
            has_file=self._has_files(),
            has_media=bool(self.cleaned_data.get("media")),
            has_link=bool(self.cleaned_data.get("link")),
            has_picture=bool(self.cleaned_data.get("picture")),
            has_text=bool(self.cleaned_data.get("body")),
            has_questions=bool(self.instance.pk) and self.instance.questions.exists(),
        )

    def _forbids(self) -> tuple[str, str] | None:
        licence = self.cleaned_data.get("licence")
        has_own_copy = self._has_files() or bool(self.cleaned_data.get("media"))
        if licence is None:
            return None
        reason = licence_problem(has_own_copy=has_own_copy, may_copy=licence.may_copy)
        return ("licence", reason) if reason else None

    def _has_files(self) -> bool:
        formset: Any = self.formsets.get("files")
        if formset is None:
            return False
        kept = (row for row in formset.forms if not formset._should_delete_form(row))
        return any(getattr(row, "cleaned_data", {}).get("document") for row in kept)


class LearningPathForm(WagtailAdminPageForm):
    """A path with its steps; what goes out has some, each once, a draft may wait for it."""

    def is_valid(self) -> bool:
        """The form, its rows, and the rows beside one another."""
        is_valid = super().is_valid()
        return self._steps_hold() and is_valid

    def _steps_hold(self) -> bool:
        formset: Any = self.formsets.get("steps")
        if formset is None:
            return True
        kept = [row for row in formset.forms if not formset._should_delete_form(row)]
        told = [row for row in kept if getattr(row, "cleaned_data", None)]
        keys = [_key_of(row.cleaned_data) for row in told]
        twice = [told[place] for place in doubled(keys) if not told[place].errors]
        for row in twice:
            field = "item" if row.cleaned_data.get("item") else "url"
            row.add_error(field, "Bước này đã có ở trên: hãy bỏ một trong hai.")
        is_empty = not kept and not self.is_deferred_validation
        if is_empty:
            self.add_error("kind", "Hãy thêm ít nhất một bước trước khi đăng.")
        return not twice and not is_empty


def _key_of(row: dict[str, Any]) -> str:
    item = row.get("item")
    return step_key(item.pk if item else None, row.get("url", ""))
