"""What is typed about an activity, read kindly: `30 người` is 30, an old commune's name finds the new one."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from campaign.activities.models import Activity, ActivityKind, Commune
from campaign.activities.permissions import units_to_enter
from campaign.activities.rules import read_count
from campaign.plan.models import Programme
from campaign.units.choices import UnitKind
from campaign.units.models import Unit
from core.text import fold
from resources.models import Audience, Topic

CHOOSE = {"required": "Hãy chọn.", "invalid_choice": "Hãy chọn trong danh sách."}
LONG = {"max_length": "Viết ngắn hơn một chút: nhiều nhất %(limit_value)d ký tự."}


class CountField(forms.CharField):
    """A number as people type it; empty is not told."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            required=False, max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs
        )

    def clean(self, value: Any) -> Any:
        """The number, None, or why it is none."""
        try:
            return read_count(super().clean(value))
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


def day_input(label: str, *, required: bool = False, **kwargs: Any) -> forms.DateField:
    """A day: the telephone's own calendar; typed as 25/12/2026 where there is none."""
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"],
        error_messages={"required": "Hãy ghi ngày.", "invalid": "Ngày viết dạng 25/12/2026."},
        **kwargs,
    )


def hour_input(label: str) -> forms.TimeField:
    """An hour of the day."""
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        input_formats=["%H:%M", "%H:%M:%S", "%Hh%M", "%Hh"],
        error_messages={"invalid": "Giờ viết dạng 14:30."},
    )


class CommuneField(forms.CharField):
    """A commune by its name, new or old; one that is not known belongs into the place."""

    def __init__(self) -> None:
        super().__init__(
            label="Xã, phường",
            required=False,
            max_length=120,
            widget=forms.TextInput(attrs={"list": "cac-xa", "autocomplete": "off"}),
            help_text="Gõ vài chữ rồi chọn; tên cũ cũng tìm được.",
        )

    def clean(self, value: Any) -> Any:
        """The commune that was meant."""
        text = " ".join(super().clean(value).split())
        if not text:
            return None
        found = list(Commune.objects.filter(is_active=True).found(text)[:6])
        exact = [
            row for row in found if fold(text) in (fold(str(row)), fold(row.name), label_key(row))
        ]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0]
        if not found:
            raise forms.ValidationError(
                "Chưa có xã, phường này trong danh mục: hãy ghi vào ô Địa điểm."
            )
        names = "; ".join(commune_label(row) for row in found)
        raise forms.ValidationError(f"Có nhiều nơi khớp: {names}.")


def commune_label(row: Commune) -> str:
    """A commune as it is offered and typed back."""
    return f"{row}, {row.province}"


def label_key(row: Commune) -> str:
    """The same, folded."""
    return fold(commune_label(row))


class UnitOption(forms.ModelChoiceField):
    """Units, indented as they stand."""

    def label_from_instance(self, obj: Any) -> str:
        """The full name."""
        return str(obj.name)


class UnitOptions(forms.ModelMultipleChoiceField):
    """Several units."""

    def label_from_instance(self, obj: Any) -> str:
        """The full name."""
        return str(obj.name)


class ActivityForm(forms.Form):
    """One screen: what, when and where, how many, what was done. Nothing is demanded before it is sent."""

    kind = forms.ModelChoiceField(
        label="Việc gì",
        queryset=ActivityKind.objects.none(),
        empty_label=None,
        error_messages=CHOOSE,
    )
    title = forms.CharField(
        label="Tên hoạt động", required=False, max_length=200, error_messages=LONG,
        help_text="Ví dụ: Lớp cài VNeID cho bà con bản Mẫu.",
    )  # fmt: skip
    unit = UnitOption(label="Đơn vị tổ chức", queryset=Unit.objects.none(), empty_label=None,
                      error_messages=CHOOSE)  # fmt: skip
    starts_on = day_input("Ngày")
    ends_on = day_input("Đến hết ngày", help_text="Chỉ ghi khi kéo dài nhiều ngày.")
    starts_at = hour_input("Từ giờ")
    ends_at = hour_input("Đến giờ")
    commune = CommuneField()
    place = forms.CharField(
        label="Địa điểm", required=False, max_length=200, error_messages=LONG,
        help_text="Nhà văn hóa, điểm trường, nhà dân…",
    )  # fmt: skip
    people_count = CountField(
        label="Số người", help_text="Mỗi người chỉ đếm một lần trong hoạt động này."
    )
    people_na = forms.BooleanField(label="Việc này không đếm người", required=False)
    served_count = CountField(
        label="Số lượt hỗ trợ", help_text="Một người được giúp ba việc là ba lượt."
    )
    served_na = forms.BooleanField(label="Việc này không đếm lượt", required=False)
    why_many = forms.CharField(
        label="Vì sao đông như vậy", required=False, max_length=300, error_messages=LONG,
        help_text="Chỉ cần khi có từ 1.000 người hoặc 3.000 lượt.",
    )  # fmt: skip
    subject = forms.CharField(label="Môn học", required=False, max_length=120, error_messages=LONG)
    periods = CountField(label="Số tiết")
    content = forms.CharField(
        label="Nội dung đã làm", required=False, max_length=5000, error_messages=LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    result = forms.CharField(
        label="Kết quả", required=False, max_length=5000, error_messages=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    programme = forms.ModelChoiceField(
        label="Chương trình, mô hình", queryset=Programme.objects.none(), required=False,
        empty_label="Không thuộc chương trình nào", error_messages=CHOOSE,
    )  # fmt: skip
    topics = forms.ModelMultipleChoiceField(
        label="Chủ đề", queryset=Topic.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, error_messages=CHOOSE,
    )  # fmt: skip
    local_partner = forms.CharField(
        label="Địa phương phối hợp", required=False, max_length=200, error_messages=LONG,
        help_text="Trưởng bản, Đoàn xã, Tổ công nghệ số cộng đồng…",
    )  # fmt: skip
    hosts = UnitOptions(
        label="Cùng tổ chức", queryset=Unit.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, error_messages=CHOOSE,
        help_text="Số liệu chỉ tính một lần, cho đơn vị tổ chức.",
    )  # fmt: skip
    prepared_by = forms.CharField(
        label="Người lập", required=False, max_length=120, error_messages=LONG,
        help_text="Tài khoản này dùng chung: hãy ghi họ tên người đang nhập.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, user: Any, activity: Activity | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.audiences = list(Audience.objects.all())
        units = units_to_enter(user).select_related("institution").order_by("path")
        held = activity.kind_id if activity else None
        self._choose("kind", ActivityKind.objects.filter(Q(is_active=True) | Q(pk=held)))
        self._choose("programme", Programme.objects.filter(is_active=True))
        self._choose("topics", Topic.objects.all())
        mine = Unit.objects.filter(pk=activity.unit_id) if activity else Unit.objects.none()
        self._choose("unit", units | mine)
        self._choose("hosts", self._partners(activity, units))
        self.fields["starts_on"].widget.attrs["max"] = timezone.localdate().isoformat()
        if not user.is_shared:
            del self.fields["prepared_by"]
        for row in self.audiences:
            self.fields[f"g{row.pk}"] = forms.BooleanField(label=row.name, required=False)
            self.fields[f"g{row.pk}_n"] = CountField(label=f"Số người: {row.name}")

    def _choose(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    @staticmethod
    def _partners(activity: Activity | None, units: Any) -> Any:
        """Offices, faculties, teams of the school; classes are too many to tick."""
        school = activity.institution_id if activity else None
        if school is None:
            first = units.first()
            school = (first.institution_id or first.pk) if first else None
        if school is None:
            return Unit.objects.none()
        rows = Unit.objects.filter(institution=school, ends__isnull=True).exclude(pk=school)
        return rows.exclude(kind=UnitKind.STUDENT_CLASS).order_by("path")

    @property
    def group_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The groups: a tick and a number each."""
        return [(self[f"g{row.pk}"], self[f"g{row.pk}_n"]) for row in self.audiences]

    @property
    def understood(self) -> dict[str, Any]:
        """What was typed well, by field; what was not stays with its message."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.errors}

    def groups_told(self) -> dict[int, int | None] | None:
        """People by group; a number alone names its group too. None while one of the numbers is no number."""
        told = self.understood
        found: dict[int, int | None] = {}
        for row in self.audiences:
            if f"g{row.pk}_n" not in told:
                return None
            count = told[f"g{row.pk}_n"]
            if told.get(f"g{row.pk}") or count is not None:
                found[row.pk] = count
        return found


class ShareForm(forms.Form):
    """A member who took part."""

    who = forms.CharField(
        label="Họ tên hoặc mã", required=False, max_length=160, error_messages=LONG,
        widget=forms.TextInput(attrs={"list": "cac-nguoi", "autocomplete": "off"}),
    )  # fmt: skip
    served = CountField(label="Lượt riêng")
    task = forms.CharField(label="Nhiệm vụ", required=False, max_length=200, error_messages=LONG)

    def clean(self) -> Any:
        """A number or a task is somebody's."""
        told = super().clean() or {}
        alone = told.get("served") is not None or told.get("task")
        if alone and not told.get("who") and "who" not in self.errors:
            self.add_error("who", "Hãy ghi họ tên hoặc mã, hoặc xóa cả dòng này.")
        return told


class LinkForm(forms.Form):
    """Where a product can be seen."""

    url = forms.URLField(
        label="Đường dẫn", required=False, max_length=500, assume_scheme="https",
        error_messages={"invalid": "Đường dẫn dạng https://…"},
    )  # fmt: skip
    title = forms.CharField(label="Tên", required=False, max_length=160, error_messages=LONG)
    views = CountField(label="Lượt xem")
    as_of = day_input("Xem ngày")

    def clean(self) -> Any:
        """Views were read on a day, today at the latest; and they are of something."""
        told = super().clean() or {}
        if told.get("views") is not None and not told.get("as_of"):
            told["as_of"] = timezone.localdate()
        if told.get("as_of") and told["as_of"] > timezone.localdate():
            self.add_error("as_of", "Ngày này chưa tới.")
        alone = told.get("views") is not None or told.get("title")
        if alone and not told.get("url") and "url" not in self.errors:
            self.add_error("url", "Hãy ghi đường dẫn.")
        return told


MOST_SHARES = 200
ShareSet = forms.formset_factory(ShareForm, extra=1, max_num=MOST_SHARES, absolute_max=MOST_SHARES)
LinkSet = forms.formset_factory(LinkForm, extra=1, max_num=20, absolute_max=20)


def initial_of(activity: Activity) -> dict[str, Any]:
    """What is stored, as the form shows it."""
    names = (
        "kind", "title", "unit", "starts_on", "ends_on", "starts_at", "ends_at", "place", "people_count",
        "people_na", "served_count", "served_na", "why_many", "subject", "periods", "content", "result",
        "programme", "local_partner", "prepared_by",
    )  # fmt: skip
    told: dict[str, Any] = {name: getattr(activity, name) for name in names}
    told["commune"] = commune_label(activity.commune) if activity.commune else ""
    told["topics"] = list(activity.topics.all())
    told["hosts"] = list(activity.hosts.all())
    for row in activity.served.all():
        told[f"g{row.audience_id}"] = True
        told[f"g{row.audience_id}_n"] = row.count
    return told


def share_rows(activity: Activity) -> list[Mapping[str, Any]]:
    """The members, as the form shows them."""
    return [
        {
            "who": person_label(row.person) if row.person else row.name,
            "task": row.task,
            "served": row.served_count,
        }
        for row in activity.participants.select_related("person")
    ]


def link_rows(activity: Activity) -> list[Mapping[str, Any]]:
    """The links, as the form shows them."""
    return list(activity.links.values("url", "title", "views", "as_of"))


def person_label(person: Any) -> str:
    """Somebody of the roster as he is offered and typed back."""
    return f"{person.code} {person.full_name}"
