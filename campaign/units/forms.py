"""What the office types to change the tree."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from campaign.units.choices import PARENTS, UnitKind
from campaign.units.models import Letterhead, Unit
from campaign.units.rules import code_key

# Names that fit a list one chooses from.
MOST_OFFERED = 200


def yesterday() -> date:
    """The day before today."""
    return timezone.localdate() - timedelta(days=1)


def day_field(label: str, *, initial: Callable[[], date] = timezone.localdate) -> forms.DateField:
    """A day as it is written here."""
    return forms.DateField(
        label=label,
        initial=initial,
        widget=forms.DateInput(attrs={"placeholder": "25/12/2026"}),
        error_messages={"invalid": "Ngày viết dạng 25/12/2026."},
    )


class AddForm(forms.Form):
    """A new unit."""

    kind = forms.ChoiceField(label="Loại", choices=UnitKind.choices)
    code = forms.CharField(label="Mã", max_length=30)
    name = forms.CharField(label="Tên đầy đủ", max_length=200)
    short_name = forms.CharField(label="Tên gọn", max_length=80, required=False)
    starts = day_field("Có từ ngày")
    locality = forms.CharField(label="Địa bàn", max_length=160, required=False)
    local_partner = forms.CharField(label="Địa phương phối hợp", max_length=160, required=False)

    def __init__(self, *args: Any, parent: Unit | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = parent.kind if parent else None
        kinds = [(kind.value, kind.label) for kind in UnitKind if above in PARENTS[kind]]
        self.fields["kind"] = forms.ChoiceField(label="Loại", choices=kinds)
        self.order_fields(["kind", "code", "name", "short_name", "starts"])


class RenameForm(forms.Form):
    """Another name from a day on."""

    name = forms.CharField(label="Tên mới", max_length=200)
    short_name = forms.CharField(label="Tên gọn mới", max_length=80, required=False)
    since = day_field("Dùng từ ngày")


class UnitChoice(forms.ModelChoiceField):
    """A unit among others, with its code."""

    def label_from_instance(self, obj: Any) -> str:
        """Indented as in the tree."""
        return f"{'– ' * (obj.depth - 1)}{obj.name} ({obj.code})"


class UnitByName(forms.CharField):
    """One unit among too many to list: named by its code or its name."""

    def __init__(self, *, among: Any, **kwargs: Any) -> None:
        self.among = among
        kwargs.setdefault("help_text", "Gõ mã, hoặc tên đủ để chỉ còn một đơn vị.")
        super().__init__(max_length=200, **kwargs)

    def clean(self, value: Any) -> Any:
        """The unit that was meant; with several, their codes are told."""
        text = super().clean(value)
        found = list(self.among.found(text).select_related("institution")[:6])
        exact = [unit for unit in found if unit.code_key == code_key(text)]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0]
        if not found:
            raise forms.ValidationError("Không thấy đơn vị nào như vậy trong phạm vi của bạn.")
        names = "; ".join(f"{unit.name} ({unit.code}, {unit.institution})" for unit in found)
        raise forms.ValidationError(f"Có nhiều đơn vị khớp: {names}.")


def target_field(label: str, among: Any) -> forms.Field:
    """A list to choose from; for a whole province a name to type."""
    if among.count() > MOST_OFFERED:
        return UnitByName(label=label, among=among)
    return UnitChoice(label=label, queryset=among)


class MoveForm(forms.Form):
    """Below another unit from a day on."""

    to = UnitChoice(label="Chuyển về dưới", queryset=Unit.objects.none())
    since = day_field("Từ ngày")

    def __init__(self, *args: Any, unit: Unit, among: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in PARENTS[unit.kind] if kind]
        places = among.filter(kind__in=kinds, ends__isnull=True)
        self.fields["to"] = target_field(
            "Chuyển về dưới", places.exclude(path__startswith=unit.path)
        )
        self.order_fields(["to", "since"])


class MergeForm(forms.Form):
    """Into another unit of the same kind."""

    into = UnitChoice(label="Sáp nhập vào", queryset=Unit.objects.none())
    last_day = day_field("Ngày cuối của đơn vị này", initial=yesterday)

    def __init__(self, *args: Any, unit: Unit, among: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = among.filter(kind=unit.kind, ends__isnull=True).exclude(pk=unit.pk)
        self.fields["into"] = target_field("Sáp nhập vào", others)
        self.order_fields(["into", "last_day"])


class EndForm(forms.Form):
    """Ended without a successor."""

    last_day = day_field("Ngày cuối")


class EnrolmentForm(forms.Form):
    """How many students a class has."""

    count = forms.IntegerField(label="Sĩ số", min_value=0, max_value=500)
    as_of = day_field("Tính đến ngày")


class LetterheadForm(forms.ModelForm):
    """What stands at the head and foot of the unit's documents."""

    class Meta:
        model = Letterhead
        exclude = ("unit",)  # noqa: DJ006  Every column but the unit itself.
