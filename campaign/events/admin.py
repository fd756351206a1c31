"""Events in the staff area: a list, forms for what is said, and a page of acts for how an event stands."""

from typing import Any

from django.contrib.admin import display
from django.urls import reverse
from wagtail_modeladmin.helpers import ButtonHelper
from wagtail_modeladmin.options import ModelAdminGroup

from campaign.events.models import Event, EventSeries
from core.admin import RecordAdmin, StaffAdmin


class EventButtons(ButtonHelper):
    """The acts of an event stand on a page of their own."""

    def get_buttons_for_obj(self, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """The acts first."""
        acts = {
            "url": reverse("events-case", args=[obj.pk]), "label": "Hoãn, hủy, kỳ sau",
            "title": f"Việc với {obj}", "classname": "button button-small",
        }  # fmt: skip
        return [acts, *super().get_buttons_for_obj(obj, *args, **kwargs)]


class EventAdmin(RecordAdmin):
    """Events."""

    model = Event
    button_helper_class = EventButtons
    menu_label = "Sự kiện"
    menu_icon = "date"
    list_display = ["title", "kind", "shown_day", "state", "unit", "is_public"]
    list_filter = ["kind", "state", "is_public", "year"]
    list_select_related = ["unit"]
    ordering: Any = ["-starts_on"]

    @display(description="Ngày", ordering="starts_on")
    def shown_day(self, event: Event) -> str:
        """The day, or that none is set."""
        return f"{event.starts_on:%d/%m/%Y}" if event.starts_on else "chưa định ngày"


class SeriesAdmin(StaffAdmin):
    """What recurs every year."""

    model = EventSeries
    menu_label = "Sự kiện hằng năm"
    menu_icon = "repeat"
    list_display = ["name", "kind", "day", "month"]


class EventsGroup(ModelAdminGroup):
    """One entry of the menu."""

    menu_label = "Sự kiện"
    menu_icon = "date"
    menu_order = 265
    items = (EventAdmin, SeriesAdmin)
