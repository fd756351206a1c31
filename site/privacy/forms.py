"""Consent boxes for any form, and the forms of requests about one's own data."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from core.phones import read_phone
from core.spam import GuardedForm
from core.text import clean
from privacy.choices import RequestKind
from privacy.models import ConsentText
from privacy.rules import message_problem
from privacy.services import current_text


class ConsentField(forms.BooleanField):
    """An unticked box beside the current wording of purpose `key`; `consent_text` is what was shown."""

    consent_text: ConsentText

    def __init__(self, key: str, *, required: bool, **kwargs: Any) -> None:
        self.consent_text = current_text(key)
        kwargs.setdefault(
            "error_messages", {"required": "Cần bạn đánh dấu đồng ý thì mới gửi được."}
        )
        super().__init__(label=self.consent_text.text, required=required, **kwargs)


class MessageArea(forms.CharField):
    """Some lines of text within limits; the message says by how much they are missed."""

    def __init__(self, rows: int = 7, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": "Hãy viết rõ yêu cầu của bạn."})
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def clean(self, value: Any) -> str:
        """The mended text."""
        text = super().clean(clean(str(value or ""))).strip()
        if problem := message_problem(text):
            raise ValidationError(problem)
        return text


class PersonFields(forms.Form):
    """Who asks, and how to reach him: one way at least."""

    full_name = forms.CharField(
        label="Họ và tên",
        max_length=120,
        error_messages={"required": "Hãy ghi họ và tên để tìm đúng dữ liệu của bạn."},
    )
    phone = forms.CharField(label="Điện thoại", max_length=30, required=False)
    email = forms.EmailField(
        label="Thư điện tử",
        required=False,
        error_messages={"invalid": "Địa chỉ thư chưa đúng, ví dụ đúng: ten@example.vn"},
    )

    def clean_full_name(self) -> str:
        """One line, mended."""
        return " ".join(clean(self.cleaned_data["full_name"]).split())

    def clean_phone(self) -> str:
        """In its one stored form."""
        phone = self.cleaned_data["phone"]
        if not phone.strip():
            return ""
        try:
            return read_phone(phone)
        except ValueError as refused:
            raise ValidationError(str(refused)) from refused

    def check_reachable(self) -> None:
        """One way to reach the person, or a word at the telephone."""
        if not any(self.data.get(name, "").strip() for name in ("phone", "email")):
            self.add_error("phone", "Hãy ghi số điện thoại hoặc thư điện tử để nhà trường trả lời.")


class DataRequestForm(PersonFields, GuardedForm):
    """What a person asks about his own data."""

    links_in: ClassVar[tuple[str, ...]] = ("message", "full_name")
    throttle: ClassVar[str] = "data-request"

    kind = forms.ChoiceField(
        label="Bạn muốn",
        choices=RequestKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một việc.", "invalid_choice": "Hãy chọn một việc."},
    )
    message = MessageArea(
        label="Nói rõ hơn",
        help_text="Dữ liệu nào, bạn đã gửi ở đâu, khi nào; có mã số thì ghi mã số. "
        "Đừng gửi ảnh hay số căn cước.",
    )
    for_child = forms.BooleanField(
        label="Tôi là cha, mẹ hoặc người giám hộ, gửi thay cho trẻ dưới 16 tuổi", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["kind", "message", "full_name", "phone", "email", "for_child"])
        for name, hint in (("full_name", "name"), ("phone", "tel"), ("email", "email")):
            self.fields[name].widget.attrs["autocomplete"] = hint
        self.fields["phone"].widget.attrs["inputmode"] = "tel"

    def clean(self) -> dict[str, Any] | None:
        """Reachable, then the guard."""
        self.check_reachable()
        return super().clean()


class RequestIntakeForm(PersonFields):
    """A request that came by letter, by telephone or in person, typed in by the office."""

    kind = forms.ChoiceField(label="Yêu cầu", choices=RequestKind.choices)
    message = MessageArea(label="Nội dung")
    for_child = forms.BooleanField(label="Gửi thay trẻ dưới 16 tuổi", required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean(self) -> dict[str, Any] | None:
        """Reachable."""
        self.check_reachable()
        return super().clean()


class WordsForm(forms.Form):
    """Words that go with a move; the person reads them."""

    text = MessageArea(label="Lời gửi tới người yêu cầu", rows=5)


class WordingForm(forms.Form):
    """A new wording of a consent; those given before keep theirs."""

    text = forms.CharField(
        label="Câu đồng ý", max_length=600, min_length=20, widget=forms.Textarea(attrs={"rows": 4})
    )
