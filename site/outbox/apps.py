"""Mail and notices."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Keeps what is to be sent until it is sent."""

    name = "outbox"
    verbose_name = "Thư gửi đi"

    def ready(self) -> None:
        """What could not be sent at once is tried again by a timer."""
        from core.registry import timers

        timers.register("send_letters", order=20)
