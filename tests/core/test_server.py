"""What the web server begins with."""

import gc

import pytest

from config.wsgi import application, settle


@pytest.fixture(autouse=True)
def as_before():
    """Other tests keep the collector as it was."""
    yield
    gc.unfreeze()


def test_what_is_loaded_is_looked_through_once():
    gc.unfreeze()
    settle()
    assert gc.get_freeze_count() > 100_000
    assert callable(application)
