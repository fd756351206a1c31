"""Follows reports up: the day's letters, and what passes on to the successors of merged units."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from campaign.reporting.services import pass_on_ended, send_digests


class Command(BaseCommand):
    """`manage.py follow_reports`: for a timer; running it again tells nobody twice."""

    help = "Sends the day's reminders of reports, once a person and day; passes on what merged units owe."

    def handle(self, *args: Any, **options: Any) -> None:
        """Both, and how many."""
        now = timezone.now()
        passed, told = pass_on_ended(now), send_digests(now)
        if options["verbosity"]:
            self.stdout.write(f"passed on: {passed}; reminded: {told}")
