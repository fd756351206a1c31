"""What letters register with Wagtail."""

from typing import Any

from django.urls import path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from outbox.admin import LetterAdmin, resend

modeladmin_register(LetterAdmin)


@hooks.register("register_admin_urls")
def letter_urls() -> list[Any]:
    """Sending again."""
    return [path("thu-gui-di/<int:pk>/gui-lai/", resend, name="letter-resend")]
