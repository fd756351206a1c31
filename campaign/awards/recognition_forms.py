"""What is typed about a list of the first tier, its entries and its decision."""

from typing import Any

from django import forms
from django.utils import timezone

from campaign.activities.forms import day_input
from campaign.awards.models import AwardRound, RecognitionEntry, RecognitionList
from campaign.awards.services import ListTold
from campaign.plan.rules import SchoolYear, school_year_of
from campaign.units.models import Unit

LONG = {"max_length": "Viết ngắn hơn một chút: nhiều nhất %(limit_value)d ký tự."}
CHOOSE = {"required": "Hãy chọn.", "invalid_choice": "Hãy chọn trong danh sách."}
ACTIVITIES, TIMES = "hoat-dong", "luot"


class UnitField(forms.ModelChoiceField):
    """A unit by its full name."""

    def label_from_instance(self, obj: Any) -> str:
        """As it is written in papers."""
        return str(obj.name)


class ListForm(forms.Form):
    """A list: whose, for what, on what ground."""

    unit = UnitField(
        label="Đơn vị", queryset=Unit.objects.none(), empty_label=None, error_messages=CHOOSE
    )
    title = forms.CharField(
        label="Tên danh sách", max_length=160, error_messages={"required": "Hãy ghi tên."} | LONG
    )
    occasion = forms.CharField(
        label="Nhân dịp, đợt", max_length=160, required=False, error_messages=LONG,
        help_text="Ví dụ: Chiến dịch tình nguyện hè 2026.",
    )  # fmt: skip
    school_year = forms.TypedChoiceField(
        label="Năm học", coerce=int, error_messages=CHOOSE,
        help_text="Công nhận, biểu dương là căn cứ bình xét thi đua của năm học này.",
    )  # fmt: skip
    ground = forms.CharField(
        label="Căn cứ", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi văn bản một dòng. Phải có trước khi trình.", error_messages=LONG,
    )  # fmt: skip
    round = forms.ModelChoiceField(
        label="Thuộc đợt khen thưởng", queryset=AwardRound.objects.none(), required=False,
        empty_label="Không thuộc đợt nào", error_messages=CHOOSE,
    )  # fmt: skip
    prepared_by = forms.CharField(
        label="Người lập", max_length=120, required=False, error_messages=LONG
    )

    def __init__(
        self, data: Any, *, user: Any, units: Any, listing: RecognitionList | None = None, **kwargs: Any
    ) -> None:  # fmt: skip
        initial = kwargs.pop("initial", {})
        year = school_year_of(timezone.localdate())
        super().__init__(
            data, initial={"school_year": year.begins} | _told(listing) | initial, **kwargs
        )
        years = {year.begins + step for step in (0, -1, -2)}
        if listing is not None:
            years.add(listing.school_year)
            del self.fields["unit"]
            schools = {listing.institution_id}
        else:
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]
            schools = set(units.order_by().values_list("institution", flat=True))
        self.fields["school_year"].choices = [  # type: ignore[attr-defined]
            (begins, SchoolYear(begins).name) for begins in sorted(years, reverse=True)
        ]
        rounds = AwardRound.objects.visible_to(user).public().filter(owner__in=schools)
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]
        if not rounds.exists():
            del self.fields["round"]
        if not user.is_shared:
            del self.fields["prepared_by"]

    def told(self, listing: RecognitionList | None = None) -> ListTold:
        """What a service takes. Call after `is_valid`. What is not asked stays as it is."""
        known = {name: value for name, value in self.cleaned_data.items() if name != "unit"}
        return ListTold(**{**_told(listing), **known})


def _told(listing: RecognitionList | None) -> dict[str, Any]:
    if listing is None:
        return {}
    names = ("title", "occasion", "school_year", "ground", "round", "prepared_by")
    return {name: getattr(listing, name) for name in names}


class NoForm(forms.Form):
    """An act that asks nothing."""


class ReasonForm(forms.Form):
    """Why a list is given back."""

    reason = forms.CharField(
        label="Cần bổ sung, sửa gì", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi cần bổ sung, sửa gì."} | LONG,
    )  # fmt: skip


class DecideForm(forms.Form):
    """The decision, which is signed on paper."""

    number = forms.CharField(
        label="Số quyết định", max_length=60, help_text="Ví dụ: 215/QĐ-CĐHB.",
        error_messages={"required": "Hãy ghi số quyết định."} | LONG,
    )  # fmt: skip
    day = day_input("Ngày quyết định", required=True)


class HandForm(forms.Form):
    """Somebody who is not in the school's roster."""

    full_name = forms.CharField(
        label="Họ và tên", max_length=200, error_messages={"required": "Hãy ghi họ và tên."} | LONG
    )
    place = forms.CharField(
        label="Lớp, đơn vị", max_length=200,
        error_messages={"required": "Hãy ghi lớp hoặc đơn vị."} | LONG,
    )  # fmt: skip
    merit = forms.CharField(label="Thành tích", max_length=500, required=False, error_messages=LONG)


class EntryForm(forms.Form):
    """An entry's merit; name and class where they were typed."""

    full_name = forms.CharField(
        label="Họ và tên", max_length=200, error_messages={"required": "Hãy ghi họ và tên."} | LONG
    )
    place = forms.CharField(
        label="Lớp, đơn vị", max_length=200,
        error_messages={"required": "Hãy ghi lớp hoặc đơn vị."} | LONG,
    )  # fmt: skip
    merit = forms.CharField(
        label="Thành tích", max_length=500, required=False, error_messages=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, data: Any, *, entry: RecognitionEntry) -> None:
        told = {"full_name": entry.full_name, "place": entry.place_name, "merit": entry.merit}
        super().__init__(data, initial=told)
        if not entry.is_typed:
            del self.fields["full_name"]
            del self.fields["place"]


class LogForm(forms.Form):
    """Who in the log: from when to when, at least how much."""

    first = day_input("Từ ngày", required=True)
    last = day_input("Đến hết ngày", required=True)
    least = forms.IntegerField(
        label="Ít nhất", min_value=1, max_value=9999,
        error_messages={"required": "Hãy ghi một số.", "invalid": "Hãy ghi một số.",
                        "min_value": "Ít nhất là 1.", "max_value": "Số này quá lớn."},
    )  # fmt: skip
    of = forms.ChoiceField(
        label="Tính theo", choices=[(ACTIVITIES, "hoạt động"), (TIMES, "lượt người dân được hỗ trợ")],
        error_messages=CHOOSE,
    )  # fmt: skip

    def clean(self) -> None:
        """The days in order."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", "Ngày cuối không được trước ngày đầu.")

    @property
    def least_told(self) -> tuple[int, int]:
        """At least so many activities, times served. Call after `is_valid`."""
        number = self.cleaned_data["least"]
        return (0, number) if self.cleaned_data["of"] == TIMES else (number, 0)
