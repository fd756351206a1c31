"""Forms of the staff area: what is checked over several rows at once, what is not a column."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm


class DocumentForm(WagtailAdminModelForm):
    """A document with its files and relations."""

    def is_valid(self) -> bool:
        """The form, its rows, and the rows against each other and against the rest of the register."""
        is_valid = super().is_valid()
        return self._relations_hold() and is_valid

    def _relations_hold(self) -> bool:
        """Each new row is asked with this document as its source, which a row alone does not know."""
        formset = self.formsets.get("relations")
        if formset is None:
            return True
        holds = True
        for row in formset.forms:
            if row.errors or not row.has_changed() or formset._should_delete_form(row):
                continue
            if problem := row.instance.problem_with(self.instance):
                row.add_error("target", problem)
                holds = False
        return holds


class PlatformForm(WagtailAdminModelForm):
    """A platform, and whether it stands on a banner."""

    on_banner = forms.BooleanField(
        label="Đặt lên banner",
        required=False,
        help_text="Tên và địa chỉ trên banner tự đổi theo ô ở trên. "
        "Hình, nơi hiện và thời gian sửa ở mục Toàn trang, Banner.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        banner = self.instance.banner
        self.fields["on_banner"].initial = bool(banner and banner.is_active)

    def save(self, commit: bool = True) -> Any:
        """Save, then hang the banner or take it down."""
        from campaign.documents.services import set_banner

        platform = super().save(commit)
        set_banner(platform, shown=self.cleaned_data["on_banner"])
        return platform
