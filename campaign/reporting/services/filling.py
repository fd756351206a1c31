"""Verbs on what is filled in: row by row, each with its own version, so that two people lose nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from campaign.reporting.choices import GIVEN, ColumnRole, IndicatorKind
from campaign.reporting.models import (
    FormColumn,
    Indicator,
    LineCell,
    Report,
    ReportLine,
    Value,
)
from campaign.reporting.permissions import user_can_edit
from campaign.reporting.queries import last_before
from campaign.reporting.telling import read_number, tidy

MOST_OWN_LINES = 60
LONGEST_WHY = 500


class Stale(Exception):
    """Somebody else has saved this row since; `now` is the row as it stands, or None when it is gone."""

    def __init__(self, now: Any) -> None:
        super().__init__("Người khác vừa sửa dòng này.")
        self.now = now


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed under one indicator, as it was typed."""

    number: str = ""
    numerator: str = ""
    denominator: str = ""
    text: str = ""
    choice: str = ""
    not_applicable: bool = False
    why: str = ""


def held(report: Report, by: Any) -> Report:
    """The report, locked until the transaction ends; PermissionDenied when `by` may not write in it now."""
    rows = Report.objects.select_for_update(of=("self",)).select_related("round__layout", "unit")
    found = rows.get(pk=report.pk)
    if not user_can_edit(by, found):
        raise PermissionDenied
    return found


def save_value(
    report: Report, indicator: Indicator, typed: Typed, *, version: int, by: Any, now: datetime
) -> Value | None:
    """What stands under one indicator; None when it is given back to its source.

    Stale when somebody else has saved it since `version`: nothing is written. ValidationError for what is no
    number, by field.
    """
    columns = _understood(indicator, typed)
    with transaction.atomic():
        report = held(report, by)
        row = report.values.filter(indicator=indicator).first()
        if (row.version if row else 0) != version:
            raise Stale(row)
        if _says_nothing(columns):
            # An empty row is no row: the source shows again, and empty stays empty.
            if row is not None:
                row.delete()
                _touch(report, now)
            return None
        if row is None:
            row = Value(report=report, indicator=indicator, version=0)
        elif all(getattr(row, name) == value for name, value in columns.items()):
            return row
        for name, value in columns.items():
            setattr(row, name, value)
        row.version += 1
        row.changed_at, row.changed_by = now, by
        row.save()
        _touch(report, now)
    return row


def _says_nothing(columns: dict[str, Any]) -> bool:
    return not columns["not_applicable"] and all(
        value in (None, "") for name, value in columns.items() if name != "not_applicable"
    )


def _understood(indicator: Indicator, typed: Typed) -> dict[str, Any]:
    """The columns that a value of this kind has; all others stay empty."""
    found: dict[str, Any] = {
        "number": None, "numerator": None, "denominator": None, "text": "", "choice": "",
        "not_applicable": typed.not_applicable, "why": "",
    }  # fmt: skip
    problems: dict[str, str] = {}

    def put(name: str, read: Callable[[str], Any], text: str) -> None:
        try:
            found[name] = read(text)
        except ValueError as wrong:
            problems[name] = str(wrong)

    put("why", tidy, typed.why)
    if len(found["why"]) > LONGEST_WHY:
        problems["why"] = f"Lý do viết ngắn hơn {LONGEST_WHY} ký tự."
    if typed.not_applicable:
        pass
    elif indicator.kind == IndicatorKind.COUNT:
        put("number", read_number, typed.number)
    elif indicator.kind == IndicatorKind.RATIO:
        put("numerator", read_number, typed.numerator)
        put("denominator", read_number, typed.denominator)
    elif indicator.kind == IndicatorKind.TEXT:
        put("text", tidy, typed.text)
    elif typed.choice:
        found["choice"] = typed.choice
        if typed.choice not in indicator.choices:
            problems["choice"] = "Hãy chọn trong danh sách."
    if problems:
        raise ValidationError(problems)
    return found


def _touch(report: Report, now: datetime) -> None:
    Report.objects.filter(pk=report.pk).update(changed_at=now)


def save_cell(
    line: ReportLine, column: FormColumn, text: str, *, version: int, by: Any, now: datetime
) -> LineCell | None:
    """The words of one cell. Stale when somebody else has saved it since `version`.

    ValidationError if too long.
    """
    try:
        words = tidy(text)
    except ValueError as wrong:
        raise ValidationError(str(wrong)) from wrong
    with transaction.atomic():
        report = held(line.report, by)
        line = ReportLine.objects.select_related("task").get(pk=line.pk, report=report)
        if column.version_id != report.round.layout_id or is_given(line, column):
            raise PermissionDenied
        row = line.cells.filter(column=column).first()
        if (row.version if row else 0) != version:
            raise Stale(row)
        if row is None:
            if not words:
                return None
            row = LineCell(line=line, column=column, version=0)
        elif row.text == words:
            return row
        row.text, row.changed_at, row.changed_by = words, now, by
        row.version += 1
        row.save()
        _touch(report, now)
    return row


def is_given(line: ReportLine, column: FormColumn) -> bool:
    """Whether the form itself says what stands in this cell."""
    if column.role == ColumnRole.NUMBER:
        return True
    if line.task is None or column.role not in GIVEN:
        return False
    name = {"task": "name", "time": "time", "target": "target"}[column.role]
    return bool(getattr(line.task, name))


def save_summary(report: Report, text: str, *, version: int, by: Any, now: datetime) -> Report:
    """The words on the whole. Stale when somebody else has saved them since `version`."""
    try:
        words = tidy(text)
    except ValueError as wrong:
        raise ValidationError(str(wrong)) from wrong
    with transaction.atomic():
        report = held(report, by)
        if report.summary_version != version:
            raise Stale(report)
        if report.summary != words:
            report.summary = words
            report.summary_version += 1
            report.changed_at = now
            report.save(update_fields=["summary", "summary_version", "changed_at"])
    return report


def begin_filling(report: Report, *, by: Any, now: datetime) -> None:
    """The form's lines, and what the last period left open. Done again it changes nothing."""
    with transaction.atomic():
        report = held(report, by)
        tasks = list(report.round.layout.tasks.all())
        if report.lines.exists() or not report.round.layout.columns.exists():
            return
        last = last_before(report)
        left: dict[str, ReportLine] = {}
        own: list[ReportLine] = []
        if last is not None:
            rows = last.lines.filter(is_open=True).select_related("task")
            for row in rows.prefetch_related("cells__column"):
                if row.task is None:
                    own.append(row)
                else:
                    left[row.task.key] = row
        for order, task in enumerate(tasks, start=1):
            ReportLine.objects.create(
                report=report, task=task, order=order * 10, key=uuid4(),
                carried_from=left.get(task.key),
            )  # fmt: skip
        for order, row in enumerate(own, start=len(tasks) + 1):
            _carried(report, row, order * 10, now)


def _carried(report: Report, row: ReportLine, order: int, now: datetime) -> None:
    """A unit's own line that was left open: its name, time and target come again, what was done does not."""
    columns = {column.role: column for column in report.round.layout.columns.all()}
    made = ReportLine.objects.create(report=report, order=order, key=uuid4(), carried_from=row)
    for cell in row.cells.all():
        column = columns.get(cell.column.role)
        if column is not None and column.role in GIVEN and cell.text:
            LineCell.objects.create(
                line=made, column=column, text=cell.text, changed_at=now, changed_by=cell.changed_by
            )


def add_line(report: Report, *, key: UUID, by: Any, now: datetime) -> ReportLine:
    """A line of the unit's own; the same press twice makes one."""
    with transaction.atomic():
        report = held(report, by)
        if not report.round.layout.columns.exists():
            raise PermissionDenied
        if known := report.lines.filter(key=key).first():
            return known
        own = report.lines.filter(task__isnull=True).count()
        if own >= MOST_OWN_LINES:
            raise ValidationError(
                f"Nhiều nhất {MOST_OWN_LINES} dòng thêm: hãy gộp các việc giống nhau."
            )
        last = report.lines.order_by("-order").first()
        made = ReportLine.objects.create(
            report=report, order=(last.order if last else 0) + 10, key=key
        )
        _touch(report, now)
    return made


def drop_line(line: ReportLine, *, by: Any, now: datetime) -> None:
    """Take away a line of the unit's own; the form's stay."""
    with transaction.atomic():
        report = held(line.report, by)
        rows = report.lines.filter(pk=line.pk, task__isnull=True)
        if line.pieces.filter(removed_at=None).exists():
            raise ValidationError("Dòng này có minh chứng: hãy bỏ minh chứng trước.")
        rows.delete()
        _touch(report, now)


def set_open(line: ReportLine, *, is_open: bool, by: Any, now: datetime) -> None:
    """Whether the line comes again in the next period."""
    with transaction.atomic():
        report = held(line.report, by)
        report.lines.filter(pk=line.pk).update(is_open=is_open)
        _touch(report, now)
