"""Proves the kept figures by counting the confirmed activities anew, and mends them when asked to."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaign.activities.services import find_drift, repair_totals


class Command(BaseCommand):
    """`manage.py recount_activities [--repair]`: ends with an error while anything differs."""

    help = "Compares kept figures with a recount of confirmed activities; --repair sets them right."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Repair only when asked to."""
        parser.add_argument(
            "--repair", action="store_true", help="set differing rows to the recount"
        )

    def handle(self, *args: Any, repair: bool = False, **options: Any) -> None:
        """Names each row that differs."""
        found = repair_totals() if repair else find_drift()
        for drift in found:
            self.stdout.write(str(drift))
        if found and not repair:
            raise CommandError(f"{len(found)} rows differ from a recount; run again with --repair.")
        self.stdout.write(
            f"{len(found)} rows repaired." if found else "Kept figures equal a recount."
        )
