"""The demo college once for all readers' journeys: they change nothing, so it is loaded one time."""

from collections.abc import Iterator

import pytest

from tests.journeys.conftest import Server, clear_pictures, load_site


@pytest.fixture
def db() -> None:
    """Nothing to undo after a reader: named so that pytest-django makes the test database."""


@pytest.fixture(scope="package")
def shared_site(django_db_setup, django_db_blocker) -> Iterator[Server]:
    """The demo college behind a server, until the last reader has gone; then the database is flushed."""
    from django.core.management import call_command
    from django.db import connection
    from pytest_django.live_server_helper import LiveServer

    with django_db_blocker.unblock():
        assert "test" in str(connection.settings_dict["NAME"]), "This is not the test database."
        load_site()
        server = LiveServer("localhost")
        yield Server(server.url)
        server.stop()
        clear_pictures()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def site(db, shared_site: Server) -> Server:
    """The shared site."""
    return shared_site
