"""What a form's field is called away from its label: in the list of what is wrong, at the top of the page.

“Là” reads well above its choices and says nothing by itself; “Từ ngày” stands twice where a form asks for two
periods.
"""

from typing import TypeVar

from django import forms

ATTRIBUTE = "name_away_from_label"
FieldT = TypeVar("FieldT", bound=forms.Field)


def called(field: FieldT, name: str) -> FieldT:
    """`field`, which goes by `name` there."""
    setattr(field, ATTRIBUTE, name)
    return field


def name_of(bound: forms.BoundField) -> str:
    """What the field is called there: its own name for that, or its label."""
    return str(getattr(bound.field, ATTRIBUTE, "") or bound.label or "")
