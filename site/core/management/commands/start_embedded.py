"""What `make run` does before the server starts: database and demo, only as far as needed."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core.cache import renew


class Command(BaseCommand):
    """`manage.py start_embedded`: migrates when a migration waits, loads the demo the first time."""

    help = "Prepares the embedded site: migrations, demo content at the first start."

    def handle(self, *args: Any, **options: Any) -> None:
        """A second start finds all done and takes a moment."""
        for folder in (settings.VAR, settings.MEDIA_ROOT, settings.PRIVATE_ROOT):
            Path(folder).mkdir(parents=True, exist_ok=True)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database…")
            call_command("migrate", verbosity=0)
        renew()
        done = settings.VAR / "demo-done"
        if not done.exists():
            self.stdout.write("Loading the demo college…")
            call_command("demo")
            done.touch()
        self.stdout.write("Demo accounts (role, name, password):")
        call_command("demo_accounts")
