"""What timers do on a real server, for the embedded one, every minute."""

import logging
import os
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from core.registry import timers

MINUTE = 60
logger = logging.getLogger(__name__)


def run_timers() -> None:
    """Publish scheduled pages, then run what the apps have registered; one that fails stops no other."""
    for name in ("publish_scheduled", *timers):
        try:
            call_command(name, verbosity=0)
        except Exception:
            logger.exception("Timer %s failed", name)
    connection.close()


class Command(BaseCommand):
    """`manage.py embedded_timers`: runs as long as the server that started it."""

    help = "Runs every timer once a minute, until the server that started it ends."

    def handle(self, *args: Any, **options: Any) -> None:
        """One round a minute; the parent's number changes when the server is gone."""
        server = os.getppid()
        while os.getppid() == server:
            run_timers()
            for _ in range(MINUTE):
                if os.getppid() != server:
                    return
                time.sleep(1)
