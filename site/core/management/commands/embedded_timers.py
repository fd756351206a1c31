"""What timers do on a real server, for the embedded one: publishes scheduled pages every minute."""

import os
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

MINUTE = 60


class Command(BaseCommand):
    """`manage.py embedded_timers`: runs as long as the server that started it."""

    help = "Publishes scheduled pages every minute, until the server that started it ends."

    def handle(self, *args: Any, **options: Any) -> None:
        """One round a minute; the parent's number changes when the server is gone."""
        server = os.getppid()
        while os.getppid() == server:
            call_command("publish_scheduled", verbosity=0)
            connection.close()
            for _ in range(MINUTE):
                if os.getppid() != server:
                    return
                time.sleep(1)
