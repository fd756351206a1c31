"""Forms of events in the staff area."""

from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from campaign.events.choices import Able, Useful
from campaign.events.rules import LARGEST_CLASS, Slot, present_problem, sessions_problems
from core.spam import GuardedForm

WISH = 300
NO_NEW_DAY = "Ngày đã báo thì đổi bằng “Hoãn, đổi ngày”, có lý do: mọi trang và lịch cùng báo theo."


class EventForm(WagtailAdminModelForm):
    """An event with its sessions, which are judged together."""

    def clean_starts_on(self) -> Any:
        """A day that was told to people is not changed in silence."""
        day = self.cleaned_data["starts_on"]
        if self.instance.pk and day != self.instance.starts_on:
            raise forms.ValidationError(NO_NEW_DAY)
        return day

    def is_valid(self) -> bool:
        """The form, its rows, and the rows against each other."""
        is_valid = super().is_valid()
        return self._sessions_hold() and is_valid

    def _sessions_hold(self) -> bool:
        formset = self.formsets.get("sessions")
        if formset is None:
            return True
        rows = [
            row
            for row in formset.forms
            if not row.errors
            and row.cleaned_data.get("starts_at")
            and not formset._should_delete_form(row)
        ]
        told = [row.cleaned_data for row in rows]
        slots = [
            Slot(
                words["title"], words["starts_at"], words["ends_at"], words["place"], words["host"]
            )
            for words in told
        ]
        problems = sessions_problems(slots)
        for number, problem in problems.items():
            rows[number].add_error("starts_at", problem)
        return not problems


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="Lý do", max_length=300,
        error_messages={"required": "Hãy ghi lý do: mọi người sẽ đọc câu này."},
    )  # fmt: skip


class PostponeForm(ReasonForm):
    """Why, and to when."""

    day = forms.DateField(
        label="Ngày mới", required=False, widget=forms.DateInput(attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"], help_text="Chưa định được thì để trống.",
        error_messages={"invalid": "Ngày viết dạng 25/12/2026."},
    )  # fmt: skip

    def clean_day(self) -> Any:
        """A new day is still to come."""
        day = self.cleaned_data["day"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("Ngày mới đã qua.")
        return day


class HoldForm(forms.Form):
    """What became of it, in some sentences."""

    outcome = forms.CharField(
        label="Tổng kết", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Vài câu cho trang công khai; không nêu tên người dân. Ghi sau cũng được.",
    )  # fmt: skip


NUMBER = {"invalid": "Hãy ghi bằng chữ số.", "min_value": "Không nhỏ hơn %(limit_value)s.",
          "max_value": "Không quá %(limit_value)s.", "required": "Hãy ghi sĩ số."}  # fmt: skip


def _number(label: str) -> forms.IntegerField:
    field = forms.IntegerField(
        label=label, min_value=0, max_value=LARGEST_CLASS, required=False, error_messages=NUMBER
    )
    field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
    return field


class ClassForm(forms.Form):
    """Present of enrolled, of one class; empty where nobody has counted."""

    present = _number("Có mặt")
    enrolled = _number("Sĩ số")
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_seen(self) -> int:
        """What was told before; nothing is the same as never."""
        return self.cleaned_data["seen"] or 0

    def clean(self) -> dict[str, Any]:
        """Both or none, and no more present than enrolled."""
        told = super().clean() or {}
        present, enrolled = told.get("present"), told.get("enrolled")
        if present is None or self.errors:
            return told
        if enrolled is None:
            self.add_error("enrolled", "Hãy ghi sĩ số.")
        elif problem := present_problem(present, enrolled):
            self.add_error("present", problem)
        return told


def _ticked(label: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect,
        error_messages={"required": f"Xin chọn một câu trả lời: {label}"},
    )  # fmt: skip


class AnswerForm(GuardedForm):
    """Three questions, of which the third may stay empty."""

    throttle = "event-answer"
    links_in = ("wish",)

    useful = _ticked("Buổi này có ích với bạn không?", Useful.choices)
    able = _ticked("Việc vừa học, bạn đã tự làm được chưa?", Able.choices)
    wish = forms.CharField(
        label="Lần sau nên thêm gì, bớt gì?", required=False, max_length=WISH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Không bắt buộc. Xin đừng viết tên, số điện thoại của ai.",
        error_messages={"max_length": "Xin viết không quá %(limit_value)s chữ cái."},
    )  # fmt: skip


class NoForm(forms.Form):
    """Nothing to type."""
