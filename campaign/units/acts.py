"""Acts on one record: each with its words and form, of which one is sent at a time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


@dataclass(frozen=True, slots=True)
class Act:
    """One act on a record: its name, its words, its form, what it does and what is said then."""

    name: str
    label: str
    form: forms.BaseForm
    do: Callable[[dict[str, Any]], Any]
    said: str
    hint: str = ""
    grave: bool = False

    @property
    def is_sent(self) -> bool:
        """Whether this is the act somebody tried: it stays open to show what was wrong."""
        return bool(self.form.is_bound)


def done(acts: Iterable[Act], sent: str) -> Act | None:
    """The act named `sent`, done; None when there is none, or it was refused and says so at its fields."""
    for act in acts:
        if act.name == sent and _done(act):
            return act
    return None


def _done(act: Act) -> bool:
    if not act.form.is_valid():
        return False
    try:
        act.do(act.form.cleaned_data)
    except ValidationError as refused:
        tell(act.form, refused)
        return False
    return True


def tell(form: forms.BaseForm, refused: ValidationError) -> None:
    """Put a refusal where it belongs: at its field where the form has it, else above the form."""
    problems = refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
    for field, said in problems.items():
        form.add_error(field if field in form.fields else None, said)
