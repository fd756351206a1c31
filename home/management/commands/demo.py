"""Fills the site with the demo college."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from accounts.services import ensure_demo_accounts
from home.demo.loader import load_demo, warm_pictures


class Command(BaseCommand):
    """`manage.py demo`; running it again changes nothing; refused in production."""

    help = "Loads the demo college: pages, news, guides, documents, one account for each role."

    def handle(self, *args: Any, **options: Any) -> None:
        """Content first, then accounts, then the pictures' sizes."""
        try:
            load_demo()
            ensure_demo_accounts()
        except PermissionDenied as refused:
            raise CommandError(str(refused)) from refused
        warm_pictures()
        self.stdout.write("Dữ liệu mẫu đã sẵn sàng.")
