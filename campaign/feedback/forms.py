"""What readers and the office type."""

from typing import Any, ClassVar, cast
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.rich_text import get_rich_text_editor_widget

from accounts.models import User
from campaign.feedback.choices import Channel, FeedbackKind
from campaign.feedback.models import PLAIN_TEXT
from campaign.feedback.permissions import user_can_handle
from core.person_forms import MessageArea, PersonFields
from core.spam import GuardedForm
from core.workflow import PUBLISHING_CHECKS
from privacy.forms import ConsentField
from privacy.models import ConsentText

CONTACT = "phan-hoi"
PUBLISHING = "dang-hoi-dap"


class FeedbackForm(PersonFields, GuardedForm):
    """What a reader sends. Name and contact are his to give; with them comes the consent."""

    links_in: ClassVar[tuple[str, ...]] = ("message", "full_name")
    throttle: ClassVar[str] = "feedback"

    kind = forms.ChoiceField(
        label="Bạn muốn",
        choices=[
            (FeedbackKind.QUESTION, "Hỏi một điều"),
            (FeedbackKind.SUGGESTION, "Góp ý"),
            (FeedbackKind.DIFFICULTY, "Nói về khó khăn đang gặp"),
        ],
        initial=FeedbackKind.QUESTION,
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một việc.", "invalid_choice": "Hãy chọn một việc."},
    )
    message = MessageArea(
        label="Nội dung",
        help_text="Viết như đang nói chuyện. Đừng ghi mật khẩu, mã OTP, số căn cước.",
    )
    about = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent_contact"] = ConsentField(CONTACT, required=False)
        self.fields["consent_publish"] = ConsentField(PUBLISHING, required=False)

    def clean_about(self) -> str:
        """A place on this site, or nothing."""
        about = self.cleaned_data["about"]
        return about if about.startswith("/") and not about.startswith("//") else ""

    def clean(self) -> dict[str, Any] | None:
        """Whoever gives a name or a contact says that it may be used to answer."""
        if self.given("full_name", "phone", "email") and not self.data.get("consent_contact"):
            self.add_error(
                "consent_contact",
                "Bạn có ghi tên hoặc cách liên lạc: hãy đánh dấu đồng ý, hoặc xóa các ô đó rồi gửi.",
            )
        return super().clean()

    def consents(self) -> list[ConsentText]:
        """The wordings that were ticked."""
        ticked = [
            name for name in ("consent_contact", "consent_publish") if self.cleaned_data[name]
        ]
        return [
            field.consent_text
            for field in (self.fields[name] for name in ticked)
            if isinstance(field, ConsentField)
        ]


class FollowUpForm(GuardedForm):
    """What the sender adds by the private link."""

    links_in: ClassVar[tuple[str, ...]] = ("text",)
    throttle: ClassVar[str] = "feedback-follow"
    text = MessageArea(label="Hỏi thêm", rows=4)


class IntakeForm(PersonFields):
    """What came by telephone, by letter or in person, typed in by the office."""

    kind = forms.ChoiceField(label="Loại", choices=FeedbackKind.choices)
    channel = forms.ChoiceField(
        label="Đường gửi", choices=[c for c in Channel.choices if c[0] != Channel.WEB]
    )
    message = MessageArea(label="Nội dung")
    agreed = forms.BooleanField(
        label="Người gửi đã được nói rõ và đồng ý cho dùng tên, cách liên lạc để trả lời",
        required=False,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean(self) -> dict[str, Any] | None:
        """No name and no contact without the person's word."""
        cleaned = super().clean() or {}
        if self.given("full_name", "phone", "email") and not cleaned.get("agreed"):
            self.add_error("agreed", "Hãy hỏi người gửi trước, hoặc để trống tên và cách liên lạc.")
        return cleaned


class MoveForm(forms.Form):
    """Words that go with a move; `key` makes a double click one answer."""

    text = MessageArea(label="Lời gửi tới người gửi", rows=6)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_key(self) -> UUID:
        """The form's own key, or a new one."""
        return self.cleaned_data.get("key") or uuid4()


class AssignForm(forms.Form):
    """Who is to answer."""

    to = forms.ModelChoiceField(
        label="Giao cho", queryset=User.objects.none(), empty_label="– chọn người –",
        error_messages={"required": "Hãy chọn người xử lý."},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = User.objects.with_perm(
            "feedback.change_feedback", backend="django.contrib.auth.backends.ModelBackend"
        )
        field = cast(forms.ModelChoiceField, self.fields["to"])
        field.queryset = able.order_by("last_name", "first_name", "username")
        field.label_from_instance = lambda user: user.get_full_name()  # type: ignore[method-assign,assignment]

    def clean_to(self) -> User:
        """Somebody who answers for the office."""
        user = self.cleaned_data["to"]
        if not user_can_handle(user):
            raise ValidationError("Người này không có quyền xử lý phản hồi.")
        return user


class FaqForm(forms.Form):
    """A message on its way to the public page: the office's words, each line of the check list ticked."""

    question = forms.CharField(label="Câu hỏi", max_length=200)
    answer = forms.CharField(label="Trả lời")
    heading = forms.CharField(label="Nhóm", max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].widget = get_rich_text_editor_widget(features=PLAIN_TEXT)
        for check in PUBLISHING_CHECKS:
            self.fields[check.name] = forms.BooleanField(
                label=check.label,
                error_messages={"required": "Hãy kiểm tra và đánh dấu điều này trước khi đăng."},
            )


__all__ = [
    "CONTACT",
    "PUBLISHING",
    "AssignForm",
    "FaqForm",
    "FeedbackForm",
    "FollowUpForm",
    "IntakeForm",
    "MoveForm",
]
