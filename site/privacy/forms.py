"""Consent boxes for any form, and the forms of requests about one's own data."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms

from core.person_forms import MessageArea, PersonFields
from core.spam import GuardedForm
from privacy.choices import RequestKind
from privacy.models import ConsentText
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

    def clean(self) -> dict[str, Any] | None:
        """Reachable, then the guard."""
        self.check_reachable()
        return super().clean()


class RequestIntakeForm(AskingPerson):
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
