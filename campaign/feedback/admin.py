"""Messages, contacts and published questions in the staff area."""

from typing import Any

from django.contrib.admin import display
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail_modeladmin.options import ModelAdminGroup

from campaign.feedback.admin_views import case
from campaign.feedback.models import ContactPoint, FaqEntry, Feedback
from campaign.feedback.permissions import user_can_handle
from campaign.feedback.queries import figures_since, quarter_before
from core.admin import (
    CalmIndexView,
    FoldedSearchHandler,
    QueueAdmin,
    RecordAdmin,
    RelatedFilter,
    StaffAdmin,
)


class QueueView(CalmIndexView):
    """The queue, under the office's own figures."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The list's context and the figures of the last ninety days."""
        today = timezone.localdate()
        context = super().get_context_data(*args, **kwargs)
        context["figures"] = figures_since(quarter_before(today), today)
        context["may_enter"] = user_can_handle(self.request.user)
        return context


class HandlerFilter(RelatedFilter):
    """By who answers."""

    title = "Người xử lý"
    parameter_name = "assigned_to"

    def labelled(self, related: Any) -> str:
        """The full name."""
        return str(related.get_full_name())


class FeedbackAdmin(QueueAdmin):
    """The queue of messages."""

    model = Feedback
    index_view_class = QueueView
    menu_label = "Hỏi đáp, góp ý"
    menu_icon = "mail"
    list_display = ["reference", "short_message", "kind", "received", "due", "state", "handler"]
    list_filter = ["state", "kind", "channel", HandlerFilter]
    ordering: Any = ["-received_at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """What this user may see, with whom it is given to."""
        return super().get_queryset(request).select_related("assigned_to")

    def inspect_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        """The message with its moves, in the place of a list of fields."""
        return case(request, instance_pk)

    @display(description="Nội dung")
    def short_message(self, feedback: Feedback) -> str:
        """The beginning, cut so that a row stays a row."""
        return Truncator(feedback.message).chars(90) or "(đã xóa)"

    @display(description="Nhận lúc", ordering="received_at")
    def received(self, feedback: Feedback) -> str:
        """Day and time."""
        return f"{timezone.localtime(feedback.received_at):%d/%m/%Y %H:%M}"

    @display(description="Hạn trả lời", ordering="due_on")
    def due(self, feedback: Feedback) -> str:
        """The day, with a word where it is past."""
        day = f"{feedback.due_on:%d/%m/%Y}"
        waiting = feedback.is_open and feedback.first_answered_at is None
        if not waiting:
            return day
        left = (feedback.due_on - timezone.localdate()).days
        if left < 0:
            return format_html("⚠ {} <b>quá hạn {} ngày</b>", day, -left)
        return format_html("{} (còn {} ngày)", day, left) if left else f"{day} (hôm nay)"

    @display(description="Người xử lý")
    def handler(self, feedback: Feedback) -> str:
        """Who answers."""
        return feedback.assigned_to.get_full_name() if feedback.assigned_to else "–"


class FaqAdmin(StaffAdmin):
    """Published questions."""

    model = FaqEntry
    search_handler_class = FoldedSearchHandler
    menu_label = "Câu hỏi thường gặp"
    menu_icon = "help"
    list_display = ["question", "heading", "order", "is_published", "published_on"]
    list_filter = ["is_published", "heading"]
    panels = [
        FieldPanel("question"),
        FieldPanel("answer"),
        FieldRowPanel([FieldPanel("heading"), FieldPanel("order")]),
        FieldRowPanel([FieldPanel("is_published"), FieldPanel("published_on")]),
    ]


class ContactAdmin(RecordAdmin):
    """Whom to turn to."""

    model = ContactPoint
    inspect_view_enabled = False
    menu_label = "Đầu mối liên hệ"
    menu_icon = "group"
    list_display = ["function", "unit", "contact_name", "phone", "is_public", "order"]


class FeedbackGroup(ModelAdminGroup):
    """One entry of the menu."""

    menu_label = "Liên hệ"
    menu_icon = "mail"
    menu_order = 280
    items = (FeedbackAdmin, FaqAdmin, ContactAdmin)
