"""What the list of items does to many at once: sort them anew, publish, take away as a workbook."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction

from core.forms import ChecklistForm
from office.answers import workbook
from resources.bulk_forms import TagForm
from resources.catalogue.exports import catalogue_book
from resources.catalogue.knowing import catalogue_terms
from resources.catalogue.listing import exported_items, rows_of
from resources.choices import TagOutcome
from resources.item_list import ItemFilterSet
from resources.models import LibraryItemPage
from resources.services.tagging import propose, publish_items, publish_problem, retag

# More would keep a librarian waiting longer than a browser does.
MOST_AT_ONCE = 500
# Of the address, what narrows the list and what only leads through it.
CHOSEN = "id"


class ItemAction(PageBulkAction):
    """An action of the list of items: on those ticked, or on all that its filters leave."""

    models = [LibraryItemPage]
    form_class = forms.Form
    most = MOST_AT_ONCE
    next_url: str

    def __init__(self, request: HttpRequest, model: Any) -> None:
        super().__init__(request, model)
        if self.next_url == request.path:
            # Without items the action's own address leads nowhere.
            self.next_url = reverse("library-items:index")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse more than can be done at once, in words."""
        count = len(self.chosen())
        if count > self.most:
            said = f"Đã chọn {count} học liệu: mỗi lần nhiều nhất {self.most}. Hãy lọc bớt."
            messages.error(request, said)
            return redirect(self.next_url)
        return super().dispatch(request, *args, **kwargs)

    def chosen(self) -> list[int]:
        """The numbers of the chosen items."""
        asked = self.request.GET.getlist(CHOSEN)
        if "all" in asked:
            return list(self.get_all_objects_in_listing_query(None))
        return [int(one) for one in asked if one.isascii() and one.isdigit() and len(one) < 10]

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        """All that the filters of the list leave."""
        query: QueryDict = self.request.GET
        items: Any = LibraryItemPage.objects.all()
        filters = ItemFilterSet(query, queryset=items, request=self.request)
        found = filters.qs
        if words := query.get("q", "").strip():
            numbers = [item.pk for item in items.autocomplete(words)]
            found = found.filter(pk__in=numbers)
        return found.values_list("pk", flat=True)

    def get_actionable_objects(self) -> Any:
        """Those that the user may change, and the others."""
        items = list(self.get_queryset(self.model, self.chosen()))
        if not items:
            raise Http404
        allowed = [item for item in items if self.check_perm(item)]
        others = [item for item in items if item not in allowed]
        return allowed, {"items_with_no_access": others}

    @classmethod
    def get_queryset(cls, model: Any, object_ids: Iterable[int]) -> Any:
        """The items by title."""
        rows = LibraryItemPage.objects.filter(pk__in=list(object_ids)).order_by("title", "pk")
        return rows.defer_streamfields().select_related("licence")

    def object_context(self, obj: Any) -> dict[str, Any]:
        """The item itself."""
        return {"item": obj}


class TagItems(ItemAction):
    """Add and take away topics, audiences, competences, keywords; change the licence."""

    display_name = "Gắn thẻ"
    action_type = "gan-the"
    aria_label = "Gắn thẻ các học liệu đã chọn"
    template_name = "resources/bulk/tag.html"
    form_class = TagForm
    action_priority = 10

    def check_perm(self, page: Any) -> bool:
        """Those who may edit it."""
        return bool(page.permissions_for_user(self.request.user).can_edit())

    def get_form_kwargs(self) -> dict[str, Any]:
        """What may be taken away depends on what the items have."""
        return {**super().get_form_kwargs(), "items": exported_items(self.chosen())}

    def form_valid(self, form: Any) -> HttpResponse:
        """First what would change; then the change."""
        act = self.request.POST.get("viec")
        if act == "ghi":
            answer: HttpResponse = super().form_valid(form)
            return answer
        if act == "sua":
            return TemplateResponse(
                self.request, self.template_name, self.get_context_data(form=form)
            )
        items, _ = self.get_actionable_objects()
        edit = form.edit()
        proposals = [propose(item, edit, by=self.request.user) for item in items]
        sent = [(key, value) for key in form.fields for value in self.request.POST.getlist(key)]
        context = self.get_context_data(form=form) | {
            "proposals": proposals,
            "sent": sent,
            "totals": _counted(proposals),
            "changes": any(one.outcome in WRITTEN for one in proposals),
        }
        return TemplateResponse(self.request, "resources/bulk/tag_preview.html", context)

    def get_execution_context(self) -> dict[str, Any]:
        """Who changes what."""
        return {"user": self.request.user, "edit": self.cleaned_form.edit()}

    @classmethod
    def execute_action(cls, objects: Any, user: Any = None, edit: Any = None, **kwargs: Any) -> Any:
        """Change them; how many went out, how many wait as drafts."""
        done = retag([item.pk for item in objects], edit, by=user)
        published = sum(one.outcome == TagOutcome.PUBLISHED for one in done)
        return published, sum(one.outcome == TagOutcome.DRAFT for one in done)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """What was done with how many."""
        told = []
        if num_parent_objects:
            told.append(f"đã đăng thay đổi của {num_parent_objects} học liệu")
        if num_child_objects:
            told.append(f"đã lưu bản nháp của {num_child_objects} học liệu")
        words = "; ".join(told) or "không học liệu nào phải đổi"
        return f"{words[:1].upper()}{words[1:]}."


WRITTEN = (TagOutcome.PUBLISHED, TagOutcome.DRAFT)


def _counted(proposals: list[Any]) -> list[tuple[str, int]]:
    counts = [(str(one.label), sum(x.outcome == one for x in proposals)) for one in TagOutcome]
    return [(label, count) for label, count in counts if count]


class PublishItems(ItemAction):
    """Publish the newest drafts, the check list ticked once for all of them."""

    display_name = "Đăng"
    action_type = "dang-hoc-lieu"
    aria_label = "Đăng các học liệu đã chọn"
    template_name = "resources/bulk/publish.html"
    form_class = ChecklistForm
    action_priority = 20

    def check_perm(self, page: Any) -> bool:
        """Those who may publish it."""
        return bool(page.permissions_for_user(self.request.user).can_publish())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each item with what keeps it from going out."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        rows = [(row["item"], _stays(row["item"])) for row in context["items"]]
        context["ready"] = [item for item, why in rows if not why]
        context["stays"] = [(item, why) for item, why in rows if why]
        return context

    @classmethod
    def execute_action(cls, objects: Any, user: Any = None, **kwargs: Any) -> Any:
        """Publish them."""
        ready = [item for item in objects if not _stays(item)]
        return publish_items(ready, by=user), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """How many went out."""
        return f"Đã đăng {num_parent_objects} học liệu."


def _stays(item: Any) -> str:
    """Why an item does not go out now, or nothing."""
    if item.live and not item.has_unpublished_changes:
        return "Đã đăng, không có gì mới."
    return publish_problem(item)


class TakeItems(ItemAction):
    """The chosen items as a workbook, in the very columns that an import reads."""

    display_name = "Tải danh mục"
    action_type = "tai-danh-muc"
    aria_label = "Tải danh mục các học liệu đã chọn"
    template_name = "resources/bulk/take.html"
    action_priority = 30
    most = 10_000

    def check_perm(self, page: Any) -> bool:
        """Those who may edit it: drafts are among them."""
        return bool(page.permissions_for_user(self.request.user).can_edit())

    def form_valid(self, form: Any) -> HttpResponse:
        """The workbook."""
        items, _ = self.get_actionable_objects()
        with transaction.atomic():
            rows = list(rows_of(exported_items([item.pk for item in items])))
        name = f"Danh mục học liệu {timezone.localdate():%Y-%m-%d}.xlsx"
        return workbook(catalogue_book(rows, catalogue_terms()), name)
