"""Brings the library's “most used” up to date."""

from typing import Any

from django.core.management.base import BaseCommand

from resources.services import count_uses


class Command(BaseCommand):
    """`manage.py count_uses`: for a timer; running it again changes nothing."""

    help = "Counts how often each item of the library was viewed and taken, for its list's order."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many changed."""
        changed = count_uses()
        if options["verbosity"]:
            self.stdout.write(f"{changed} items changed.")
