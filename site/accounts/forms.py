"""Signing in, choosing and changing a password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.slips import read_code


class SignInForm(AuthenticationForm):
    """Name and password, with messages that say what to do."""

    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng. "
        "Hãy kiểm tra bộ gõ tiếng Việt và phím Caps Lock.",
        "inactive": "Tài khoản này đã ngừng hoạt động. Hãy liên hệ đơn vị thường trực.",
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        username, password = self.fields["username"], self.fields["password"]
        username.label, password.label = "Tên đăng nhập", "Mật khẩu"
        username.error_messages["required"] = "Hãy nhập tên đăng nhập."
        password.error_messages["required"] = "Hãy nhập mật khẩu."
        if isinstance(password, forms.CharField):
            password.strip = False

    def clean_username(self) -> str:
        """Spaces around a name come from the clipboard, not from the person."""
        return str(self.cleaned_data["username"]).strip()

    def get_invalid_login_error(self) -> ValidationError:
        """What is typed like a slip's code gets a word on slips, whether or not there is such a name."""
        if read_code(self.data.get("password", "")):
            return ValidationError(
                "Mã trên phiếu chưa đúng, đã dùng hoặc đã hết hạn. Hãy xem lại từng chữ; nếu vẫn không được, "
                "xin phiếu mới ở trưởng đơn vị, chủ nhiệm lớp hoặc đơn vị thường trực."
            )
        return super().get_invalid_login_error()


def password_field(label: str, complete: str, required: str) -> forms.CharField:
    """A password, never trimmed."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": complete}),
        error_messages={"required": required, "max_length": "Mật khẩu dài nhất 128 ký tự."},
    )


class ChooseForm(forms.Form):
    """A password of one's own, typed twice."""

    new = password_field("Mật khẩu mới", "new-password", "Hãy nhập mật khẩu mới.")
    again = password_field("Gõ lại mật khẩu mới", "new-password", "Hãy gõ lại mật khẩu.")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields[
            "new"
        ].help_text = "Ít nhất 8 ký tự, không chỉ toàn số. Một câu ngắn dễ nhớ là tốt nhất."

    def clean_new(self) -> str:
        """A password that is not easily guessed, and not the slip's code again."""
        new: str = self.cleaned_data["new"]
        if read_code(new):
            raise ValidationError("Đừng dùng lại mã trên phiếu: hãy chọn mật khẩu của riêng bạn.")
        validate_password(new, self.user)
        return new

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        words: dict[str, Any] = super().clean() or {}
        new, again = words.get("new"), words.get("again")
        if new and again and new != again:
            self.add_error("again", "Hai lần gõ chưa giống nhau.")
        return words


class ChangeForm(ChooseForm):
    """Another password; asks for the present one, in case the device was left open."""

    old = password_field("Mật khẩu hiện nay", "current-password", "Hãy nhập mật khẩu hiện nay.")
    field_order = ("old", "new", "again")

    def clean_old(self) -> str:
        """The right one."""
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise ValidationError("Mật khẩu hiện nay chưa đúng.")
        return old


class AddressForm(forms.Form):
    """One's own e-mail address; asks for the password, since a letter to it opens the account."""

    email = forms.EmailField(
        label="Thư điện tử",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Hãy nhập địa chỉ thư.",
            "invalid": "Địa chỉ thư chưa đúng, ví dụ ten@truong.edu.vn.",
        },
    )
    password = password_field(
        "Mật khẩu hiện nay", "current-password", "Hãy nhập mật khẩu hiện nay."
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """The right one."""
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise ValidationError("Mật khẩu hiện nay chưa đúng.")
        return password


class ForgottenForm(forms.Form):
    """Who has forgotten the password."""

    name = forms.CharField(
        label="Tên đăng nhập hoặc thư điện tử",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
        error_messages={"required": "Hãy nhập tên đăng nhập hoặc thư điện tử."},
    )
