"""Letters in the staff area: read, and send again what failed."""

from django.contrib.admin import display
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail_modeladmin.helpers import DjangoORMSearchHandler

from core.admin import QueueAdmin
from outbox.choices import LetterState
from outbox.models import Letter
from outbox.services import send_again


class LetterAdmin(QueueAdmin):
    """The letters."""

    model = Letter
    menu_label = "Thư gửi đi"
    menu_icon = "mail"
    menu_order = 900
    add_to_settings_menu = True
    list_display = ["subject", "about", "to_email", "fate", "tries", "created_at", "sent_at"]
    list_filter = ["state"]
    search_handler_class = DjangoORMSearchHandler
    search_fields = ("subject", "about", "to_email")
    inspect_view_fields = ["subject", "about", "to_email", "state", "tries", "last_error", "body",
                           "created_at", "send_after", "sent_at"]  # fmt: skip
    inspect_template_name = "outbox/admin/letter.html"

    @display(description="Tình trạng", ordering="state")
    def fate(self, letter: Letter) -> str:
        """The state, marked where somebody has to look."""
        words = letter.get_state_display()
        return format_html("⚠ <b>{}</b>", words) if letter.state == LetterState.FAILED else words


@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a failed letter back into the queue."""
    if not request.user.has_perm("outbox.change_letter"):
        raise PermissionDenied
    letter = get_object_or_404(Letter.objects.visible_to(request.user), pk=pk)
    if send_again(letter, now=timezone.now()):
        messages.success(request, "Đã đưa thư vào hàng chờ gửi lại.")
    else:
        messages.error(request, "Thư này không gửi lại được: không bị hỏng, hoặc đã xóa địa chỉ.")
    return redirect(reverse("outbox_letter_modeladmin_inspect", args=[pk]))
