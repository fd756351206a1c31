"""Sends what is due and forgets what was sent long ago."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from outbox.services import forget_old, send_due


class Command(BaseCommand):
    """`manage.py send_letters`: for a timer, each minute; running it again sends nothing twice."""

    help = "Sends letters that are due, and empties those done with a month ago."

    def handle(self, *args: Any, **options: Any) -> None:
        """One round."""
        now = timezone.now()
        sent, forgotten = send_due(now), forget_old(now)
        if options["verbosity"]:
            self.stdout.write(f"{sent} sent, {forgotten} forgotten")
