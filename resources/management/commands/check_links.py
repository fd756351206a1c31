"""Asks addresses elsewhere whether they still open."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from resources.services.links import ROUND_SECONDS, check_links


class Command(BaseCommand):
    """`manage.py check_links`: for a timer; each run asks a few, what is not due is left alone."""

    help = "Asks links that are due whether they still open, one at a time for each host."

    def add_arguments(self, parser: CommandParser) -> None:
        """How long a run may take."""
        parser.add_argument("--seconds", type=float, default=ROUND_SECONDS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many were asked."""
        count = check_links(seconds=options["seconds"])
        if options["verbosity"]:
            self.stdout.write(f"{count} links asked.")
