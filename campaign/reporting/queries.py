"""Reads of reports: what counts in one, its figures as they stand, its lines, who owes what."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from campaign.activities.figures import records_between
from campaign.activities.models import Activity
from campaign.reporting.choices import CHAINED, EDITABLE, ColumnRole, IndicatorKind, LateRule
from campaign.reporting.models import (
    CountedActivity,
    FormColumn,
    FormTask,
    Indicator,
    LineCell,
    Report,
    ReportLine,
    Value,
)
from campaign.reporting.rules import Figure, Problem, percent, problems_of
from campaign.reporting.sources import Offer, Scope, gather, is_of_log, label_of
from core.text import grouped


def like(report: Report) -> QuerySet[Report]:
    """The unit's other reports of the same kind, asked by the same unit on the same form."""
    asked = report.round
    return Report.objects.filter(
        unit=report.unit_id, round__owner=asked.owner_id, round__kind=asked.kind,
        round__layout__form=asked.layout.form_id,
    ).exclude(pk=report.pk)  # fmt: skip


def chain_of(report: Report) -> QuerySet[Report]:
    """Those among them that must not tell twice what this one tells: of rounds that follow one another."""
    return like(report) if report.round.kind in CHAINED else Report.objects.none()


def last_before(report: Report) -> Report | None:
    """The unit's report of the period before, if it was handed in."""
    rows = like(report).filter(
        round__data_to__lt=report.round.data_from, first_submitted_at__isnull=False
    )
    return rows.order_by("-round__data_to").first()


def counting_in(report: Report) -> QuerySet[Activity]:
    """The confirmed activities that this report's figures are made of.

    Those of its data window, and, where the round says so, those of windows already reported that were
    confirmed too late for them; never one that another report of the chain has counted.
    """
    asked = report.round
    others = chain_of(report)
    found = records_between(report.unit, asked.data_from, asked.data_to)
    if asked.late_rule == LateRule.NEXT:
        told = others.filter(first_submitted_at__isnull=False, round__data_to__lt=asked.data_from)
        for first, last in told.values_list("round__data_from", "round__data_to"):
            found |= records_between(report.unit, first, last)
    counted = CountedActivity.objects.filter(report__in=others.values("pk"))
    rows: QuerySet[Activity] = Activity.objects.counted().filter(found)
    return rows.exclude(pk__in=counted.values("activity"))


def activities_of(report: Report) -> QuerySet[Activity]:
    """What its figures are made of now: frozen once it is signed off."""
    if report.state in EDITABLE:
        return counting_in(report)
    return Activity.objects.filter(pk__in=report.counted.values("activity"))


def offers_for(report: Report) -> dict[str, Offer]:
    """What the sources of its form give at this moment."""
    layout = report.round.layout
    wanted = {row.source for row in layout.indicators.all() if row.source}
    wanted |= {row.source for row in layout.tasks.all() if row.source}
    if not wanted:
        return {}
    first, last = report.round.window
    return gather(Scope(report.unit, first, last, counting_in(report)), wanted)


@dataclass(frozen=True)
class Entry:
    """One indicator of a report as it stands: what was told, what its source offers, the last period."""

    indicator: Indicator
    value: Value | None
    offer: Offer | None
    before: Value | None
    # Signed off: what the source gave then.
    frozen: int | None = None

    @property
    def version(self) -> int:
        """That of the row; 0 before anything was told."""
        return self.value.version if self.value else 0

    @property
    def is_from_source(self) -> bool:
        """Whether the number shown is the source's own."""
        return self.value is None and self.offer is not None

    @property
    def source(self) -> str:
        """The source in words."""
        return label_of(self.indicator.source)

    @property
    def opens_log(self) -> bool:
        """Whether its records are activities of the log."""
        return is_of_log(self.indicator.source)

    @property
    def offered(self) -> int | None:
        """What the source gives, or gave when it was signed off."""
        if self.offer is not None:
            return self.offer.number
        return self.frozen

    @property
    def number(self) -> int | None:
        """The number as it stands: as told, else as the source gives it."""
        if self.value is not None:
            return self.value.number
        return self.offer.number if self.offer else None

    @property
    def figure(self) -> Figure:
        """The value for the rules."""
        row, before = self.value, self.before
        is_ratio = self.indicator.kind == IndicatorKind.RATIO
        last = None if before is None else before.numerator if is_ratio else before.number
        return Figure(
            key=f"v{self.indicator.pk}", label=self.indicator.label, kind=self.indicator.kind,
            required=self.indicator.is_required, number=self.number,
            numerator=row.numerator if row else None, denominator=row.denominator if row else None,
            text=row.text if row else "", choice=row.choice if row else "",
            not_applicable=bool(row and row.not_applicable),
            offered=None if row and row.not_applicable else self.offered,
            records=self.offer.records if self.offer else None,
            before=last, why=row.why if row else "",
        )  # fmt: skip

    @property
    def words(self) -> str:
        """The value as it is read; empty when nothing was told."""
        row = self.value
        if row is not None and row.not_applicable:
            return "Không áp dụng"
        if self.indicator.kind == IndicatorKind.COUNT:
            return "" if self.number is None else grouped(self.number)
        if row is None:
            return ""
        if self.indicator.kind == IndicatorKind.RATIO:
            if row.numerator is None or row.denominator is None:
                return ""
            share = percent(row.numerator, row.denominator)
            return f"{grouped(row.numerator)}/{grouped(row.denominator)} ({share})"
        return row.text if self.indicator.kind == IndicatorKind.TEXT else row.choice


def entries_of(report: Report, offers: dict[str, Offer] | None = None) -> list[Entry]:
    """Every indicator of the form with what stands under it. A fixed number of queries."""
    rows = {row.indicator_id: row for row in report.values.select_related("changed_by")}
    is_open = report.state in EDITABLE
    offers = (offers_for(report) if is_open else {}) if offers is None else offers
    last = last_before(report)
    before: dict[str, Value] = {}
    if last is not None:
        before = {row.indicator.key: row for row in last.values.select_related("indicator")}
    return [
        Entry(
            indicator, row := rows.get(indicator.pk), offers.get(indicator.source),
            before.get(indicator.key), None if is_open or row is None else row.offered,
        )
        for indicator in report.round.layout.indicators.all()
    ]  # fmt: skip


def problems_in(report: Report, entries: list[Entry]) -> list[Problem]:
    """All that is wrong with a report, hard first."""
    found = [problem for entry in entries for problem in problems_of(entry.figure)]
    return sorted(found, key=lambda problem: not problem.is_hard)


@dataclass(frozen=True)
class Cell:
    """One cell of a line: the words that stand there; given ones are the form's."""

    column: FormColumn
    text: str
    version: int
    is_given: bool
    row: LineCell | None = None


@dataclass(frozen=True)
class Line:
    """One line of the table of tasks."""

    row: ReportLine
    task: FormTask | None
    cells: list[Cell]
    offer: Offer | None
    number: int

    @property
    def group(self) -> str:
        """The group it stands in."""
        return self.task.group if self.task else ""

    @property
    def name(self) -> str:
        """What it is about."""
        if self.task:
            return self.task.name
        named = [cell.text for cell in self.cells if cell.column.role == ColumnRole.TASK]
        return named[0] if named else ""


GIVEN_WORDS = {ColumnRole.TASK: "name", ColumnRole.TIME: "time", ColumnRole.TARGET: "target"}


def lines_of(report: Report, offers: dict[str, Offer] | None = None) -> list[Line]:
    """The table of tasks as it stands. Three queries."""
    columns = list(report.round.layout.columns.all())
    rows = report.lines.select_related("task", "carried_from__report__round")
    found = []
    for number, row in enumerate(rows.prefetch_related("cells__changed_by"), start=1):
        told = {cell.column_id: cell for cell in row.cells.all()}
        cells = [_cell(column, row.task, told.get(column.pk), number) for column in columns]
        offer = (offers or {}).get(row.task.source) if row.task else None
        found.append(Line(row, row.task, cells, offer, number))
    return found


def _cell(column: FormColumn, task: FormTask | None, row: LineCell | None, number: int) -> Cell:
    if column.role == ColumnRole.NUMBER:
        return Cell(column, str(number), 0, is_given=True)
    given = getattr(task, GIVEN_WORDS[ColumnRole(column.role)], "") if (
        task and column.role in GIVEN_WORDS
    ) else ""  # fmt: skip
    if given:
        return Cell(column, given, 0, is_given=True)
    return Cell(column, row.text if row else "", row.version if row else 0, False, row)


def report_rows() -> QuerySet[Report]:
    """Reports with what every page of one needs."""
    return Report.objects.select_related(
        "round__layout__form", "round__owner", "unit__institution", "to", "confirmed_by"
    )


def waiting_units(reports: Any) -> list[str]:
    """Names of the units that have not handed in, in the order of the tree."""
    rows = reports.owed().select_related("unit").order_by("unit__path")
    return [row.unit.name for row in rows]
