"""Destroys the salt and the digests of days that are over."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from counters.services import roll_counts


class Command(BaseCommand):
    """`manage.py roll_counts`: for a timer, each minute; totals stay."""

    help = "Destroys the salt, the visitors' digests and the addresses' digests of past days."

    def handle(self, *args: Any, **options: Any) -> None:
        """One round."""
        gone = roll_counts(timezone.now())
        if options["verbosity"]:
            self.stdout.write(f"{gone} rows of past days destroyed")
