"""The form in which a unit describes its material: a draft may lack anything, nonsense is told at its place."""

from typing import Any

from django import forms

from campaign.units.models import Unit
from core.text import clean
from resources.choices import ItemKind, Rights
from resources.contribution_rules import SORTS, Offer
from resources.models import Audience, Contribution, Language, Licence, Topic

LONG = {"max_length": "Dài quá %(limit_value)d ký tự: bạn đã gõ %(show_value)d."}
CHOOSE = {"invalid_choice": "Hãy chọn trong danh sách."}
CHOOSE_MANY = {**CHOOSE, "invalid_pk_value": "Hãy chọn trong danh sách."}
ACCEPT = ",".join(f".{end}" for ends in SORTS.values() for end in sorted(ends))
MANY = ("audiences", "topics")
TYPED = ("title", "summary", "file", "link", "alt", "source", "note")
LONGEST_NUMBER = 15


class ChosenField(forms.ModelMultipleChoiceField):
    """Several of a list; a number that no row can have is refused before the database would fail on it."""

    def clean(self, value: Any) -> Any:
        """The rows chosen."""
        if isinstance(value, list | tuple) and any(len(str(one)) > LONGEST_NUMBER for one in value):
            raise forms.ValidationError(self.error_messages["invalid_choice"])
        return super().clean(value)


class ContributionForm(forms.Form):
    """All that is told of the material, and its file."""

    unit = forms.ModelChoiceField(
        label="Của đơn vị", queryset=Unit.objects.none(), empty_label=None,
        error_messages={"required": "Hãy chọn đơn vị.", **CHOOSE},
    )  # fmt: skip
    title = forms.CharField(
        label="Tên học liệu", max_length=200, required=False, error_messages=LONG
    )
    kind = forms.ChoiceField(
        label="Loại", required=False, choices=[("", "Hãy chọn"), *ItemKind.choices],
        error_messages=CHOOSE,
    )  # fmt: skip
    summary = forms.CharField(
        label="Tóm tắt", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Một, hai câu: ai học, học xong làm được gì.", error_messages=LONG,
    )  # fmt: skip
    file = forms.FileField(
        label="Tệp", required=False, widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text="PDF, Word, PowerPoint, Excel, ảnh: đến 50 MB; video, âm thanh: đến 150 MB.",
        error_messages={"empty": "Tệp rỗng: hãy chọn lại tệp."},
    )  # fmt: skip
    link = forms.URLField(
        label="Hoặc địa chỉ ở trang khác", max_length=500, required=False, assume_scheme="https",
        help_text="Cho khóa học, video đã đăng ở nơi khác.",
        error_messages={"invalid": "Địa chỉ bắt đầu bằng https:// hoặc http://.", **LONG},
    )  # fmt: skip
    alt = forms.CharField(
        label="Tả hình bằng một câu", max_length=200, required=False, error_messages=LONG,
        help_text="Chỉ khi tệp là hình: người không nhìn thấy hình sẽ nghe câu này.",
    )  # fmt: skip
    language = forms.ModelChoiceField(
        label="Ngôn ngữ", queryset=Language.objects.all(), required=False, empty_label="Hãy chọn",
        error_messages=CHOOSE,
    )  # fmt: skip
    audiences = ChosenField(
        label="Dành cho ai", queryset=Audience.objects.all(), required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE_MANY,
    )  # fmt: skip
    topics = ChosenField(
        label="Chủ đề", queryset=Topic.objects.all(), required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE_MANY,
    )  # fmt: skip
    rights = forms.ChoiceField(
        label="Học liệu này của ai", required=False, choices=Rights.choices,
        widget=forms.RadioSelect, error_messages=CHOOSE,
    )  # fmt: skip
    source = forms.CharField(
        label="Tác giả, nơi lấy", max_length=160, required=False, error_messages=LONG,
        help_text="Chỉ khi là của người khác.",
    )  # fmt: skip
    licence = forms.ModelChoiceField(
        label="Người khác được dùng thế nào", queryset=Licence.objects.all(), required=False,
        empty_label="Hãy chọn", error_messages=CHOOSE,
    )  # fmt: skip
    note = forms.CharField(
        label="Lời nhắn cho thủ thư", max_length=500, required=False, error_messages=LONG,
        widget=forms.Textarea(attrs={"rows": 2}), help_text="Không hiện trên trang.",
    )  # fmt: skip

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One choice each: two readings of the list would be two queries.
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        """On one line."""
        return " ".join(clean(self.cleaned_data["title"]).split())

    @property
    def has_words(self) -> bool:
        """Whether anything was typed or sent that is worth keeping; what is wrong with it counts too."""
        told = any(self.cleaned_data.get(name) for name in TYPED)
        return told or any(name in self.errors for name in TYPED)

    @property
    def offer(self) -> Offer:
        """What is chosen, as the rules know it, while nothing is typed yet."""
        told = self.cleaned_data
        return Offer(
            kind=told.get("kind", ""), has_language=bool(told.get("language")),
            audiences=len(told.get("audiences") or ()), topics=len(told.get("topics") or ()),
            has_licence=bool(told.get("licence")), rights=told.get("rights", ""),
        )  # fmt: skip

    @property
    def understood(self) -> dict[str, Any]:
        """What was typed and understood, as the service takes it: all but unit and file."""
        return {
            name: self.cleaned_data[name]
            for name in self.fields
            if name in self.cleaned_data and name not in ("unit", "file")
        }


def initial_of(contribution: Contribution) -> dict[str, Any]:
    """What the form shows of a stored draft."""
    names = (
        "unit",
        "title",
        "kind",
        "summary",
        "link",
        "alt",
        "language",
        "rights",
        "source",
        "licence",
        "note",
    )
    told = {name: getattr(contribution, name) for name in names}
    return told | {name: [row.pk for row in getattr(contribution, name).all()] for name in MANY}


class ReasonForm(forms.Form):
    """Why something is given back or declined."""

    reason = forms.CharField(
        label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Đơn vị đọc được câu này.",
        error_messages={"required": "Hãy ghi lý do, để đơn vị biết phải sửa gì.", **LONG},
    )  # fmt: skip
