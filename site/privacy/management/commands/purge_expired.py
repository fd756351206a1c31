"""Forgets what is kept longer than its purpose allows."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from privacy.services import purge_all


class Command(BaseCommand):
    """`manage.py purge_expired`: for a timer; running it again forgets nothing more."""

    help = "Removes personal data whose time of keeping is over, purpose by purpose."

    def handle(self, *args: Any, **options: Any) -> None:
        """Every purpose that knows how."""
        for key, number in purge_all(timezone.now()).items():
            if options["verbosity"]:
                self.stdout.write(f"{key}: {number}")
