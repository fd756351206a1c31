"""The shared base of records in the staff area (wagtail-modeladmin)."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from wagtail_modeladmin.helpers import WagtailBackendSearchHandler
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import DeleteView, EditView, IndexView, InspectView

from core.text import fold, words


class FoldedSearchHandler(WagtailBackendSearchHandler):
    """Finds without marks and case, by the search index; modeladmin's own search is a plain `icontains`."""

    def search_queryset(self, queryset: Any, search_term: str, **kwargs: Any) -> Any:
        """All the folded words; signs are none, and a lone quotation mark is an error to the index."""
        term = " ".join(words(fold(search_term)))
        return super().search_queryset(queryset, term, operator="and", **kwargs)


class GuardedMixin:
    """Closes a view by object: modeladmin looks an object up by its key, past `get_queryset()`."""

    model_admin: Any
    instance: Any

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Only what the list would show this user."""
        if not self.model_admin.get_queryset(request).filter(pk=self.instance.pk).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class GuardedEditView(GuardedMixin, EditView):
    """Edit, closed by object."""


class GuardedInspectView(GuardedMixin, InspectView):
    """Inspect, closed by object."""


class GuardedDeleteView(GuardedMixin, DeleteView):
    """Delete, closed by object."""


class CalmIndexView(IndexView):
    """A list that forgets filters it does not know, instead of failing on them."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """The list, or the list without the unknown filter."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except IncorrectLookupParameters:
            return redirect(self.index_url)


class StaffAdmin(ModelAdmin):
    """A list of the staff area."""

    index_view_class = CalmIndexView
    list_per_page = 50


class RecordAdmin(StaffAdmin):
    """A kind of record: folded search, inspection, and nothing that `visible_to` would hide."""

    search_handler_class = FoldedSearchHandler
    edit_view_class = GuardedEditView
    inspect_view_class = GuardedInspectView
    delete_view_class = GuardedDeleteView
    inspect_view_enabled = True

    def get_queryset(self, request: Any) -> Any:
        """What this user may see."""
        return self.model._default_manager.visible_to(request.user)
