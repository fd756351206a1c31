"""People who sign in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users and site-wide roles."""

    name = "accounts"
    verbose_name = "Tài khoản"
