"""Requests, consents and wordings in the staff area."""

from datetime import date
from typing import Any

from django.contrib.admin import display
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from wagtail_modeladmin.helpers import DjangoORMSearchHandler
from wagtail_modeladmin.options import ModelAdminGroup

from core.admin import CalmIndexView, QueueAdmin
from privacy.admin_views import case
from privacy.models import ConsentRecord, ConsentText, DataRequest
from privacy.registry import purposes
from privacy.requests import roles_of


class RequestQueueView(CalmIndexView):
    """The queue, with the way to enter what came by letter."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The list's context and what is late."""
        context = super().get_context_data(*args, **kwargs)
        context["late"] = DataRequest.objects.overdue(timezone.localdate()).count()
        context["may_enter"] = bool(roles_of(self.request.user))
        return context


class DataRequestAdmin(QueueAdmin):
    """The queue of requests."""

    model = DataRequest
    search_handler_class = DjangoORMSearchHandler
    index_view_class = RequestQueueView
    menu_label = "Yêu cầu về dữ liệu"
    menu_icon = "lock"
    list_display = ["reference", "kind", "full_name", "due_days", "handler", "state"]
    list_filter = ["state", "kind"]
    search_fields = ("reference", "full_name", "phone", "email")
    ordering: Any = ["-received_at"]

    def inspect_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        """The request with its moves, in the place of a list of fields."""
        return case(request, instance_pk)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With who sees to them, whom each row names."""
        return super().get_queryset(request).select_related("assigned_to")

    @display(description="Người xử lý", ordering="assigned_to")
    def handler(self, asked: DataRequest) -> str:
        """Who sees to it."""
        return asked.assigned_to.get_full_name() if asked.assigned_to else "chưa giao"

    @display(description="Hạn", ordering="due_on")
    def due_days(self, asked: DataRequest) -> str:
        """Until when the next thing that the law asks for has to be done, and the last."""
        today = timezone.localdate()
        act = _due("Thực hiện", asked.due_on, today, open_=asked.is_waiting)
        if not asked.is_waiting or asked.acknowledged_at:
            return act
        reply = _due("Báo tiếp nhận", asked.reply_due, today, open_=True)
        return format_html("{}<br>{}", reply, act)


def _due(what: str, day: date, today: date, *, open_: bool) -> str:
    left = (day - today).days
    if open_ and left < 0:
        return format_html("⚠ {}: <b>quá hạn {} ngày</b>", f"{what} {day:%d/%m/%Y}", -left)
    return f"{what} {day:%d/%m/%Y}" + (f" (còn {left} ngày)" if open_ else "")


class ConsentRecordAdmin(QueueAdmin):
    """The register of consents."""

    model = ConsentRecord
    search_handler_class = DjangoORMSearchHandler
    menu_label = "Sổ đồng ý"
    menu_icon = "check"
    list_display = ["full_name", "purpose", "given_at", "withdrawn_at"]
    list_filter = ["text__purpose"]
    search_fields = ("full_name",)
    inspect_view_fields = [
        "full_name",
        "text",
        "wording",
        "given_at",
        "withdrawn_at",
        "withdrawn_by",
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        """With their wordings, which each row names."""
        return super().get_queryset(request).select_related("text")

    @display(description="Mục đích")
    def purpose(self, consent: ConsentRecord) -> str:
        """What for, and which wording."""
        titles = {purpose.key: purpose.title for purpose in purposes}
        key = consent.text.purpose
        return f"{titles.get(key, key)} (bản {consent.text.version})"


class WordingsView(CalmIndexView):
    """The wordings, with the way to a new one."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The purposes that ask for a consent."""
        context = super().get_context_data(*args, **kwargs)
        context["wordable"] = [purpose for purpose in purposes if purpose.consent]
        return context


class ConsentTextAdmin(QueueAdmin):
    """The wordings."""

    model = ConsentText
    index_view_class = WordingsView
    search_handler_class = DjangoORMSearchHandler
    menu_label = "Câu đồng ý"
    menu_icon = "openquote"
    list_display = ["purpose", "version", "text", "since"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """All of them, for those who keep the register."""
        rows = ConsentText.objects.order_by("purpose", "-version")
        return rows if request.user.has_perm("privacy.view_consentrecord") else rows.none()


class PrivacyGroup(ModelAdminGroup):
    """One entry of the menu."""

    menu_label = "Dữ liệu cá nhân"
    menu_icon = "lock"
    menu_order = 290
    items = (DataRequestAdmin, ConsentRecordAdmin, ConsentTextAdmin)
