"""Signing in."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm


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
