"""Letters about requests on one's own data: the privacy floor tells what happened, here it is written."""

from typing import Any

from django.utils import timezone

from core.templatetags.site_tags import absolute
from outbox.services import queue_letter

SUBJECTS = {
    "receive": "đã nhận",
    "acknowledge": "đang được giải quyết",
    "extend": "được gia hạn",
    "complete": "đã thực hiện",
    "refuse": "không thực hiện được",
}


def tell_of_request(sender: Any, *, request: Any, event: Any, **kwargs: Any) -> None:
    """Tell the person, who gets the private link and no word of the matter."""
    if not request.email or event.move not in SUBJECTS:
        return
    queue_letter(
        to=request.email,
        subject=f"Yêu cầu {request.reference}: {SUBJECTS[event.move]}",
        template="data_request",
        context={
            "reference": request.reference,
            "state": SUBJECTS[event.move],
            "due_on": request.due_on if request.is_waiting else None,
            "link": absolute(request.get_absolute_url()),
        },
        key=f"data-request-event-{event.pk}",
        now=timezone.now(),
    )
