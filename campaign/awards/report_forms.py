"""What is typed about one nominee: the achievement report, confirmations, consents, evidence, invitations."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from campaign.activities.forms import CHOOSE, LONG, CountField, day_input
from campaign.awards.choices import Gender
from campaign.awards.forms import area, offer
from campaign.awards.models import AwardCriterion, CollectiveReport, IndividualReport
from core.phones import read_phone

CLAIM = "tc"
EARLIEST = 1930


class ReportForm(forms.ModelForm[Any]):
    """An achievement report field by field, with a box for each criterion that is told in words."""

    award_form = forms.CharField(
        label="Đề xuất hình thức khen thưởng", max_length=160, required=False, error_messages=LONG
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, criteria: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["award_form"]
        self.criteria = list(criteria)
        for row in self.criteria:
            self.fields[f"{CLAIM}{row.pk}"] = forms.CharField(
                label=f"Tiêu chí {row.number}. {row.text}", max_length=1000, required=False,
                widget=area(2), error_messages=LONG,
            )  # fmt: skip
        for field in self.fields.values():
            field.error_messages |= LONG
        self.initial.setdefault("version", self.instance.version)

    @property
    def claims(self) -> list[Any]:
        """The boxes of the criteria, each with its criterion."""
        return [(row, self[f"{CLAIM}{row.pk}"]) for row in self.criteria]

    def claims_told(self) -> dict[AwardCriterion, str]:
        """What was written for each criterion."""
        return {row: self.cleaned_data[f"{CLAIM}{row.pk}"] for row in self.criteria}

    def words_told(self) -> dict[str, Any]:
        """The report's own columns."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class IndividualForm(ReportForm):
    """Form 2."""

    born_on = day_input("Ngày sinh")
    gender = forms.ChoiceField(
        label="Giới tính", choices=[("", "Không ghi"), *Gender.choices], required=False
    )
    phone = forms.CharField(
        label="Số điện thoại", max_length=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    email = forms.EmailField(
        label="Thư điện tử (nếu có)", max_length=254, required=False,
        error_messages={"invalid": "Địa chỉ thư chưa đúng, ví dụ đúng: ten@example.vn"},
    )  # fmt: skip
    declared = CountField(
        label="Số lượt tự khai thêm",
        help_text="Ngoài số đã xác nhận trong nhật ký. Cần minh chứng; Thường trực sẽ xem.",
    )

    class Meta:
        model = IndividualReport
        fields = (
            "born_on", "gender", "phone", "email", "process", "products", "self_assessment",
            "declared", "declared_why",
        )  # fmt: skip
        widgets = {"process": area(6), "products": area(3), "self_assessment": area(4)}

    def clean_born_on(self) -> Any:
        """A day somebody alive was born on."""
        born = self.cleaned_data["born_on"]
        if born is not None and not EARLIEST <= born.year <= timezone.localdate().year - 5:
            raise ValidationError("Ngày sinh này không đúng.")
        return born

    def clean_phone(self) -> str:
        """In its one stored form; empty stays empty."""
        typed = self.cleaned_data["phone"].strip()
        if not typed:
            return ""
        try:
            return read_phone(typed)
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong


class CollectiveReportForm(ReportForm):
    """Form 3."""

    members = CountField(label="Số lượng thành viên")
    declared = CountField(
        label="Số lượt tự khai thêm",
        help_text="Ngoài số đã xác nhận trong nhật ký. Cần minh chứng; Thường trực sẽ xem.",
    )

    class Meta:
        model = CollectiveReport
        fields = (
            "members", "period", "area", "process", "products", "declared", "declared_why", "spread",
            "praised", "cooperation", "representative", "office", "duties",
        )  # fmt: skip
        widgets = {
            "process": area(6), "products": area(3), "spread": area(2), "praised": area(2),
            "cooperation": area(2), "duties": area(5),
        }  # fmt: skip


class PlaceForm(forms.Form):
    """The signed slip of the place's leader."""

    upload = forms.FileField(
        label="Ảnh chụp hoặc bản quét giấy xác nhận", help_text="In mẫu, xin chữ ký, chụp lại là được.",
        error_messages={"required": "Hãy chọn ảnh hoặc tệp PDF."},
    )  # fmt: skip
    signatory = forms.CharField(
        label="Người ký", max_length=120, error_messages={"required": "Hãy ghi ai đã ký."} | LONG
    )
    office = forms.CharField(
        label="Chức vụ, nơi công tác",
        max_length=200,
        error_messages={"required": "Hãy ghi chức vụ, nơi công tác."} | LONG,
    )
    signed_on = day_input("Ngày ký", required=True)


class AgreeForm(forms.Form):
    """A consent on signed paper."""

    text = forms.ChoiceField(label="Đồng ý việc gì", error_messages=CHOOSE)
    given_by = forms.CharField(
        label="Ai đồng ý",
        max_length=120,
        error_messages={"required": "Hãy ghi họ tên người đồng ý."} | LONG,
    )
    is_guardian = forms.BooleanField(label="Là cha, mẹ hoặc người giám hộ", required=False)
    given_on = day_input("Ngày ký", required=True)
    upload = forms.FileField(
        label="Ảnh chụp hoặc bản quét giấy đồng ý",
        error_messages={"required": "Hãy chọn ảnh hoặc tệp PDF."},
    )

    def __init__(self, *args: Any, texts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["text"]
        field.choices = [(str(row.pk), row.text) for row in texts]


class ManyFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each checked by itself later."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files that were chosen."""
        rows = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in rows if one]


class PieceForm(forms.Form):
    """Evidence: files or a link, and for which criterion."""

    uploads = FilesField(
        label="Ảnh, tệp PDF (chọn được nhiều tệp)", required=False,
        error_messages={"empty": "Tệp này rỗng.", "invalid": "Hãy chọn tệp."},
    )  # fmt: skip
    url = forms.CharField(
        label="hoặc đường dẫn", max_length=500, required=False, error_messages=LONG
    )
    title = forms.CharField(label="Tên gọi", max_length=160, required=False, error_messages=LONG)
    criterion: Any = forms.ModelChoiceField(
        label="Cho tiêu chí", queryset=AwardCriterion.objects.none(), required=False,
        empty_label="Chung", error_messages=CHOOSE,
    )  # fmt: skip

    def __init__(self, *args: Any, criteria: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "criterion", criteria)

    def clean(self) -> dict[str, Any]:
        """One of the two at least."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("uploads") and not cleaned.get("url"):
            raise ValidationError("Hãy chọn tệp hoặc dán đường dẫn.")
        return cleaned


class InviteForm(forms.Form):
    """Until when somebody writes his own report."""

    until = day_input("Viết đến hết ngày", required=True)
    writer: Any = forms.ModelChoiceField(
        label="Ai viết", queryset=None, required=False, empty_label="Ai có đường dẫn",
        help_text="Người có tài khoản sẽ thấy việc này trên bàn làm việc của mình.", error_messages=CHOOSE,
    )  # fmt: skip

    def __init__(self, *args: Any, writers: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if writers is None:
            del self.fields["writer"]
        else:
            offer(self, "writer", writers)


class UntilForm(forms.Form):
    """A new day."""

    until = day_input("Viết tiếp đến hết ngày", required=True)
