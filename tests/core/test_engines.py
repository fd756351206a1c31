"""Both database engines under concurrent writers, as the settings run them."""

from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from core.models import Banner, SearchSynonym


@pytest.mark.django_db
def test_sqlite_is_a_file_in_wal_mode_with_patience():
    if connection.vendor != "sqlite":
        pytest.skip("PRAGMAs exist on SQLite only")
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "busy_timeout", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "busy_timeout": 20_000, "foreign_keys": 1}
    assert connection.transaction_mode == "IMMEDIATE"
    assert Path(connection.settings_dict["NAME"]).is_file()


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_wait_for_each_other_and_lose_nothing():
    Banner.objects.all().delete()
    writers, each = 6, 5
    start, failures = Barrier(writers), []

    def write(number: int) -> None:
        try:
            start.wait()
            for turn in range(each):
                with transaction.atomic():
                    # A read before the write: a deferred transaction would fail to upgrade here.
                    before = Banner.objects.count()
                    Banner.objects.create(
                        title=f"{number}-{turn}", url="https://example.org/", order=before
                    )
        except Exception as failure:  # noqa: BLE001  Told to the main thread.
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Banner.objects.count() == writers * each
    assert SearchSynonym.objects.exists()
