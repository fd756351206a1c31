"""What is typed about a round, and on the moves of a report."""

from typing import Any

from django import forms
from django.utils import timezone

from campaign.activities.forms import day_input
from campaign.reporting.choices import LateRule, RoundKind
from campaign.reporting.deadlines import Limit, quarter_to_report, school_year_limit
from campaign.reporting.models import LayoutVersion, Round, SchoolYearEnd
from campaign.reporting.services import Asked
from campaign.units.choices import UnitKind
from campaign.units.models import Unit
from campaign.units.reach import under

LONG = {"max_length": "Viết ngắn hơn một chút: nhiều nhất %(limit_value)d ký tự."}
CHOOSE = {"required": "Hãy chọn.", "invalid_choice": "Hãy chọn trong danh sách."}
# Who usually reports to whom: parts to their school, schools to the department.
USUAL: dict[str, list[UnitKind]] = {
    UnitKind.INSTITUTION: [
        UnitKind.OFFICE,
        UnitKind.FACULTY,
        UnitKind.CENTRE,
        UnitKind.YOUTH_UNION,
    ],
    UnitKind.DEPARTMENT: [UnitKind.INSTITUTION],
}
LIMITS = [("before", "Trước ngày đó"), ("on", "Chậm nhất ngày đó")]


class RoundForm(forms.Form):
    """A new round: what the rule says is filled in already."""

    title = forms.CharField(
        label="Tên kỳ", max_length=160, error_messages={"required": "Hãy ghi tên kỳ."} | LONG
    )
    layout = forms.ModelChoiceField(
        label="Mẫu báo cáo",
        queryset=LayoutVersion.objects.none(),
        empty_label=None,
        error_messages=CHOOSE,
    )
    kinds = forms.MultipleChoiceField(
        label="Ai phải báo cáo", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn ít nhất một loại đơn vị."},
    )  # fmt: skip
    left_out = forms.ModelMultipleChoiceField(
        label="Trừ các đơn vị", queryset=Unit.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, error_messages=CHOOSE,
    )  # fmt: skip
    period_from = day_input("Kỳ từ ngày", required=True)
    period_to = day_input("Kỳ đến hết ngày", required=True)
    data_from = day_input("Số liệu từ ngày", required=True)
    data_to = day_input("Số liệu đến hết ngày", required=True)
    late_rule = forms.ChoiceField(
        label="Hoạt động của kỳ trước được xác nhận muộn", choices=LateRule.choices,
        widget=forms.RadioSelect, initial=LateRule.NEXT,
    )  # fmt: skip
    opens_on = day_input("Mở từ ngày", required=True)
    year_ends_on = day_input("Năm học của trường kết thúc ngày")
    limit_on = day_input("Hạn nộp")
    limit_kind = forms.ChoiceField(
        label="Hiểu hạn là", choices=LIMITS, widget=forms.RadioSelect, initial="on"
    )
    locks_on = day_input(
        "Còn nhận đến hết ngày",
        help_text="Nộp sau hạn vẫn nhận, có ghi là muộn. Để trống: nhận mãi.",
    )
    note = forms.CharField(
        label="Dặn thêm", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=LONG,
    )  # fmt: skip

    def __init__(self, data: Any, *, owner: Unit, kind: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.owner, self.kind = owner, kind
        today = timezone.localdate()
        below = Unit.objects.active(today).filter(under(owner.path))
        there = set(below.order_by().values_list("kind", flat=True))
        kinds = [choice for choice in UnitKind.choices if choice[0] in there]
        fields: Any = self.fields
        fields["kinds"].choices = kinds
        fields["layout"].queryset = LayoutVersion.objects.filter(
            published_at__isnull=False
        ).select_related("form")
        fields["left_out"].queryset = below.exclude(kind=UnitKind.STUDENT_CLASS).order_by("path")
        for value, label in kinds:
            self.fields[f"limit_{value}"] = day_input(f"Hạn riêng: {label}")
        if kind != RoundKind.SCHOOL_YEAR:
            del self.fields["year_ends_on"]
        else:
            self.fields[
                "limit_on"
            ].help_text = "Để trống: chậm nhất 10 ngày sau khi kết thúc năm học."

    @property
    def own_limits(self) -> list[Any]:
        """The fields of each level's own day."""
        return [
            self[name]
            for name in self.fields
            if name.startswith("limit_") and name not in ("limit_on", "limit_kind")
        ]

    def clean(self) -> dict[str, Any]:
        """A school year's limit follows from its end where none was typed."""
        told: dict[str, Any] = super().clean() or {}
        if "limit_on" in self.errors:
            return told
        if not told.get("limit_on"):
            ends_on = told.get("year_ends_on")
            if self.kind == RoundKind.SCHOOL_YEAR and ends_on:
                told["limit_on"], told["limit_kind"] = school_year_limit(ends_on).day, "on"
            else:
                self.add_error("limit_on", "Hãy ghi hạn nộp.")
        return told

    def asked(self) -> Asked:
        """What was typed, as the service takes it."""
        told = self.cleaned_data
        is_inclusive = told["limit_kind"] == "on"
        return Asked(
            kind=self.kind, title=told["title"].strip(), layout=told["layout"],
            period=(told["period_from"], told["period_to"]),
            window=(told["data_from"], told["data_to"]), opens_on=told["opens_on"],
            limit=Limit(told["limit_on"], is_inclusive), locks_on=told["locks_on"],
            late_rule=told["late_rule"], note=told["note"].strip(),
            steps={
                kind: Limit(day, is_inclusive) if (day := told.get(f"limit_{kind}")) else None
                for kind in told["kinds"]
            },
            left_out=told["left_out"], year_ends_on=told.get("year_ends_on"),
        )  # fmt: skip


def proposed(kind: str, owner: Unit) -> dict[str, Any]:
    """What stands in the form of a new round: days by the plan's rule, form and units as the last time."""
    return _days(kind, owner) | _as_before(kind, owner)


def _as_before(kind: str, owner: Unit) -> dict[str, Any]:
    last = Round.objects.filter(owner=owner, kind=kind).order_by("-limit_on").first()
    published = LayoutVersion.objects.filter(published_at__isnull=False)
    if last is not None:
        newest = published.filter(form=last.layout.form_id).order_by("-number").first()
        kinds = list(last.steps.values_list("for_kind", flat=True))
        return {"layout": newest, "kinds": kinds, "left_out": list(last.left_out.all())}
    # Quarters and years follow the plan's annex; the rest is shorter.
    has_annex = kind in (RoundKind.QUARTER, RoundKind.SCHOOL_YEAR)
    fitting = published.exclude(annex="") if has_annex else published.filter(annex="")
    return {"layout": fitting.first() or published.first(), "kinds": USUAL[owner.kind]}


def _days(kind: str, owner: Unit) -> dict[str, Any]:
    """What the plan's rule gives for a round of this kind today (plan CB V.2)."""
    today = timezone.localdate()
    if kind == RoundKind.QUARTER:
        quarter = quarter_to_report(today)
        return {
            "title": f"Báo cáo {quarter.name}", "period_from": quarter.days[0], "period_to": quarter.days[1],
            "data_from": quarter.window[0], "data_to": quarter.window[1], "opens_on": today,
            "limit_on": quarter.limit.day, "limit_kind": "before", "locks_on": quarter.days[1],
        }  # fmt: skip
    begins = today.year if today.month >= 8 else today.year - 1
    first, last = (
        today.replace(year=begins, month=8, day=1),
        today.replace(year=begins + 1, month=5, day=31),
    )
    if kind == RoundKind.SCHOOL_YEAR:
        told = SchoolYearEnd.objects.filter(unit=owner, begins=begins).first()
        return {
            "title": f"Báo cáo năm học {begins}-{begins + 1}", "period_from": first, "period_to": last,
            "data_from": first, "data_to": last, "opens_on": today,
            "year_ends_on": told.ends_on if told else last, "limit_kind": "on",
        }  # fmt: skip
    return {
        "data_from": first,
        "data_to": today,
        "period_from": first,
        "period_to": today,
        "opens_on": today,
    }


class ReasonForm(forms.Form):
    """Why a report is given back."""

    reason = forms.CharField(
        label="Cần bổ sung gì", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=LONG,
    )  # fmt: skip


class PreparedForm(forms.Form):
    """Who really typed, where the account is shared."""

    prepared_by = forms.CharField(
        label="Người lập", max_length=120, help_text="Tài khoản này dùng chung: hãy ghi họ tên người lập.",
        error_messages={"required": "Hãy ghi người lập."} | LONG,
    )  # fmt: skip


class NoForm(forms.Form):
    """An act that asks nothing."""


class ExtendForm(forms.Form):
    """More time."""

    until = day_input("Đến hết ngày", required=True)
    why = forms.CharField(
        label="Vì sao", max_length=300, error_messages={"required": "Hãy ghi lý do."} | LONG
    )


class SignedForm(forms.Form):
    """The signed paper."""

    upload = forms.FileField(
        label="Tệp PDF", help_text="Bản quét có chữ ký, dấu; hoặc tệp đã ký số.",
        error_messages={"required": "Hãy chọn tệp PDF."},
    )  # fmt: skip
    number = forms.CharField(
        label="Số, ký hiệu", max_length=60, help_text="Ví dụ: 05/BC-CĐHB.",
        error_messages={"required": "Hãy ghi số, ký hiệu văn thư đã cấp."} | LONG,
    )  # fmt: skip
    signed_on = day_input("Ngày ký", required=True)
    is_digital = forms.BooleanField(label="Tệp được ký số", required=False)


class PieceForm(forms.Form):
    """A piece of evidence: one of three ways."""

    activity: Any = forms.ModelChoiceField(
        label="Hoạt động trong nhật ký",
        queryset=None,
        required=False,
        empty_label="Không chọn",
        error_messages=CHOOSE,
    )
    upload = forms.FileField(label="hoặc tệp (PDF, ảnh)", required=False)
    url = forms.CharField(
        label="hoặc đường dẫn", max_length=500, required=False, error_messages=LONG
    )
    title = forms.CharField(label="Tên gọi", max_length=160, required=False, error_messages=LONG)

    def __init__(self, *args: Any, activities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["activity"]
        field.queryset = activities
