"""The front page, the search, and the first start."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HomeConfig(AppConfig):
    """Builds what a site needs before its first reader comes."""

    name = "home"
    verbose_name = "Trang chủ"

    def ready(self) -> None:
        """After migrating (home is the last app), make sure that the first pages and roles are there."""
        from core.registry import demo_accounts
        from home.demo.people import role_accounts
        from home.letters import tell_of_request
        from privacy.signals import request_moved

        post_migrate.connect(first_start, sender=self, dispatch_uid="home.first_start")
        request_moved.connect(tell_of_request, dispatch_uid="home.tell_of_request")
        demo_accounts.register(role_accounts, order=10)


def first_start(sender: Any, **kwargs: Any) -> None:
    """Pages, roles, workflow, banner, synonyms: made once, left alone afterwards."""
    from core.cache import renew
    from home.services import ensure_first_site

    ensure_first_site()
    # An update may bring new templates: pages kept by the old version must not be shown.
    renew()
