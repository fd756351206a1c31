"""The shared base of records in the staff area (wagtail-modeladmin)."""

from typing import Any

from django.contrib.admin.filters import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from wagtail_modeladmin.helpers import PermissionHelper, WagtailBackendSearchHandler
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import DeleteView, EditView, HistoryView, IndexView, InspectView

from core.text import fold, words


class FoldedSearchHandler(WagtailBackendSearchHandler):
    """Finds without marks and case, by the search index; modeladmin's own search is a plain `icontains`."""

    def search_queryset(self, queryset: Any, search_term: str, **kwargs: Any) -> Any:
        """All the folded words; signs are none, and a lone quotation mark is an error to the index."""
        term = " ".join(words(fold(search_term)))
        return super().search_queryset(queryset, term, operator="and", **kwargs)


class NumberedMixin:
    """An address that names no number is not found, instead of failing on it."""

    def __init__(self, model_admin: Any, instance_pk: str) -> None:
        if not (str(instance_pk).isascii() and str(instance_pk).isdecimal()):
            raise Http404
        super().__init__(model_admin, instance_pk)  # type: ignore[call-arg]


class NumberedEditView(NumberedMixin, EditView):
    """Edit."""


class NumberedDeleteView(NumberedMixin, DeleteView):
    """Delete."""


class ListedHistoryView(NumberedMixin, HistoryView):
    """Who changed what: for those who see the list. Modeladmin shows it to everybody in the staff area."""

    permission_helper: PermissionHelper

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Only with a right on the records."""
        if not self.permission_helper.user_can_list(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class GuardedMixin(NumberedMixin):
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


class GuardedHistoryView(GuardedMixin, ListedHistoryView):
    """Who changed what, closed by object."""


class CalmIndexView(IndexView):
    """A list that forgets filters it does not know, instead of failing on them."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """The list, or the list without the unknown filter."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except IncorrectLookupParameters:
            return redirect(self.index_url)


class RelatedFilter(SimpleListFilter):
    """Filters a list by what a foreign key points at; Django's own asks the Django admin, which is not here.

    A subclass names `title`, `parameter_name` (the field) and how a row is `labelled`.
    """

    def labelled(self, related: Any) -> str:
        """The choice's words."""
        return str(related)

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[Any, str]]:
        """Those that some row points at."""
        rows = model_admin.model._default_manager.visible_to(request.user).order_by()
        used = rows.values(self.parameter_name).distinct()
        model = model_admin.model._meta.get_field(self.parameter_name).related_model
        found = model._default_manager.filter(pk__in=used)
        return [(str(related.pk), self.labelled(related)) for related in found]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """The rows that point at the chosen one; nonsense filters nothing."""
        chosen = self.value()
        if chosen is None or not (
            str(chosen).isascii() and str(chosen).isdigit() and len(chosen) < 16
        ):
            return queryset
        return queryset.filter(**{str(self.parameter_name): int(chosen)})


class StaffAdmin(ModelAdmin):
    """A list of the staff area."""

    index_view_class = CalmIndexView
    edit_view_class = NumberedEditView
    delete_view_class = NumberedDeleteView
    history_view_class = ListedHistoryView
    list_per_page = 50


class RecordAdmin(StaffAdmin):
    """A kind of record: folded search, inspection, and nothing that `visible_to` would hide."""

    search_handler_class = FoldedSearchHandler
    edit_view_class = GuardedEditView
    inspect_view_class = GuardedInspectView
    delete_view_class = GuardedDeleteView
    history_view_class = GuardedHistoryView
    inspect_view_enabled = True

    def get_queryset(self, request: Any) -> Any:
        """What this user may see."""
        return self.model._default_manager.visible_to(request.user)


class QueuePermissions(PermissionHelper):
    """A queue is read and worked on by services: no form adds, edits or deletes its rows."""

    def user_can_create(self, user: Any) -> bool:
        """Never by a plain form."""
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        """Never by a plain form."""
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        """Never: what came in stays until its retention is over."""
        return False


class QueueAdmin(RecordAdmin):
    """Records that move by services alone: a list and an inspection with the moves that are open."""

    permission_helper_class = QueuePermissions
