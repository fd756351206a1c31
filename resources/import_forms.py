"""Forms of the staff area for an uploaded catalogue."""

from typing import Any
from uuid import uuid4

from django import forms

from resources.choices import KnownItems
from resources.models import ItemImport


class CatalogueForm(forms.Form):
    """A workbook, and the files that it names in one ZIP."""

    table = forms.FileField(
        label="Bảng .xlsx hoặc .csv, đến 10 MB",
        error_messages={"required": "Hãy chọn bảng.", "empty": "Bảng rỗng: hãy chọn lại tệp."},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    archive = forms.FileField(
        label="Tệp nén .zip chứa các tệp mà bảng ghi tên, đến 500 MB (không bắt buộc)",
        required=False,
        error_messages={"empty": "Tệp nén rỗng: hãy chọn lại tệp."},
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )
    # A press that comes twice carries it twice, and is one import.
    key = forms.CharField(max_length=32, widget=forms.HiddenInput)

    def __init__(self, *args: Any, old: ItemImport | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = lambda: uuid4().hex
        if old and old.archive:
            self.fields["archive"].label = "Tệp nén .zip khác"
            self.fields["archive"].help_text = f"Để trống thì dùng lại “{old.archive_name}”."

    def clean_key(self) -> str:
        """Hexadecimal, as it was given out."""
        key: str = self.cleaned_data["key"]
        if len(key) != 32 or not all(char in "0123456789abcdef" for char in key):
            raise forms.ValidationError("Trang đã cũ: hãy tải lại trang rồi gửi lần nữa.")
        return key


class KnownForm(forms.Form):
    """What is done with rows whose items the library has already."""

    known = forms.ChoiceField(
        label="Các dòng đã có trong thư viện",
        choices=KnownItems.choices,
        initial=KnownItems.SKIP,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, may_add: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_add:
            self.fields["known"].choices = [  # type: ignore[attr-defined]
                (KnownItems.SKIP, KnownItems.SKIP.label)
            ]
