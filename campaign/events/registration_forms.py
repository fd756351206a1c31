"""Forms of registration: what a guest types, and what the unit says of places."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from campaign.events.choices import Registers
from campaign.events.models import Admission
from campaign.events.services import Guest
from core.person_forms import PersonFields
from core.spam import GuardedForm
from core.text import clean
from privacy.forms import ConsentField
from privacy.models import ConsentText

CONSENT = "dang-ky-su-kien"
NUMBER = {
    "required": "Hãy ghi số người.", "invalid": "Hãy ghi bằng chữ số.",
    "min_value": "Ít nhất %(limit_value)s.", "max_value": "Nhiều nhất %(limit_value)s.",
}  # fmt: skip
MOST = 100_000


class HeadsFields(forms.Form):
    """How many come, and a word about it."""

    heads = forms.IntegerField(
        label="Số người", min_value=1, initial=1, error_messages=NUMBER,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    note = forms.CharField(
        label="Ghi chú", max_length=200, required=False,
        help_text="Ví dụ: đi xe lăn, đến muộn. Không ghi bệnh tật, số căn cước.",
        error_messages={"max_length": "Xin viết không quá %(limit_value)s chữ cái."},
    )  # fmt: skip

    def limit(self, admission: Admission) -> None:
        """As many as one registration may bring; who brings one alone is not asked."""
        field: Any = self.fields["heads"]
        if admission.most == 1:
            field.widget, field.required = forms.HiddenInput(), False
        else:
            field.help_text = f"Nhiều nhất {admission.most} người một phiếu."

    def clean_heads(self) -> int:
        """One, where nothing was asked."""
        return self.cleaned_data.get("heads") or 1

    def clean_note(self) -> str:
        """One line, mended."""
        return " ".join(clean(self.cleaned_data["note"]).split())


class GuestFields(HeadsFields, PersonFields):
    """Who comes; a unit says which it is."""

    unit_name = forms.CharField(
        label="Lớp, đơn vị", max_length=160, error_messages={"required": "Hãy ghi lớp, đơn vị."}
    )

    def suit(self, admission: Admission) -> None:
        """Fields as this event asks for them."""
        self.limit(admission)
        self.fields["full_name"].required = True
        self.fields["full_name"].error_messages["required"] = "Hãy ghi họ và tên."
        if admission.who == Registers.UNITS:
            self.fields["full_name"].label = "Người đăng ký"
        else:
            del self.fields["unit_name"]

    def guest(self) -> Guest:
        """What was typed and understood."""
        told = self.cleaned_data
        names = ("full_name", "phone", "email", "heads", "note")
        return Guest(unit_name=told.get("unit_name", ""), **{name: told[name] for name in names})


class RegistrationForm(GuestFields, GuardedForm):
    """What a guest sends: some way to reach him, and that it may be used for this."""

    links_in: ClassVar[tuple[str, ...]] = ("full_name", "note")
    throttle: ClassVar[str] = "event-registration"

    def __init__(self, *args: Any, admission: Admission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suit(admission)
        self.fields["consent"] = ConsentField(CONSENT, required=True)
        self.fields["consent"].error_messages["required"] = (
            "Hãy đánh dấu đồng ý: không có tên và cách liên lạc thì không giữ chỗ được."
        )

    def clean(self) -> dict[str, Any] | None:
        """A telephone or a mail address: one is enough."""
        if not self.given("phone", "email"):
            self.add_error("phone", "Hãy ghi điện thoại hoặc thư điện tử: một trong hai là đủ.")
        return super().clean()

    def consents(self) -> list[ConsentText]:
        """The wording that was ticked."""
        field = self.fields["consent"]
        return [field.consent_text] if isinstance(field, ConsentField) else []


class DeskGuestForm(GuestFields):
    """Somebody who came by or called, entered by the unit."""

    def __init__(self, *args: Any, admission: Admission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suit(admission)

    def clean(self) -> dict[str, Any] | None:
        """A telephone or a mail address: one is enough."""
        if not self.given("phone", "email"):
            self.add_error("phone", "Hãy ghi điện thoại hoặc thư điện tử: một trong hai là đủ.")
        return super().clean()


class AdmissionForm(forms.Form):
    """How many places, for whom, until when."""

    who = forms.ChoiceField(label="Ai đăng ký", choices=Registers.choices)
    capacity = forms.IntegerField(
        label="Số chỗ", min_value=1, max_value=MOST, required=False, error_messages=NUMBER,
        help_text="Để trống là không giới hạn.",
    )  # fmt: skip
    most = forms.IntegerField(
        label="Mỗi phiếu nhiều nhất mấy người", min_value=1, max_value=1000, initial=1,
        error_messages=NUMBER,
    )  # fmt: skip
    closes_at = forms.DateTimeField(
        label="Nhận đến", required=False, help_text="Để trống là đến lúc bắt đầu.",
        input_formats=["%Y-%m-%dT%H:%M", "%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Viết dạng 17:00 25/12/2026."},
    )  # fmt: skip
    is_open = forms.BooleanField(label="Đang nhận đăng ký", required=False, initial=True)


class CameForm(forms.Form):
    """How many of one registration came; empty while nobody has said."""

    came = forms.IntegerField(
        label="Đã đến", min_value=0, required=False, error_messages=NUMBER,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


def known_offer(admission: Admission | None) -> dict[str, Any]:
    """What is offered now, as the form shows it."""
    if admission is None:
        return {}
    closes_at = admission.closes_at
    return {
        "who": admission.who, "capacity": admission.capacity, "most": admission.most,
        "closes_at": timezone.localtime(closes_at) if closes_at else None,
        "is_open": admission.is_open,
    }  # fmt: skip
