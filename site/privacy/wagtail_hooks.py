"""What privacy registers with Wagtail."""

from typing import Any

from django.urls import path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from privacy.admin import PrivacyGroup
from privacy.admin_views import consent_withdrawn, enter, wording

modeladmin_register(PrivacyGroup)


@hooks.register("register_admin_urls")
def privacy_urls() -> list[Any]:
    """Entering a request, wording a consent, writing down that one was taken back."""
    return [
        path("yeu-cau-du-lieu/nhap/", enter, name="data-request-enter"),
        path("cau-dong-y/<slug:key>/", wording, name="consent-wording"),
        path("rut-dong-y/<int:pk>/", consent_withdrawn, name="consent-withdrawn"),
    ]
