"""Measures an import of 5,000 items, each with a file of its own: how long it is judged, written, followed up.

While the rows are written nobody else writes on SQLite, and who waits longer than its timeout is turned away:
the transaction is measured by itself. Builds everything in the database that DATABASE_URL names, or in a
throw-away SQLite file. Asserts nothing.
"""

import io
import time
import zipfile
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from bench_units import begin, filled

ITEMS = 5000


def archive() -> bytes:
    """The files, one for each row."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(ITEMS):
            packed.writestr(f"bai-{number}.txt", f"Bài {number}: từng bước một.")
    return out.getvalue()


def workbook() -> bytes:
    """The rows, as a librarian fills them in."""
    from office.books import write_book
    from resources.catalogue.columns import ITEMS as SHEET
    from resources.models import Audience, Licence, Topic

    licence = Licence.objects.filter(may_copy=True)[0].name
    audiences = "; ".join(Audience.objects.values_list("name", flat=True)[:2])
    topics = "; ".join(Topic.objects.values_list("name", flat=True)[:1])
    told = {
        "kind": "Tài liệu", "summary": "Từng bước, có ví dụ.", "audiences": audiences, "topics": topics,
        "language": "Tiếng Việt", "licence": licence, "competences": "4.2 CB1; 1.1", "minutes": 15,
        "year": 2026, "tags": "bản làng; học số",
    }  # fmt: skip
    names = [column.name for column in SHEET.columns]
    rows = [
        [
            {**told, "title": f"Sổ tay số {n}", "files": f"bai-{n}.txt"}.get(name, "")
            for name in names
        ]
        for n in range(ITEMS)
    ]
    return write_book([(SHEET, rows)])


def timed(what: str, act: Callable[..., Any]) -> Callable[..., Any]:
    """`act`, telling how long it took."""

    def done(*args: Any, **kwargs: Any) -> Any:
        start = time.perf_counter()
        result = act(*args, **kwargs)
        filled(what, since=start)
        return result

    return done


def main() -> None:
    """One import, from the upload to drafts with their files read."""
    begin()
    from django.contrib.auth import get_user_model
    from django.core.files.base import ContentFile
    from django.utils import timezone

    from accounts.services import ensure_roles
    from resources.services import item_imports

    ensure_roles()
    user = get_user_model().objects.create_superuser("do-toc-do", email="", password=None)
    # On a real server a worker follows up once the transaction is over; here nothing runs beside it.
    follow_up, made = item_imports._follow_up, []
    item_imports._follow_up = made.extend
    item_imports.judge = timed("the judgement of all rows and files", item_imports.judge)
    item_imports._import = timed("the one transaction of the import", item_imports._import)
    file = ContentFile(archive(), name="tep.zip")
    upload = item_imports.Upload(uuid4().hex, "danh-muc.xlsx", workbook(), file)
    now = timezone.localtime()
    job = item_imports.hand_in(upload, by=user, now=now)
    start = time.perf_counter()
    item_imports.ask_to_apply(job, known="skip", by=user, now=now)
    job.refresh_from_db()
    filled(f"the import of {job.made} items", since=start)
    timed("what follows, files read and references noted,", follow_up)(made)


if __name__ == "__main__":
    main()
