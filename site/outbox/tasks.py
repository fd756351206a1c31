"""Work for the background."""

from django.utils import timezone
from django_tasks import task


@task(backend="bg")
def send_letter(pk: int) -> None:
    """Send one letter; what can't be sent now is tried again by `send_letters`."""
    from outbox.services import send_now

    send_now(pk, now=timezone.now())
