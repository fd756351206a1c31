"""The staff area's form for users: by name and password alone, since many have no e-mail address."""

from typing import Any

from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet


class _WithoutAddress(forms.Form):
    """Asks for what is needed, in the order and words of Vietnamese names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email, given, family = (self.fields[x] for x in ("email", "first_name", "last_name"))
        email.required = given.required = family.required = False
        email.help_text = "Không bắt buộc. Có thư thì người dùng tự đặt lại được mật khẩu khi quên."
        given.label, family.label = "Tên", "Họ và tên đệm"


class StaffCreationForm(_WithoutAddress, UserCreationForm):
    """A new user."""

    class Meta(UserCreationForm.Meta):
        pass


class StaffEditForm(_WithoutAddress, UserEditForm):
    """A user already there."""

    class Meta(UserEditForm.Meta):
        pass


class StaffUserViewSet(UserViewSet):
    """Wagtail's pages of users with the forms above."""

    def get_form_class(self, for_update: bool = False) -> type[forms.Form]:
        """One form to add, one to change."""
        return StaffEditForm if for_update else StaffCreationForm
