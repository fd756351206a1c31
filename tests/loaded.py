"""What a module's tests read in common, written once; each test's own writes are undone behind it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.test import override_settings

T = TypeVar("T")


@contextmanager
def loaded(load: Callable[[], T], *, blocker: Any, folder: Path) -> Iterator[T]:
    """What `load` gave, written to the database and its files to `folder`; both are gone afterwards.

    For tests inside transactions of their own only: they nest in this one.
    """
    places = {"MEDIA_ROOT": folder / "media", "PRIVATE_ROOT": folder / "private"}
    outer = transaction.atomic()
    with override_settings(**places):
        with blocker.unblock():
            outer.__enter__()
        try:
            with blocker.unblock():
                given = load()
            yield given
        finally:
            with blocker.unblock():
                transaction.set_rollback(True)
                outer.__exit__(None, None, None)
