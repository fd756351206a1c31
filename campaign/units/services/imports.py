"""Verbs on imports: hand in a file, judge it row by row, apply it as a whole.

States move by one UPDATE that names the state before, so that of two clicks, or two workers, one goes on.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from campaign.units.choices import ImportState, UnitKind, Verdict
from campaign.units.models import ImportLine, RosterImport, Unit
from campaign.units.permissions import user_can_import
from campaign.units.roster.knowing import known_emails, known_of, known_schools
from campaign.units.roster.reading import read_roster, read_schools
from campaign.units.roster.rules import Line, digest, plan
from campaign.units.roster.schools import plan_schools
from campaign.units.services.roster import write_roster
from campaign.units.services.schools import write_schools
from campaign.units.tasks import apply_import, judge_import
from office.books import LARGEST, Fault, NoBook

# A worker that died leaves its import in this state; after so long it may be tried again.
STALE = timedelta(minutes=15)
WENT_ON = "Dữ liệu của trường đã thay đổi từ lúc xem trước: hãy xem lại các dòng rồi áp dụng."


def hand_in(school: Unit, *, data: bytes, name: str, by: Any, now: datetime) -> RosterImport:
    """Keep a file and have it judged in the background."""
    if not user_can_import(by, school):
        raise PermissionDenied
    if len(data) > LARGEST:
        raise ValidationError({"file": "Tệp lớn hơn 10 MB."})
    with transaction.atomic():
        job = RosterImport(school=school, name=name[-200:], given_by=by, given_at=now, moved_at=now)
        job.file.save(f"{school.pk}.xlsx", ContentFile(data), save=False)
        job.save()
        transaction.on_commit(lambda: judge_import.enqueue(job.pk))
    return job


def judge(pk: int, *, now: datetime) -> None:
    """Read the file and write down what each row does. Run by the worker."""
    if not _move(pk, ImportState.WAITING, ImportState.READING, now):
        return
    job = RosterImport.objects.select_related("school").get(pk=pk)
    try:
        lines = _lines_of(job, now)
    except NoBook as wrong:
        _move(pk, ImportState.READING, ImportState.BROKEN, now, said=str(wrong))
        return
    refused = any(line.verdict == Verdict.REFUSE for line in lines)
    with transaction.atomic():
        _write_lines(job, lines)
        state = ImportState.REFUSED if refused else ImportState.CHECKED
        _move(pk, ImportState.READING, state, now, digest=digest(lines))


def _lines_of(job: RosterImport, now: datetime) -> list[Line]:
    today = now.date()
    with job.file.open("rb") as file:
        data = file.read()
    if job.school.kind == UnitKind.DEPARTMENT:
        rows, faults = read_schools(data)
        known = known_schools(job.school, today)
        return [*_faults(faults), *plan_schools(rows, known, known_emails(), today)]
    read = read_roster(data)
    lines = plan(read.units, read.people, read.roles, known_of(job.school, today), today)
    return [*_faults(read.faults), *lines]


def _faults(faults: Sequence[Fault]) -> list[Line]:
    return [
        Line(fault.sheet, fault.row, Verdict.REFUSE, f"Dòng {fault.row}", fault.said)
        for fault in faults
    ]


def _write_lines(job: RosterImport, lines: list[Line]) -> None:
    job.lines.all().delete()
    ImportLine.objects.bulk_create(
        [
            ImportLine(
                job=job, sheet=line.sheet, row=line.row, verdict=line.verdict, what=line.what[:300],
                why=line.why[:500],
            )
            for line in lines
        ],
        1000,
    )  # fmt: skip


def ask_to_apply(job: RosterImport, *, by: Any, now: datetime) -> bool:
    """Have a checked import applied in the background; False when it is under way or done already."""
    if not user_can_import(by, job.school):
        raise PermissionDenied
    if job.purged_at is not None:
        return False
    with transaction.atomic():
        if not _move(job.pk, ImportState.CHECKED, ImportState.APPLYING, now):
            return False
        transaction.on_commit(lambda: apply_import.enqueue(job.pk, by.pk))
    return True


def apply(pk: int, *, by: Any, now: datetime) -> None:
    """Apply an import: all rows or none. It is judged anew inside; what has changed since is shown first."""
    job = RosterImport.objects.select_related("school").get(pk=pk)
    if job.state != ImportState.APPLYING:
        return
    try:
        with transaction.atomic():
            # Lock: a second worker with the same task waits, and finds it done.
            RosterImport.objects.select_for_update().get(pk=pk)
            if not user_can_import(by, job.school):
                raise ValidationError("Người nhập không còn quyền ở đơn vị này.")
            lines = _lines_of(job, now)
            if digest(lines) != job.digest:
                raise ValidationError(WENT_ON)
            write = write_schools if job.school.kind == UnitKind.DEPARTMENT else write_roster
            write(job.school, lines, by=by, now=now)
            if not _move(pk, ImportState.APPLYING, ImportState.APPLIED, now, said=""):
                raise ValidationError(WENT_ON)
    except (ValidationError, PermissionDenied, IntegrityError) as refused:
        _judge_again(job, refused, now)


def _judge_again(job: RosterImport, refused: Exception, now: datetime) -> None:
    """Nothing was written: say why, and show the rows as they stand now."""
    said = " ".join(refused.messages) if isinstance(refused, ValidationError) else WENT_ON
    lines = _lines_of(job, now)
    stuck = any(line.verdict == Verdict.REFUSE for line in lines)
    with transaction.atomic():
        _write_lines(job, lines)
        state = ImportState.REFUSED if stuck else ImportState.CHECKED
        _move(job.pk, ImportState.APPLYING, state, now, said=said[:400], digest=digest(lines))


def try_again(job: RosterImport, *, now: datetime) -> bool:
    """Give an import whose worker died back to the next one; nothing of it was written."""
    back = {
        ImportState.WAITING: ImportState.WAITING,
        ImportState.READING: ImportState.WAITING,
        ImportState.APPLYING: ImportState.CHECKED,
    }
    state = ImportState(job.state)
    if job.purged_at is not None or state not in back or job.moved_at > now - STALE:
        return False
    with transaction.atomic():
        if not _move(job.pk, state, back[state], now):
            return False
        if back[state] == ImportState.WAITING:
            transaction.on_commit(lambda: judge_import.enqueue(job.pk))
    return True


def _move(pk: int, before: str, after: str, now: datetime, **more: Any) -> bool:
    rows = RosterImport.objects.filter(pk=pk, state=before)
    return bool(rows.update(state=after, moved_at=now, **more))
