"""What a unit's keeper types about people."""

from typing import Any

from django import forms

from campaign.units.choices import PersonKind
from campaign.units.forms import day_field
from campaign.units.models import Person, Unit
from core.field_names import called

YEAR_HINT = (
    "Chỉ ghi khi cần: người dưới 16 tuổi phải có cha mẹ hoặc người giám hộ đồng ý mới được nêu tên."
)


class UnitOption(forms.ModelChoiceField):
    """A unit, indented as in the tree."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and code."""
        return f"{'– ' * max(obj.depth - 2, 0)}{obj.name} ({obj.code})"


def code_field() -> forms.CharField:
    """The code of a student or a member of staff."""
    return forms.CharField(
        label="Mã sinh viên hoặc mã cán bộ",
        max_length=30,
        error_messages={"required": "Hãy ghi mã.", "max_length": "Mã dài nhất 30 ký tự."},
    )


def name_field() -> forms.CharField:
    """A full name."""
    return forms.CharField(
        label="Họ và tên",
        max_length=120,
        error_messages={"required": "Hãy ghi họ và tên.", "max_length": "Tên dài nhất 120 ký tự."},
    )


def year_field() -> forms.IntegerField:
    """A year of birth, not asked without need."""
    return forms.IntegerField(
        label="Năm sinh",
        required=False,
        help_text=YEAR_HINT,
        error_messages={"invalid": "Năm sinh viết bằng bốn chữ số, như 2008."},
    )


class AddPersonForm(forms.Form):
    """Somebody new."""

    unit = UnitOption(
        label="Lớp hoặc đơn vị",
        queryset=Unit.objects.none(),
        error_messages={
            "required": "Hãy chọn lớp hoặc đơn vị.",
            "invalid_choice": "Hãy chọn trong danh sách.",
        },
    )
    kind = called(forms.ChoiceField(label="Là", choices=PersonKind.choices), "Là ai")
    code = code_field()
    full_name = name_field()
    birth_year = year_field()
    since = day_field("Có từ ngày")
    with_account = forms.BooleanField(
        label="Mở tài khoản luôn",
        required=False,
        help_text="Tên đăng nhập là mã ở trên. Mật khẩu lần đầu in ra phiếu ở bước sau.",
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class CorrectForm(forms.Form):
    """A mended name, code or year."""

    code = code_field()
    full_name = name_field()
    birth_year = year_field()

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        known = {name: getattr(person, name) for name in ("code", "full_name", "birth_year")}
        kwargs["initial"] = known
        super().__init__(*args, **kwargs)


class MovePersonForm(forms.Form):
    """To another class or office."""

    to = UnitOption(
        label="Chuyển tới",
        queryset=Unit.objects.none(),
        error_messages={
            "required": "Hãy chọn nơi chuyển tới.",
            "invalid_choice": "Hãy chọn trong danh sách.",
        },
    )
    since = day_field("Từ ngày")

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = units  # type: ignore[attr-defined]


class LetGoForm(forms.Form):
    """The last day."""

    last_day = day_field("Ngày cuối ở trường")


class EmailForm(forms.Form):
    """Where an invitation goes."""

    email = forms.EmailField(
        label="Thư điện tử",
        max_length=254,
        error_messages={
            "required": "Hãy ghi địa chỉ thư.",
            "invalid": "Địa chỉ thư có dạng ten@vidu.vn.",
        },
    )


class NoForm(forms.Form):
    """Nothing to type: pressing is enough."""
