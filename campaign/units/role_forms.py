"""What the standing office, and a head, type about roles."""

from typing import Any

from django import forms

from campaign.units.choices import Role
from campaign.units.forms import day_field
from campaign.units.models import Person, Unit
from campaign.units.people_forms import UnitOption

# What each role is for, as one reads it before giving it.
ROLE_WORDS: dict[str, str] = {
    Role.MEMBER: "xem việc của đơn vị, ghi hoạt động mình tham gia",
    Role.REPORTER: "soạn hoạt động, báo cáo, hồ sơ; xem danh sách người",
    Role.UNIT_HEAD: "xác nhận, gửi báo cáo, giữ danh sách người, ủy quyền",
    Role.DEPUTY: "làm thay trưởng đơn vị trong những ngày ghi ở đây",
    Role.STANDING_OFFICE: "lập đơn vị, giao vai trò, mở đợt báo cáo, kiểm tra hồ sơ của cả trường",
    Role.COUNCIL_MEMBER: "xem hồ sơ khen thưởng đã gửi",
    Role.COUNCIL_SECRETARY: "xem hồ sơ khen thưởng đã gửi, ghi kết quả họp",
    Role.LEADER: "xem toàn trường, duyệt",
    Role.DEPARTMENT_OFFICER: "xem báo cáo các trường đã gửi và số tổng hợp, không xem bản nháp",
}


def last_field(label: str, *, required: bool) -> forms.DateField:
    """A last day, included."""
    field = day_field(label)
    field.initial = None
    field.required = required
    field.error_messages["required"] = "Hãy ghi ngày cuối."
    return field


class GrantForm(forms.Form):
    """A role for somebody found before."""

    role = forms.ChoiceField(
        label="Vai trò", error_messages={"required": "Hãy chọn vai trò.", "invalid_choice": "Hãy chọn vai trò."}
    )  # fmt: skip
    unit = UnitOption(
        label="Ở đơn vị",
        queryset=Unit.objects.none(),
        error_messages={
            "required": "Hãy chọn đơn vị.",
            "invalid_choice": "Hãy chọn trong danh sách.",
        },
    )
    starts = day_field("Từ ngày")
    ends = last_field("Đến hết ngày", required=False)

    def __init__(self, *args: Any, units: Any, roles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role, f"{Role(role).label}: {ROLE_WORDS[role]}") for role in roles
        ]
        self.fields["ends"].help_text = "Để trống nếu chưa biết. Ủy quyền thì phải ghi."


class SharedForm(forms.Form):
    """An account for an office's computer."""

    unit = UnitOption(
        label="Của đơn vị",
        queryset=Unit.objects.none(),
        error_messages={
            "required": "Hãy chọn đơn vị.",
            "invalid_choice": "Hãy chọn trong danh sách.",
        },
    )
    name = forms.CharField(
        label="Tên hiển thị", max_length=100, error_messages={"required": "Hãy ghi tên hiển thị."},
        help_text="Như: Văn phòng Khoa Nông Lâm.",
    )  # fmt: skip
    username = forms.CharField(
        label="Tên đăng nhập", max_length=60, error_messages={"required": "Hãy ghi tên đăng nhập."},
        help_text="Chữ không dấu, số và dấu chấm, như: vp.nonglam",
    )  # fmt: skip

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class EndRoleForm(forms.Form):
    """When a role ends."""

    last_day = last_field("Hết ngày", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].help_text = "Để trống là kết thúc ngay bây giờ."


class PersonOption(forms.ModelChoiceField):
    """Somebody of the roster, with the code."""

    def label_from_instance(self, obj: Any) -> str:
        """Name, code, unit."""
        return f"{obj.full_name} ({obj.code}), {obj.unit}"


class DelegateForm(forms.Form):
    """Who acts for the head, and on which days."""

    person = PersonOption(
        label="Ủy quyền cho",
        queryset=Person.objects.none(),
        error_messages={
            "required": "Hãy chọn người.",
            "invalid_choice": "Hãy chọn trong danh sách.",
        },
    )
    starts = day_field("Từ ngày")
    ends = last_field("Đến hết ngày", required=True)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
