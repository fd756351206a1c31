"""Fields of public forms: some lines of text, a person and how to reach him."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.phones import read_phone
from core.rules import message_problem
from core.text import clean


class MessageArea(forms.CharField):
    """Some lines of text; the rule judges the length, so that the message can say by how much it is missed."""

    def __init__(self, rows: int = 7, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": "Hãy viết điều bạn muốn gửi."})
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def clean(self, value: Any) -> str:
        """The mended text, within limits."""
        text = super().clean(clean(str(value or ""))).strip()
        if problem := message_problem(text):
            raise ValidationError(problem)
        return text


class PersonFields(forms.Form):
    """A name, a telephone number, an e-mail address: each his to give, each stored one way."""

    full_name = forms.CharField(
        label="Họ và tên",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label="Điện thoại",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label="Thư điện tử",
        # As the column: the form's own limit is longer, and PostgreSQL refuses what is over.
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Địa chỉ thư chưa đúng, ví dụ đúng: ten@example.vn"},
    )

    def clean_full_name(self) -> str:
        """One line, mended."""
        return " ".join(clean(self.cleaned_data["full_name"]).split())

    def clean_phone(self) -> str:
        """In its one stored form; empty stays empty."""
        phone = self.cleaned_data["phone"]
        if not phone.strip():
            return ""
        try:
            return read_phone(phone)
        except ValueError as refused:
            raise ValidationError(str(refused)) from refused

    def given(self, *names: str) -> bool:
        """Whether anything was typed into one of the fields `names`."""
        return any(self.data.get(self.add_prefix(name), "").strip() for name in names)
