"""What events register with Wagtail."""

from typing import Any

from django.urls import path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from campaign.events import admin_views
from campaign.events.admin import EventsGroup

modeladmin_register(EventsGroup)


@hooks.register("register_admin_urls")
def events_urls() -> list[Any]:
    """The page of acts."""
    return [path("su-kien/<int:pk>/", admin_views.case, name="events-case")]
