"""What all tests share: clean caches, the first site, signed-in clients."""

import os
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "site"))

PURE = (
    "rules",
    "workflow",
    "frozen",
    "move_tables",
    "text",
    "slugs",
    "phones",
    "workdays",
    "private_links",
    "posts",
    "lines",
    "slips",
    "values",
    "roster_rules",
    "schools_rules",
    "heads_rules",
    "facets",
    "sorting",
    "photos",
    "suppression",
    "series",
    "charts",
    "months",
    "award_rules",
    "award_workflow",
    "recognition_workflow",
    "recognition_matching",
    "quotas",
    "traps",
    "event_rules",
    "registration_rules",
    "question_rules",
    "marking",
    "gift",
    "bank_sheet",
    "picking",
    "planning",
    "path_rules",
    "contribution_rules",
    "contribution_workflow",
    "link_rules",
    "found_links",
    "link_addresses",
    "pack_rules",
    "zipping",
    "names",
    "streams",
    "ranges",
    "survey_rules",
    "withholding",
    "tables",
    "catalogue_rows",
    "catalogue_planning",
    "catalogue_archive",
    "tagging_rules",
    "deadlines",
    "report_rules",
    "report_workflow",
    "telling",
    "papers",
    "word",
    "dates",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of rules, workflows and text need no database: they run once, not per engine."""
    for item in items:
        name = Path(str(item.fspath)).stem.removeprefix("test_")
        if name in PURE:
            item.add_marker(pytest.mark.pure)
        if "journeys" in str(item.fspath):
            item.add_marker(pytest.mark.journey)
        # Side by side, a file stays with one process; the readers too, who share one loaded site.
        folder = item.path.parent.name
        group = folder if folder == "readers" else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(autouse=True)
def clean_cache():
    """No page and no frame of another test."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def load_once(django_db_setup, django_db_blocker, tmp_path_factory):
    """A function that loads what the tests of a module look at: once, and gone after the last of them."""
    from tests.loaded import loaded

    with ExitStack() as stack:

        def once(load):
            folder = tmp_path_factory.mktemp("loaded")
            return stack.enter_context(loaded(load, blocker=django_db_blocker, folder=folder))

        yield once


@pytest.fixture
def home(db):
    """The front page of the first start."""
    from home.models import HomePage

    return HomePage.objects.get()


@pytest.fixture
def sign_in(client, db):
    """A function that signs in somebody with a site-wide role and gives the client."""
    from tests.factories.people import make_user

    def signed_in(role: str):
        client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
