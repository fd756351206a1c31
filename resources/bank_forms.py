"""Forms of the staff area for a bank: a file, and one question with its answers."""

from typing import Any

from django import forms

from resources.choices import QuestionKind
from resources.models import Competence
from resources.questions.rules import (
    LONGEST,
    MOST_ANSWERS,
    RIGHT_WORD,
    WRONG_WORD,
    Answer,
    Question,
    line,
    lines,
)


class FileForm(forms.Form):
    """A file to be imported."""

    file = forms.FileField(
        label="Tệp .xlsx, .gift hoặc .txt, đến 5 MB",
        error_messages={"required": "Hãy chọn tệp.", "empty": "Tệp rỗng: hãy chọn lại tệp."},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.gift,.txt"}),
    )


class NewBankForm(forms.Form):
    """A new bank: its name; the rest of the page may wait."""

    title = forms.CharField(
        label="Tên bộ câu hỏi",
        max_length=200,
        help_text="Người học đọc tên này, ví dụ: Tự kiểm tra: thanh toán không tiền mặt.",
        error_messages={
            "required": "Hãy đặt tên bộ câu hỏi.",
            "max_length": "Tên dài nhất 200 ký tự.",
        },
    )


class QuestionForm(forms.Form):
    """All of a question but its answers."""

    kind = forms.ChoiceField(label="Loại", choices=QuestionKind.choices)
    text = forms.CharField(
        label="Câu hỏi",
        max_length=LONGEST["text"],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy viết câu hỏi."},
    )
    feedback = forms.CharField(
        label="Giải thích chung",
        max_length=LONGEST["feedback"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Hiện cho mọi người sau khi trả lời: vì sao đúng, nên làm gì.",
    )
    code = forms.CharField(
        label="Mã",
        max_length=LONGEST["code"],
        required=False,
        help_text="Để trống thì trang tự đặt. Mã giữ cho câu hỏi là chính nó khi nhập lại từ tệp.",
    )
    category = forms.CharField(label="Chuyên mục", max_length=LONGEST["category"], required=False)
    competence = forms.ModelChoiceField(
        Competence.objects, label="Năng lực số", required=False, to_field_name="code"
    )


class AnswerForm(forms.Form):
    """A row of the answers."""

    text = forms.CharField(label="Đáp án", max_length=LONGEST["answer"], required=False)
    match = forms.CharField(label="Ghép với", max_length=LONGEST["answer"], required=False)
    is_right = forms.BooleanField(label="Đúng", required=False)
    # A box of one line would join the lines of a stored remark.
    feedback = forms.CharField(
        label="Phản hồi",
        max_length=LONGEST["feedback"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 1}),
    )


AnswerFormSet = forms.formset_factory(
    AnswerForm,
    extra=MOST_ANSWERS,
    max_num=MOST_ANSWERS,
    validate_max=True,
    absolute_max=MOST_ANSWERS,
)


def initial_of(question: Question) -> dict[str, Any]:
    """What the form shows of a stored question."""
    names = ("kind", "text", "feedback", "code", "category", "competence")
    return {name: getattr(question, name) for name in names}


def answers_initial(question: Question) -> list[dict[str, Any]]:
    """What the rows show of its answers."""
    names = ("text", "match", "is_right", "feedback")
    return [{name: getattr(answer, name) for name in names} for answer in question.answers]


def question_of(form: QuestionForm, rows: Any) -> Question:
    """The question that was typed; whether it is sound is for the rules to say."""
    data = form.cleaned_data
    return Question(
        kind=data["kind"],
        text=lines(data["text"]),
        answers=_answers(data["kind"], [row.cleaned_data for row in rows.forms]),
        code=line(data["code"]),
        category=line(data["category"]),
        competence=data["competence"].code if data["competence"] else "",
        feedback=lines(data["feedback"]),
    )


def _answers(kind: str, rows: list[dict[str, Any]]) -> tuple[Answer, ...]:
    typed = [
        Answer(
            text=line(row.get("text", "")),
            is_right=bool(row.get("is_right")),
            feedback=lines(row.get("feedback", "")),
            match=line(row.get("match", "")),
        )
        for row in rows
    ]
    if kind == QuestionKind.TRUE_FALSE:
        named = zip((RIGHT_WORD, WRONG_WORD), typed, strict=False)
        return tuple(Answer(word, answer.is_right, answer.feedback) for word, answer in named)
    kept = [answer for answer in typed if answer.text or answer.match or answer.feedback]
    if kind in (QuestionKind.SHORT, QuestionKind.MATCHING):
        # All that is written there is right: nobody has to tick it.
        kept = [Answer(one.text, True, one.feedback, one.match) for one in kept]
    return tuple(kept)
