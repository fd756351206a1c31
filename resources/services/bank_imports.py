"""Verbs on imported banks: hand in a file, see what it would do, apply it as a whole.

A bank is small enough (5,000 questions at most) to be read while the librarian waits.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from office.books import NoBook, read_book
from resources.models import BankImport, BankImportLine, LibraryItemPage
from resources.questions.gift import read_gift
from resources.questions.planning import Line, digest, is_refused
from resources.questions.rules import Found, Wrong
from resources.questions.sheet import SHEET, questions_of
from resources.services.banks import lock, must_edit, plan_for, write_lines

LARGEST = 5 * 1024 * 1024
GIFT_ENDINGS = (".gift", ".txt")
WENT_ON = "Bộ câu hỏi đã thay đổi từ lúc xem trước: hãy xem lại các dòng rồi áp dụng."
BATCH = 1000


def read_questions(name: str, data: bytes) -> tuple[list[Found], list[Wrong]]:
    """The questions of a file, and what is wrong with the others; ValidationError when it is no such file."""
    ending = name.lower()
    if len(data) > LARGEST:
        raise ValidationError("Tệp lớn hơn 5 MB.")
    if ending.endswith(".xlsx"):
        return _read_book(data)
    if not ending.endswith(GIFT_ENDINGS):
        raise ValidationError("Tệp phải là .xlsx, .gift hoặc .txt.")
    try:
        return read_gift(data.decode("utf-8-sig"))
    except UnicodeDecodeError as foreign:
        said = "Tệp không phải chữ UTF-8: hãy mở lại, chọn “Lưu thành”, bảng mã UTF-8."
        raise ValidationError(said) from foreign


def _read_book(data: bytes) -> tuple[list[Found], list[Wrong]]:
    try:
        book = read_book(data, [SHEET])
    except NoBook as broken:
        raise ValidationError(str(broken)) from broken
    found, wrong = questions_of(book.rows[SHEET.title])
    return found, [*wrong, *(Wrong(fault.row, fault.said) for fault in book.faults)]


@transaction.atomic
def hand_in(item: LibraryItemPage, *, data: bytes, name: str, by: Any, now: datetime) -> BankImport:
    """Keep a file with what each place of it would do; what waited before is forgotten."""
    must_edit(item, by)
    lines = _lines_of(item, name, data)
    BankImport.objects.waiting().filter(item=item, given_by=by).delete()
    # What earlier files did is in the bank now; their lines would pile up.
    BankImportLine.objects.filter(job__item=item, job__applied_at__isnull=False).delete()
    job = BankImport.objects.create(
        item=item, name=name[-200:], data=data, given_by=by, given_at=now, digest=digest(lines)
    )
    _write(job, lines)
    return job


def _lines_of(item: LibraryItemPage, name: str, data: bytes) -> list[Line]:
    found, wrong = read_questions(name, data)
    return plan_for(item, found, wrong)


def _write(job: BankImport, lines: Sequence[Line]) -> None:
    job.lines.all().delete()
    rows = [
        BankImportLine(
            job=job,
            place=line.place,
            verdict=line.verdict,
            what=line.what[:200],
            why=line.why[:600],
        )
        for line in lines
    ]
    BankImportLine.objects.bulk_create(rows, BATCH)


def apply_import(job: BankImport, *, by: Any, now: datetime) -> bool:
    """Write all of a file; False when it was done before. ValidationError when it can't be: nothing is written.

    It is judged anew: where the bank has changed since, the lines are shown again first.
    """
    must_edit(job.item, by)
    try:
        with transaction.atomic():
            lock(job.item)
            if not BankImport.objects.waiting().filter(pk=job.pk).update(applied_at=now):
                return False
            lines = _lines_of(job.item, job.name, bytes(job.data))
            if is_refused(lines) or digest(lines) != job.digest:
                raise ValidationError(WENT_ON)
            write_lines(job.item, lines)
            BankImport.objects.filter(pk=job.pk).update(data=b"")
    except (ValidationError, IntegrityError) as refused:
        _judge_again(job)
        raise ValidationError(WENT_ON) from refused
    return True


@transaction.atomic
def _judge_again(job: BankImport) -> None:
    lines = _lines_of(job.item, job.name, bytes(job.data))
    _write(job, lines)
    BankImport.objects.filter(pk=job.pk).update(digest=digest(lines))


def import_bank(item: LibraryItemPage, *, data: bytes, name: str, now: datetime) -> None:
    """Hand in and apply in one go, for files of the site itself; ValidationError names every refused place."""
    job = hand_in(item, data=data, name=name, by=None, now=now)
    refused = [f"{line.place}: {line.why}" for line in job.lines.all() if line.verdict == "refuse"]
    if refused:
        raise ValidationError(refused)
    apply_import(job, by=None, now=now)
