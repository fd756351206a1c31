"""People who sign in."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """Users and site-wide roles."""

    default = True

    name = "accounts"
    verbose_name = "Tài khoản"


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's pages of users with this site's forms."""

    user_viewset = "accounts.staff_users.StaffUserViewSet"
