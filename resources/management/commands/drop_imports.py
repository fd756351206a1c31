"""Forgets catalogues that were handed in and never imported."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from resources.services.item_imports import drop_old


class Command(BaseCommand):
    """`manage.py drop_imports`: for a timer; running it again drops nothing more."""

    help = "Removes workbooks and archives of imports that nobody went on with for two weeks."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell how many were dropped."""
        dropped = drop_old(timezone.now())
        if options["verbosity"]:
            self.stdout.write(f"{dropped} imports dropped.")
