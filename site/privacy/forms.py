"""Consent boxes for any form, and the forms of requests about one's own data."""

from datetime import date
from typing import Any, ClassVar, cast
from uuid import uuid4

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.person_forms import MessageArea, PersonFields
from core.spam import GuardedForm
from core.text import clean
from privacy.choices import EXPLAINED, RequestKind
from privacy.models import ConsentText
from privacy.rules import MAX_REASON, receipt_problem
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


class AskingPerson(PersonFields):
    """Who asks, and one way at least to reach him."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["full_name"]
        name.required = True
        name.error_messages["required"] = "Hãy ghi họ và tên để tìm đúng dữ liệu của bạn."
        self.fields["message"].error_messages["required"] = "Hãy viết rõ yêu cầu của bạn."

    def check_reachable(self) -> None:
        """One way to reach the person, or a word at the telephone."""
        if not self.given("phone", "email"):
            self.add_error("phone", "Hãy ghi số điện thoại hoặc thư điện tử để nhà trường trả lời.")


class DataRequestForm(AskingPerson, GuardedForm):
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

    @property
    def kinds(self) -> list[tuple[Any, str]]:
        """Each choice of a kind with the line that explains it."""
        return [(choice, EXPLAINED[choice.data["value"]]) for choice in self["kind"]]

    def clean(self) -> dict[str, Any] | None:
        """Reachable, then the guard."""
        self.check_reachable()
        return super().clean()


class RequestIntakeForm(AskingPerson):
    """A request that came by letter, by telephone or in person, typed in by the office."""

    kind = forms.ChoiceField(label="Yêu cầu", choices=RequestKind.choices)
    received_on = forms.DateField(
        label="Ngày nhận",
        required=False,
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"placeholder": "dd/mm/yyyy"}),
        help_text="Ngày thư đến trường hoặc ngày người yêu cầu nói: hạn theo luật tính từ ngày này.",
        error_messages={"invalid": "Ngày chưa đúng, ví dụ đúng: 05/02/2026"},
    )
    message = MessageArea(label="Nội dung")
    for_child = forms.BooleanField(label="Gửi thay trẻ dưới 16 tuổi", required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_received_on(self) -> date:
        """Today, where nothing is said."""
        today = timezone.localdate()
        received = self.cleaned_data["received_on"] or today
        if problem := receipt_problem(received, today):
            raise ValidationError(problem)
        return received

    def clean(self) -> dict[str, Any] | None:
        """Reachable."""
        self.check_reachable()
        return super().clean()


class WordsForm(forms.Form):
    """Words that go with a move; the person reads them."""

    text = MessageArea(label="Lời gửi tới người yêu cầu", rows=5)


class ReasonForm(WordsForm):
    """Why the due day is put off; it stands beside the day, so that it is short."""

    def clean_text(self) -> str:
        """As long as its column."""
        text = str(self.cleaned_data["text"])
        if len(text) > MAX_REASON:
            raise ValidationError(
                f"Lý do dài {len(text)} chữ cái, nhiều hơn mức {MAX_REASON}. Hãy rút gọn."
            )
        return text


class AssignForm(forms.Form):
    """Who is to see to a request."""

    to = forms.ModelChoiceField(
        label="Giao cho",
        queryset=get_user_model()._default_manager.none(),
        empty_label="– chọn người –",
        error_messages={
            "required": "Hãy chọn người xử lý.",
            "invalid_choice": "Người này không có quyền giải quyết yêu cầu về dữ liệu.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = cast(Any, get_user_model())._default_manager.with_perm(
            "privacy.change_datarequest", backend="django.contrib.auth.backends.ModelBackend"
        )
        field = cast(forms.ModelChoiceField, self.fields["to"])
        field.queryset = able.order_by("last_name", "first_name", "username")
        field.label_from_instance = lambda user: user.get_full_name()  # type: ignore[method-assign,assignment]


class WordingForm(forms.Form):
    """A new wording of a consent; those given before keep theirs."""

    text = forms.CharField(
        label="Câu đồng ý",
        max_length=600,
        min_length=20,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Hãy viết câu đồng ý."},
    )

    def clean_text(self) -> str:
        """As it is stored: one line, mended."""
        return " ".join(clean(self.cleaned_data["text"]).split())
