"""Forms of self-assessment: a learner's sheet, a survey as a unit makes it, a tally of paper."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone

from campaign.units.models import Unit
from core.field_names import called
from core.spam import GuardedForm
from resources.choices import Able, Split, Wave
from resources.models import Audience, Competence, SheetPile, Survey, SurveyQuestion
from resources.services import Group, Plan
from resources.surveys.rules import (
    MOST_AUDIENCES,
    MOST_SHEETS,
    Round,
    days_problems,
    groups_problem,
)

# What most people need first; whoever makes a survey takes others as well.
USUAL = ("1.1", "1.2", "2.1", "2.3", "2.5", "2.6", "4.1", "4.2", "6.1")
ROUND_DAYS, BETWEEN_DAYS = 13, 30
DAYS = ("before_from", "before_to", "after_from", "after_to")
NUMBER = {
    "required": "Hãy ghi số phiếu.", "invalid": "Hãy ghi một số nguyên, ví dụ 12.",
    "min_value": "Không nhỏ hơn %(limit_value)s.", "max_value": "Không quá %(limit_value)s.",
}  # fmt: skip
CHOOSE = {"required": "Hãy chọn.", "invalid_choice": "Hãy chọn trong danh sách."}
DAY = {"required": "Hãy ghi ngày.", "invalid": "Ngày viết dạng 25/12/2026."}


class SkillSheet(GuardedForm):
    """What a learner says of himself; a statement may stay open, but not all of them."""

    throttle = "skill-sheet"
    # A class, or a hall of them, answers from one address at once.
    sent_before_sum = 120
    sent_at_most = 600

    def __init__(
        self, *args: Any, wave: str, units: list[Unit], audiences: list[Audience],
        questions: list[SurveyQuestion], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.wave, self.questions = wave, questions
        self.units = {unit.pk: unit for unit in units}
        self.audiences = {audience.pk: audience for audience in audiences}
        if len(units) > 1:
            self.fields["unit"] = _one_of(
                "Lớp, đơn vị của bạn", self.units, forms.Select, "Chọn trong danh sách"
            )
        if len(audiences) > 1:
            self.fields["audience"] = _one_of(
                "Bạn thuộc nhóm nào?", self.audiences, forms.RadioSelect
            )
        for question in questions:
            self.fields[f"q{question.pk}"] = forms.TypedChoiceField(
                label=question.text, choices=Able.choices, coerce=int, empty_value=None,
                required=False, widget=forms.RadioSelect, error_messages=CHOOSE,
            )  # fmt: skip

    @property
    def statements(self) -> Iterator[tuple[int, forms.BoundField]]:
        """The statements, numbered."""
        for number, question in enumerate(self.questions, start=1):
            yield number, self[f"q{question.pk}"]

    def clean(self) -> dict[str, Any] | None:
        """At least one answer, to the round that was on the screen."""
        cleaned = super().clean()
        if self.data.get("dot", self.wave) != self.wave:
            now = Wave(self.wave).label.lower()
            self.add_error(None, f"Đợt bạn mở đã xong, nay là đợt {now}. Vẫn đúng thì bấm gửi lại.")
        if not self.errors and not self.answers:
            self.add_error(None, "Bạn chưa trả lời câu nào. Hãy chọn ít nhất một câu rồi bấm gửi.")
        return cleaned

    @property
    def answers(self) -> dict[int, int]:
        """The answers by question."""
        given = {
            question.pk: self.cleaned_data.get(f"q{question.pk}") for question in self.questions
        }
        return {question: answer for question, answer in given.items() if answer}

    @property
    def group(self) -> Group:
        """Who answers."""
        unit = self.cleaned_data.get("unit") or next(iter(self.units))
        audience = self.cleaned_data.get("audience") or next(iter(self.audiences))
        return Group(self.wave, self.units[unit], self.audiences[audience])


def _one_of(
    label: str, rows: dict[int, Any], widget: type[forms.Widget], empty: str = ""
) -> forms.TypedChoiceField:
    choices: list[tuple[Any, str]] = [("", empty)] if empty else []
    choices += [(pk, getattr(row, "name", str(row))) for pk, row in rows.items()]
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=int, widget=widget,
        error_messages={**CHOOSE, "required": f"Xin chọn: {label}"},
    )  # fmt: skip


class CodeForm(forms.Form):
    """The code on a sheet of paper."""

    ma = forms.CharField(label="Mã phiếu", max_length=40)


def _day(label: str, wave: Wave) -> forms.DateField:
    field = forms.DateField(
        label=label, input_formats=["%Y-%m-%d", "%d/%m/%Y"], error_messages=DAY,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    # Away from its round the label alone would not say which one.
    return called(field, f"{wave.label}, {label.lower()}")


class DaysForm(forms.Form):
    """Its name and the days of both rounds: what may be changed once sheets have come in."""

    title = forms.CharField(
        label="Tên phiếu", max_length=160,
        help_text="Người học đọc tên này, ví dụ: Lớp VNeID bản Mẫu, tháng 12.",
        error_messages={"required": "Hãy ghi tên phiếu.", "max_length": "Viết ngắn hơn một chút."},
    )  # fmt: skip
    before_from = _day("Từ ngày", Wave.BEFORE)
    before_to = _day("Đến hết ngày", Wave.BEFORE)
    after_from = _day("Từ ngày", Wave.AFTER)
    after_to = _day("Đến hết ngày", Wave.AFTER)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any] | None:
        """What is wrong with the days is told together with everything else."""
        told = super().clean() or self.cleaned_data
        if all(told.get(name) for name in DAYS):
            for name, said in days_problems(*self.rounds).items():
                self.add_error(name, said)
        return told

    @property
    def rounds(self) -> tuple[Round, Round]:
        """The days that were typed."""
        told = self.cleaned_data
        before = Round(told["before_from"], told["before_to"])
        return before, Round(told["after_from"], told["after_to"])

    def plan(self) -> Plan:
        """What the service takes."""
        before, after = self.rounds
        return Plan(title=self.cleaned_data["title"], before=before, after=after)


class SurveyForm(DaysForm):
    """A survey as a whole."""

    unit = forms.TypedChoiceField(label="Đơn vị", coerce=int, error_messages=CHOOSE)
    audiences = forms.TypedMultipleChoiceField(
        label="Hỏi ai", coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=f"Chọn nhiều nhóm thì người học tự chọn nhóm của mình. Nhiều nhất {MOST_AUDIENCES} nhóm.",
        error_messages={**CHOOSE, "required": "Hãy chọn ít nhất một nhóm."},
    )  # fmt: skip
    split = forms.ChoiceField(
        label="Đếm kết quả", choices=Split.choices, initial=Split.WHOLE, widget=forms.RadioSelect,
        help_text="Đếm theo lớp thì người học chọn lớp, và mỗi lớp có phiếu in riêng.", error_messages=CHOOSE,
    )  # fmt: skip
    competences = forms.TypedMultipleChoiceField(
        label="Hỏi những năng lực nào", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={**CHOOSE, "required": "Hãy chọn ít nhất một năng lực để hỏi."},
    )  # fmt: skip

    def __init__(self, data: Any, *, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        fields: Any = self.fields
        fields["unit"].choices = units
        fields["audiences"].choices = [(row.pk, row.name) for row in Audience.objects.all()]
        asked = Competence.objects.exclude(statement="").select_related("domain").order_by("order")
        self.asked = list(asked)
        fields["competences"].choices = [(one.pk, one.statement) for one in self.asked]

    def clean_audiences(self) -> list[int]:
        """No more groups than a learner can read."""
        chosen: list[int] = self.cleaned_data["audiences"]
        if said := groups_problem(len(chosen)):
            raise forms.ValidationError(said)
        return chosen

    @property
    def domains(self) -> Iterator[tuple[str, list[tuple[Competence, Any]]]]:
        """The statements to choose from, under their domains."""
        pairs = zip(self.asked, self["competences"], strict=True)
        for domain, rows in groupby(pairs, key=lambda pair: pair[0].domain):
            yield str(domain), list(rows)

    def plan(self) -> Plan:
        """What the service takes."""
        told = self.cleaned_data
        before, after = self.rounds
        return Plan(
            title=told["title"], before=before, after=after, split=told["split"],
            audiences=told["audiences"], competences=told["competences"],
        )  # fmt: skip


def proposed() -> dict[str, Any]:
    """What stands in a new survey: two weeks from today, and two weeks a month later."""
    today = timezone.localdate()
    after = today + timedelta(days=ROUND_DAYS + BETWEEN_DAYS)
    usual = Competence.objects.filter(code__in=USUAL).exclude(statement="")
    return {
        "before_from": today, "before_to": today + timedelta(days=ROUND_DAYS),
        "after_from": after, "after_to": after + timedelta(days=ROUND_DAYS),
        "competences": list(usual.values_list("pk", flat=True)),
    }  # fmt: skip


def stored(survey: Survey) -> dict[str, Any]:
    """What stands in the form of a survey that is there."""
    names = ("title", "before_from", "before_to", "after_from", "after_to", "split")
    return {name: getattr(survey, name) for name in names} | {
        "unit": survey.unit_id,
        "seen": survey.version,
        "audiences": list(survey.audiences.values_list("audience", flat=True)),
        "competences": list(survey.questions.values_list("competence", flat=True)),
    }


def key_of(data: Any) -> UUID:
    """The key that a form carries, so that a second press is known; a new one for nonsense."""
    try:
        return UUID(data.get("key", ""))
    except ValueError:
        return uuid4()


class TallyForm(forms.Form):
    """A tally of paper: how many sheets, and of each statement how often each answer; empty is none."""

    sheets = forms.IntegerField(
        label="Số phiếu thu được", min_value=1, max_value=MOST_SHEETS, error_messages=NUMBER,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Đếm tờ, kể cả tờ có câu bỏ trống.",
    )  # fmt: skip
    reason = forms.CharField(
        label="Vì sao sửa",
        max_length=300,
        required=False,
        error_messages={"max_length": "Viết ngắn hơn một chút."},
    )
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, questions: list[SurveyQuestion], pile: SheetPile | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        if pile is None:
            del self.fields["reason"]
        for number, question in enumerate(questions, start=1):
            for answer in Able:
                field = forms.IntegerField(
                    label=answer.label, required=False, min_value=0, max_value=MOST_SHEETS,
                    error_messages=NUMBER,
                )  # fmt: skip
                # Away from its fieldset the label alone would not say which statement.
                called(field, f"Câu {number}, {answer.label}")
                field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
                self.fields[f"q{question.pk}-{answer}"] = field

    @property
    def statements(self) -> Iterator[tuple[int, SurveyQuestion, list[forms.BoundField]]]:
        """The statements, numbered, each with its four numbers."""
        for number, question in enumerate(self.questions, start=1):
            yield number, question, [self[f"q{question.pk}-{answer}"] for answer in Able]

    @property
    def counts(self) -> dict[int, list[int]]:
        """Four numbers for each statement."""
        return {
            question.pk: [self.cleaned_data[f"q{question.pk}-{answer}"] or 0 for answer in Able]
            for question in self.questions
        }


def counted(pile: SheetPile) -> dict[str, Any]:
    """What stands in the form for whoever counted the pile himself."""
    cells = {f"q{row.question_id}-{row.answer}": row.count for row in pile.counts.all()}
    return {"sheets": pile.sheets, **cells}
