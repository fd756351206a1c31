"""Lists of the library in the staff area: what units offer."""

from typing import Any

from django.contrib.admin import display
from django.db.models import Case, IntegerField, When
from django.http import HttpRequest, HttpResponse
from wagtail_modeladmin.helpers import DjangoORMSearchHandler

from core.admin import QueueAdmin
from resources.choices import AT_LIBRARY
from resources.contribution_admin_views import case
from resources.models import Contribution


class ContributionAdmin(QueueAdmin):
    """The queue of what units offer."""

    model = Contribution
    search_handler_class = DjangoORMSearchHandler
    menu_label = "Đóng góp của đơn vị"
    menu_icon = "download"
    menu_order = 261
    list_display = ["title", "kind", "unit", "sent_at", "state"]
    list_filter = ["state", "kind"]
    search_fields = ("title", "summary", "unit__name")
    # Those that wait come first, the longest waiting on top.
    ordering: Any = ["is_done", "sent_at"]

    def inspect_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        """The contribution with its moves, in the place of a list of fields."""
        return case(request, instance_pk)

    def get_queryset(self, request: HttpRequest) -> Any:
        """What has come to the library."""
        rows = super().get_queryset(request).filter(sent_at__isnull=False)
        waits = When(state__in=AT_LIBRARY, then=0)
        done = Case(waits, default=1, output_field=IntegerField())
        return rows.annotate(is_done=done).select_related("unit")

    @display(description="Đơn vị", ordering="unit__name")
    def unit(self, row: Contribution) -> str:
        """The unit that offers it."""
        return row.unit.name
