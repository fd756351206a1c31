"""What one types about teams and lines."""

from typing import Any

from django import forms

from campaign.units.choices import LinePurpose, RoundKind, UnitKind
from campaign.units.forms import day_field
from campaign.units.models import Unit
from campaign.units.people_forms import UnitOption
from campaign.units.role_forms import last_field
from core.field_names import called

CHOOSE = {"required": "Hãy chọn.", "invalid_choice": "Hãy chọn trong danh sách."}


def task_field() -> forms.CharField:
    """What a member of a team does."""
    return forms.CharField(
        label="Nhiệm vụ",
        max_length=200,
        required=False,
        error_messages={"max_length": "Nhiệm vụ dài nhất 200 ký tự."},
    )


class JoinForm(forms.Form):
    """Into a team."""

    task = task_field()
    starts = day_field("Từ ngày")


class TaskForm(forms.Form):
    """Another task."""

    task = task_field()


class LeaveForm(forms.Form):
    """Out of a team."""

    last_day = day_field("Ngày cuối")


class LineForm(forms.Form):
    """A line that is not the default."""

    unit = UnitOption(label="Của đơn vị", queryset=Unit.objects.none(), error_messages=CHOOSE)
    for_kind = forms.ChoiceField(
        label="Áp dụng cho",
        required=False,
        choices=[("", "Chính đơn vị đó")]
        + [(kind.value, f"Mọi {kind.label.lower()} bên dưới") for kind in UnitKind],
    )
    purpose = called(forms.ChoiceField(label="Để", choices=LinePurpose.choices), "Để làm gì")
    round_kind = forms.ChoiceField(
        label="Loại báo cáo", required=False, choices=[("", "Tất cả"), *RoundKind.choices]
    )
    to = UnitOption(label="Gửi tới", queryset=Unit.objects.none(), error_messages=CHOOSE)
    starts = day_field("Từ ngày")

    def __init__(self, *args: Any, units: Any, targets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["to"].queryset = targets  # type: ignore[attr-defined]


class EndLineForm(forms.Form):
    """The last day of a line."""

    last_day = last_field("Hết ngày", required=True)
