"""Verbs on imported catalogues: hand in a workbook with its ZIP, judge it row by row, import it as a whole.

States move by one UPDATE that names the state before, so that of two presses, or two workers, one goes on.
Files are unpacked before the rows are written: the transaction that writes them is as short as it can be.
"""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Q
from wagtail.models import Page

from core.cache import renew
from core.models import SiteDocument
from office.books import LARGEST, NoBook, read_book
from office.tables import read_csv
from resources.catalogue.archive import BadArchive, BadEntry
from resources.catalogue.columns import ITEMS
from resources.catalogue.knowing import catalogue_terms, known_items
from resources.catalogue.planning import (
    Judged,
    Line,
    Report,
    digest,
    is_refused,
    may_add_known,
    plan,
    to_write,
)
from resources.catalogue.reading import files_named, read_rows
from resources.choices import ItemImportState, ItemVerdict, KnownItems
from resources.models import (
    ItemImport,
    ItemImportFile,
    ItemImportLine,
    LibraryIndexPage,
    LibraryItemPage,
)
from resources.permissions import user_can_import_items
from resources.services.item_files import FoundFile, Stock, inspect, scratch, sweep_scratch
from resources.services.item_writing import write_items
from resources.tasks import import_items, judge_items, note_references, read_item_files

LARGEST_ARCHIVE = 500 * 1024 * 1024
# A worker that died leaves its import in this state; after so long it may be tried again.
STALE = timedelta(minutes=30)
# Files of imports that nobody went on with are dropped by a timer, and when the next one comes.
KEPT = timedelta(days=14)
WENT_ON = "Thư viện đã thay đổi từ lúc xem trước: hãy xem lại các dòng rồi nhập."
BATCH = 1000
State = ItemImportState
OPEN = (State.CHECKED, State.REFUSED, State.BROKEN)
UNDER_WAY = (State.WAITING, State.READING, State.APPLYING)


@dataclass(frozen=True, slots=True)
class Upload:
    """What was sent: the workbook, and the archive or the import whose archive is used again."""

    key: str
    name: str
    data: bytes
    archive: File | None = None
    archive_of: ItemImport | None = None


def hand_in(upload: Upload, *, by: Any, now: datetime) -> ItemImport:
    """Keep what was sent and have it judged in the background; sent twice under one key, it is one import."""
    if not user_can_import_items(by):
        raise PermissionDenied
    if known := ItemImport.objects.filter(key=upload.key, given_by=by).first():
        return known
    _check(upload)
    drop_old(now)
    try:
        with transaction.atomic():
            return _keep(upload, by, now)
    except IntegrityError:
        return ItemImport.objects.get(key=upload.key, given_by=by)


def _check(upload: Upload) -> None:
    if len(upload.data) > LARGEST:
        raise ValidationError({"table": "Bảng lớn hơn 10 MB."})
    if not upload.name.lower().endswith((".xlsx", ".csv")):
        raise ValidationError({"table": "Bảng phải là .xlsx hoặc .csv."})
    if upload.archive is None:
        return
    if not (upload.archive.name or "").lower().endswith(".zip"):
        raise ValidationError({"archive": "Tệp nén phải là .zip (không phải .rar, .7z)."})
    if (upload.archive.size or 0) > LARGEST_ARCHIVE:
        raise ValidationError({"archive": "Tệp nén lớn hơn 500 MB: hãy chia thành nhiều lần."})


def _keep(upload: Upload, by: Any, now: datetime) -> ItemImport:
    job = ItemImport(
        key=upload.key, name=upload.name[-200:], given_by=by, given_at=now, moved_at=now
    )
    ending = "csv" if upload.name.lower().endswith(".csv") else "xlsx"
    job.file.save(f"bang.{ending}", ContentFile(upload.data), save=False)
    if upload.archive is not None:
        job.archive_name = (upload.archive.name or "")[-200:]
        job.archive.save("tep.zip", upload.archive, save=False)
    elif upload.archive_of is not None:
        _take_over(upload.archive_of, job)
    job.save()
    transaction.on_commit(lambda: judge_items.enqueue(job.pk))
    return job


def _take_over(old: ItemImport, job: ItemImport) -> None:
    """The archive of an import that was refused goes on with the mended workbook."""
    # Lock: two mended workbooks at once would both take it.
    old = ItemImport.objects.select_for_update().get(pk=old.pk)
    if old.state not in OPEN or not old.archive or old.given_by_id != job.given_by_id:
        said = "Tệp nén của lần trước không còn: hãy chọn lại tệp nén."
        raise ValidationError({"archive": said})
    job.archive, job.archive_name = old.archive.name, old.archive_name
    old.archive = ""
    _drop(old)


def _drop(job: ItemImport) -> None:
    """Forget the files and rows of an import; that it was there stays."""
    _forget_files(job)
    ItemImport.objects.filter(pk=job.pk).update(state=State.DROPPED)
    job.lines.all().delete()


@transaction.atomic
def drop_import(job: ItemImport, *, by: Any) -> None:
    """Give up an import that was not made."""
    if not user_can_import_items(by):
        raise PermissionDenied
    job = ItemImport.objects.select_for_update().get(pk=job.pk)
    if job.state in OPEN:
        _drop(job)


def drop_old(now: datetime) -> int:
    """Forget what was left lying, also by workers that died; how many imports."""
    sweep_scratch(now - timedelta(days=1))
    left = Q(state__in=OPEN, given_at__lt=now - KEPT)
    left |= Q(state__in=UNDER_WAY, moved_at__lt=now - KEPT)
    with transaction.atomic():
        # Lock: somebody may go on with one at this moment.
        old = list(ItemImport.objects.select_for_update().filter(left))
        for job in old:
            _drop(job)
    return len(old)


def judge(pk: int, *, now: datetime) -> None:
    """Read what was sent and write down what each row does. Run by the worker."""
    if not _move(pk, State.WAITING, State.READING, now):
        return
    job = ItemImport.objects.get(pk=pk)
    try:
        judged, faults = _read(job, now)
    except NoBook as wrong:
        _move(pk, State.READING, State.BROKEN, now, said=str(wrong)[:400])
        return
    uses = [use for one in judged for use in one.uses]
    with ExitStack() as stack:
        file = stack.enter_context(job.archive.open("rb")) if job.archive else None
        done = inspect(file, uses)
    sizes = {found.size for found in done.files.values()}
    lines = [*_plan(judged, faults, done.files, sizes), *done.lines]
    with transaction.atomic():
        _write_files(job, done.files)
        _write_lines(job, lines)
        state = State.REFUSED if is_refused(lines) else State.CHECKED
        _move(pk, State.READING, state, now, digest=digest(lines), said="")


def _read(job: ItemImport, now: datetime) -> tuple[list[Judged], list[tuple[int, str]]]:
    with job.file.open("rb") as file:
        data = file.read()
    is_csv = str(job.file.name).endswith(".csv")
    book = read_csv(data, ITEMS) if is_csv else read_book(data, [ITEMS])
    found = read_rows(book.rows[ITEMS.title], catalogue_terms(), this_year=now.year)
    judged = [Judged(one.row, one.problems, one.note, tuple(files_named(one.row))) for one in found]
    return judged, [(fault.row, fault.said) for fault in book.faults]


def _plan(
    judged: Sequence[Judged],
    faults: Sequence[tuple[int, str]],
    files: dict[tuple[str, str], FoundFile],
    sizes: set[int],
) -> list[Line]:
    reports = {key: Report(found.problem, found.checksum) for key, found in files.items()}
    checksums = {found.checksum for found in files.values() if found.checksum}
    return plan(judged, faults, reports, known_items(checksums, sizes))


def _write_files(job: ItemImport, files: dict[tuple[str, str], FoundFile]) -> None:
    job.files.all().delete()
    ItemImportFile.objects.bulk_create(
        [
            ItemImportFile(
                job=job, purpose=purpose, name=name[:500], place=found.place, size=found.size,
                checksum=found.checksum, problem=found.problem[:400],
            )
            for (purpose, name), found in files.items()
        ],
        BATCH,
    )  # fmt: skip


def _write_lines(
    job: ItemImport, lines: Sequence[Line], pages: dict[int, LibraryItemPage] | None = None
) -> None:
    """Keep what each place does; once items were made of rows (`pages`, by row), what it did."""
    made = pages or {}
    job.lines.all().delete()
    ItemImportLine.objects.bulk_create(
        [
            ItemImportLine(
                job=job, sheet=line.sheet, place=line.place, what=line.what[:300], why=line.why[:1000],
                verdict=ItemVerdict.ADD if page else line.verdict, can_add=line.can_add, page=page,
            )
            for line in lines
            for page in [made.get(line.row.row) if line.row else None]
        ],
        BATCH,
    )  # fmt: skip


def ask_to_apply(job: ItemImport, *, known: str, by: Any, now: datetime) -> bool:
    """Have a checked import made in the background; False when it is under way or done already."""
    if not user_can_import_items(by):
        raise PermissionDenied
    choice = known if known in KnownItems.values else KnownItems.SKIP
    with transaction.atomic():
        if not _move(job.pk, State.CHECKED, State.APPLYING, now, known=choice):
            return False
        transaction.on_commit(lambda: import_items.enqueue(job.pk, by.pk))
    return True


def apply(pk: int, *, by: Any, now: datetime) -> None:
    """Make an import: all rows with their files, or none. What has changed since is shown first."""
    job = ItemImport.objects.get(pk=pk)
    if job.state != State.APPLYING:
        return
    try:
        judged, faults = _read(job, now)
        with scratch() as folder:
            stock = Stock(Path(folder))
            files, places = _unpacked(job, judged, stock)
            try:
                _import(job, judged, faults, files, stock, places, by, now)
            except BaseException:
                stock.take_back()
                raise
    except (ValidationError, PermissionDenied, IntegrityError, BadArchive, BadEntry) as refused:
        _judge_again(job, refused, now)


def _unpacked(
    job: ItemImport, judged: Sequence[Judged], stock: Stock
) -> tuple[dict[tuple[str, str], FoundFile], dict[tuple[str, str], int]]:
    """What became of the files when they were judged, and where they lie in the archive; they are unpacked."""
    files = {
        (row.purpose, row.name): FoundFile(row.place, row.checksum, row.problem, row.size)
        for row in job.files.all()
    }
    places = {key: found.place for key, found in files.items() if found.place is not None}
    if places and job.archive:
        with job.archive.open("rb") as file:
            stock.unpack(file, {place: key for key, place in places.items()})
    return files, places


def _import(
    job: ItemImport,
    judged: Sequence[Judged],
    faults: Sequence[tuple[int, str]],
    files: dict[tuple[str, str], FoundFile],
    stock: Stock,
    places: dict[tuple[str, str], int],
    by: Any,
    now: datetime,
) -> None:
    """Write everything at once; what follows is asked for in the same transaction, so that it can't be lost."""
    with transaction.atomic():
        # Locks: a second worker with the same task waits and finds it done; no item comes in between.
        ItemImport.objects.select_for_update().get(pk=job.pk)
        Page.objects.select_for_update().get(pk=LibraryIndexPage.objects.get().pk)
        if not user_can_import_items(by):
            raise ValidationError("Người nhập không còn quyền nhập học liệu.")
        lines = _plan(judged, faults, files, {found.size for found in files.values()})
        notes = _notes(job)
        if is_refused(lines) or digest([*lines, *notes]) != job.digest:
            raise ValidationError(WENT_ON)
        rows = to_write(lines, add_known=job.known == KnownItems.ADD and may_add_known(lines))
        items = write_items(rows, stock, places, by)
        pages = {row.row: item for row, item in zip(rows, items, strict=True)}
        _write_lines(job, [*lines, *notes], pages)
        if not _move(job.pk, State.APPLYING, State.APPLIED, now, said="", made=len(items)):
            raise ValidationError(WENT_ON)
        _forget_files(job)
        # Rows written under one another send signals; the page's lists are read anew all the same.
        renew()
        _follow_up([*items, *stock.made.values()])


def _follow_up(made: Sequence[Any]) -> None:
    """What takes long and may come a little later: what refers to what, and what the files hold."""
    new = defaultdict(list)
    for record in made:
        new[type(record)].append(record.pk)
    for model, numbers in new.items():
        note_references.enqueue(model._meta.label, numbers)
    if documents := new[SiteDocument]:
        read_item_files.enqueue(documents)


def _notes(job: ItemImport) -> list[Line]:
    """What was said of the archive: it can't have changed since."""
    kept = job.lines.exclude(sheet=ITEMS.title)
    return [Line(x.sheet, x.place, x.verdict, x.what, x.why, x.can_add) for x in kept]


def _forget_files(job: ItemImport) -> None:
    """What was sent is needed no more; the import keeps who, when and what."""
    for field in (job.file, job.archive):
        if field.name:
            transaction.on_commit(partial(field.storage.delete, field.name))
    ItemImport.objects.filter(pk=job.pk).update(file="", archive="")
    job.files.all().delete()


def _judge_again(job: ItemImport, refused: Exception, now: datetime) -> None:
    """Nothing was written: say why, and show the rows as they stand now."""
    said = " ".join(refused.messages) if isinstance(refused, ValidationError) else WENT_ON
    if isinstance(refused, BadArchive | BadEntry):
        said = str(refused)
    if _move(job.pk, State.APPLYING, State.WAITING, now):
        judge(job.pk, now=now)
        ItemImport.objects.filter(pk=job.pk).update(said=said[:400])


def try_again(job: ItemImport, *, by: Any, now: datetime) -> bool:
    """Give an import whose worker died back to the next one; nothing of it was written."""
    if not user_can_import_items(by):
        raise PermissionDenied
    state = State(job.state)
    if not job.is_under_way or job.moved_at > now - STALE:
        return False
    with transaction.atomic():
        if not _move(job.pk, state, State.WAITING, now):
            return False
        transaction.on_commit(lambda: judge_items.enqueue(job.pk))
    return True


def _move(pk: int, before: str, after: str, now: datetime, **more: Any) -> bool:
    rows = ItemImport.objects.filter(pk=pk, state=before)
    return bool(rows.update(state=after, moved_at=now, **more))
