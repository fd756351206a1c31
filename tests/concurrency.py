"""Doing one thing at once from many threads, each with its own connection."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def at_once(count: int, act: Callable[[], T]) -> list[T]:
    """What `act` gave in each of `count` threads that began together."""
    start = Barrier(count)

    def run() -> T:
        start.wait(timeout=30)
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return [task.result() for task in [pool.submit(run) for _ in range(count)]]
