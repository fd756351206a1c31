"""What feedback registers with Wagtail."""

from typing import Any

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from campaign.feedback.admin import FeedbackGroup
from campaign.feedback.admin_views import enter, publish

modeladmin_register(FeedbackGroup)


@hooks.register("register_admin_urls")
def desk_urls() -> list[Any]:
    """Entering a message, publishing one."""
    return [
        path("phan-hoi/nhap/", enter, name="feedback-enter"),
        path("phan-hoi/<int:pk>/dua-vao-hoi-dap/", publish, name="feedback-publish"),
    ]


@hooks.register("insert_global_admin_css")
def desk_style() -> str:
    """How queues and their cases look."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/desk.css"))
