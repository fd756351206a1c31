"""What is typed about rounds, proposals and nominees, read kindly."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from campaign.activities.forms import CHOOSE, LONG, day_input
from campaign.awards.choices import Subject
from campaign.awards.models import AwardCriterion, AwardQuota, AwardRound
from campaign.awards.services import RoundTold, plans
from campaign.units.models import Unit
from core.field_names import called


def area(rows: int) -> forms.Textarea:
    """Some lines to write in."""
    return forms.Textarea(attrs={"rows": rows})


def offer(form: forms.Form, name: str, rows: Any) -> None:
    """What may be chosen in a field of the form."""
    field: Any = form.fields[name]
    field.queryset = rows


class NoForm(forms.Form):
    """An act that asks nothing."""


class RoundForm(forms.Form):
    """When, by which plan, with which switches."""

    title = forms.CharField(
        label="Tên đợt", max_length=160, error_messages={"required": "Hãy ghi tên đợt."} | LONG
    )
    plan = forms.CharField(
        label="Căn cứ", max_length=200, help_text="Số, ngày của kế hoạch; in vào tờ trình.",
        error_messages={"required": "Hãy ghi kế hoạch làm căn cứ."} | LONG,
    )  # fmt: skip
    figures_from = day_input("Tính thành tích từ ngày", required=True)
    figures_to = day_input("Đến hết ngày", required=True)
    opens_on = day_input("Nhận hồ sơ từ ngày", required=True)
    closes_on = day_input("Nhận đến hết ngày", required=True)
    needs_report = forms.BooleanField(
        label="Báo cáo thành tích có đủ hai xác nhận là bắt buộc", required=False, initial=True,
        help_text="Kế hoạch vừa xếp báo cáo này vào “ít nhất một tiêu chí”, vừa coi là giấy tờ của hồ sơ. "
        "Bật: ai cũng phải có. Tắt: chỉ là một trong các tiêu chí.",
    )  # fmt: skip
    needs_more = forms.BooleanField(
        label="Ngoài báo cáo phải có thêm ít nhất một tiêu chí", required=False, initial=True,
        help_text="Tắt thì chỉ riêng báo cáo có đủ xác nhận cũng là đủ.",
    )  # fmt: skip

    def told(self) -> RoundTold:
        """As the service takes it."""
        return RoundTold(**{name: self.cleaned_data[name] for name in RoundForm.base_fields})


class NewRoundForm(RoundForm):
    """A new round begins with the rules of a plan."""

    template = forms.ChoiceField(label="Tiêu chí và chỉ tiêu", error_messages=CHOOSE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["template"]
        field.choices = [(key, row["title"]) for key, row in plans().items()]


def proposed_round() -> dict[str, Any]:
    """What stands in the form of a new round: this school year, a fortnight to propose."""
    today = timezone.localdate()
    begins = today.year if today.month >= 8 else today.year - 1
    return {
        "title": f"Khen thưởng phong trào năm học {begins}-{begins + 1}",
        "figures_from": today.replace(year=begins, month=8, day=1),
        "figures_to": today, "opens_on": today, "closes_on": today + timedelta(days=14),
    }  # fmt: skip


class CriterionForm(forms.ModelForm[AwardCriterion]):
    """The words and threshold of one criterion."""

    class Meta:
        model = AwardCriterion
        fields = ("text", "clause", "threshold")
        widgets = {"text": area(4)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.threshold is None:
            del self.fields["threshold"]
        else:
            self.fields["threshold"].required = True
        _say_it_kindly(self)


class QuotaForm(forms.ModelForm[AwardQuota]):
    """The numbers of one line of the quotas."""

    class Meta:
        model = AwardQuota
        fields = ("size_from", "size_to", "most", "clause")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.size_from is None:
            del self.fields["size_from"], self.fields["size_to"]
        else:
            self.fields["size_from"].required = True
        _say_it_kindly(self)

    def clean(self) -> dict[str, Any]:
        """Sizes in order."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("size_from"), cleaned.get("size_to")
        if first is not None and last is not None and last < first:
            raise ValidationError({"size_to": "Không được nhỏ hơn số đầu."})
        return cleaned


def _say_it_kindly(form: Any) -> None:
    for field in form.fields.values():
        field.error_messages |= {
            "required": "Không để trống ô này.", "invalid": "Hãy ghi bằng chữ số.",
            "min_value": "Ít nhất %(limit_value)s.", "max_value": "Nhiều nhất %(limit_value)s.",
        } | LONG  # fmt: skip


class ExtendForm(forms.Form):
    """More time for one unit."""

    unit: Any = forms.ModelChoiceField(
        label="Đơn vị",
        queryset=Unit.objects.none(),
        empty_label="Chọn đơn vị",
        error_messages=CHOOSE,
    )
    until = day_input("Gia hạn đến hết ngày", required=True)
    why = forms.CharField(
        label="Vì sao",
        max_length=300,
        error_messages={"required": "Hãy ghi vì sao gia hạn."} | LONG,
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", units)


class MeritsForm(forms.Form):
    """What the unit has done (form 1)."""

    merits = forms.CharField(
        label="Thành tích nổi bật của đơn vị", max_length=10_000, required=False, widget=area(7),
        help_text="Vài câu: đã mở bao nhiêu lớp, giúp được ai, ở đâu. In vào tờ trình.",
        error_messages=LONG,
    )  # fmt: skip
    prepared_by = forms.CharField(
        label="Người lập", max_length=120, required=False, error_messages=LONG
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why a proposal is given back; what of each nominee is missing stands beside him."""

    reason = forms.CharField(
        label="Cần bổ sung gì", required=False, max_length=4000, widget=area(3), error_messages=LONG
    )


class PreparedForm(forms.Form):
    """Who really typed, where the account is shared."""

    prepared_by = forms.CharField(
        label="Người lập", max_length=120, help_text="Tài khoản này dùng chung: hãy ghi họ tên người lập.",
        error_messages={"required": "Hãy ghi người lập."} | LONG,
    )  # fmt: skip


class ByHandForm(forms.Form):
    """Somebody the roster does not know."""

    subject = called(
        forms.ChoiceField(
            label="Là",
            choices=[(one.value, one.label) for one in (Subject.STUDENT, Subject.STAFF)],
            error_messages=CHOOSE,
        ),
        "Là ai",
    )
    full_name = forms.CharField(
        label="Họ và tên", max_length=120, error_messages={"required": "Hãy ghi họ và tên."} | LONG
    )
    code = forms.CharField(label="Mã (nếu có)", max_length=30, required=False, error_messages=LONG)
    home: Any = forms.ModelChoiceField(
        label="Lớp, đơn vị", queryset=Unit.objects.none(), empty_label="Chọn lớp, đơn vị",
        error_messages=CHOOSE,
    )  # fmt: skip

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "home", units)


class CollectiveForm(forms.Form):
    """An office, a class, a team; and at which faculty it is counted, where that is not plain."""

    unit: Any = forms.ModelChoiceField(
        label="Tập thể",
        queryset=Unit.objects.none(),
        empty_label="Chọn tập thể",
        error_messages=CHOOSE,
    )
    home: Any = forms.ModelChoiceField(
        label="Tính chỉ tiêu ở khoa", queryset=Unit.objects.none(), required=False,
        empty_label="Khoa của tập thể",
        help_text="Chỉ chọn khi đội có người của nhiều khoa, hoặc không thuộc khoa nào.",
        error_messages=CHOOSE,
    )  # fmt: skip
    reason = forms.CharField(
        label="Vì sao chọn khoa này", max_length=300, required=False, error_messages=LONG
    )

    def __init__(self, *args: Any, units: Any, faculties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", units)
        offer(self, "home", faculties)


class SignedForm(forms.Form):
    """The signed paper."""

    upload = forms.FileField(
        label="Ảnh chụp, bản quét hoặc tệp PDF đã ký số",
        error_messages={"required": "Hãy chọn ảnh hoặc tệp PDF."},
    )
    number = forms.CharField(
        label="Số, ký hiệu", max_length=60, help_text="Ví dụ: 05/TTr-KNL. Khoa không lấy số thì ghi: không số.",
        error_messages={"required": "Hãy ghi số, ký hiệu của tờ trình."} | LONG,
    )  # fmt: skip
    signed_on = day_input("Ngày ký", required=True)
    is_digital = forms.BooleanField(label="Tệp được ký số", required=False)


def round_initial(asked: AwardRound) -> dict[str, Any]:
    """What stands in the form of a round that is changed."""
    return {name: getattr(asked, name) for name in RoundForm.base_fields}
