"""Prints one demo account for each role."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.services import ensure_demo_accounts


class Command(BaseCommand):
    """`manage.py demo_accounts [--json]`; refused in production."""

    help = "Creates and prints the demo accounts, one for each role."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--json` for machines."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create what is missing, then print all."""
        try:
            rows = ensure_demo_accounts()
        except PermissionDenied as refused:
            raise CommandError(str(refused)) from refused
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(f"  {row['role']:<14} {row['username']:<20} {row['password']}")
