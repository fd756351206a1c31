"""The results of a survey: who answered how, by statement and group, as far as it may be told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Sum

from campaign.units.models import Unit
from resources.choices import IS_ABLE, Wave
from resources.models import AnswerCount, SheetPile, Survey, SurveyQuestion
from resources.surveys.rules import SMALLEST, Change, Figure, change, mean
from resources.surveys.withholding import audiences_agree, figures, told, totals

# The whole of a survey, in the tree of audiences; in the tree of units it is the survey's own unit.
ALL = 0


@dataclass(frozen=True, slots=True)
class Group:
    """A group that results are told of: the whole, a unit, or an audience."""

    key: str
    label: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One statement: both rounds side by side."""

    question: SurveyQuestion
    before: Figure | None
    after: Figure | None

    @property
    def change(self) -> Change | None:
        """By how much the share differs."""
        return change(self.before, self.after)


@dataclass(frozen=True, slots=True)
class DomainLines:
    """The statements of one domain, with the average of the shares that are told."""

    name: str
    lines: list[Line]
    before: int | None
    after: int | None

    @property
    def points(self) -> int | None:
        """How the averages differ."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class Summary:
    """One group in one row: its sheets, and the average share of statements told in both rounds."""

    group: Group
    sheets: tuple[int | None, int | None]
    before: int | None
    after: int | None
    statements: int

    @property
    def points(self) -> int | None:
        """How the averages differ."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class WaveResults:
    """One ended round: by group its sheets, and by group and statement its figure."""

    sheets: dict[str, int] = field(default_factory=dict)
    figures: dict[tuple[str, int], Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Results:
    """All that may be told of a survey."""

    survey: Survey
    states: dict[str, str]
    questions: list[SurveyQuestion]
    whole: Group
    units: list[Group]
    audiences: list[Group]
    waves: dict[str, WaveResults]

    @property
    def groups(self) -> list[Group]:
        """All groups, the whole first."""
        return [self.whole, *self.units, *self.audiences]

    @property
    def is_empty(self) -> bool:
        """Whether nothing may be told yet."""
        return not any(wave.sheets for wave in self.waves.values())

    def group(self, key: str) -> Group:
        """The group with this key; the whole for any other."""
        return next((group for group in self.groups if group.key == key), self.whole)

    def lines(self, group: Group) -> list[Line]:
        """Each statement for `group`."""
        before, after = (self.waves[wave] for wave in Wave)
        return [
            Line(
                question,
                before.figures.get((group.key, question.pk)),
                after.figures.get((group.key, question.pk)),
            )
            for question in self.questions
        ]

    def domains(self, group: Group) -> list[DomainLines]:
        """The statements for `group` by domain."""
        found = []
        by_domain = groupby(self.lines(group), key=lambda line: line.question.competence.domain)
        for domain, rows in by_domain:
            lines = list(rows)
            before, after = (mean(_percents(lines, wave)) for wave in Wave)
            found.append(DomainLines(str(domain), lines, before, after))
        return found

    def summary(self, group: Group) -> Summary:
        """`group` in one row."""
        both = [
            line for line in self.lines(group) if None not in (_percent(line.before), _percent(line.after))
        ]  # fmt: skip
        before, after = (mean(_percents(both, wave)) for wave in Wave)
        sheets = tuple(self.waves[wave].sheets.get(group.key) for wave in Wave)
        return Summary(group, (sheets[0], sheets[1]), before, after, len(both))

    def summaries(self, groups: list[Group]) -> list[Summary]:
        """Those of `groups` of which anything is told."""
        rows = [self.summary(group) for group in groups]
        return [row for row in rows if row.sheets != (None, None)]


def _percent(figure: Figure | None) -> int | None:
    return figure.percent if figure else None


def _percents(lines: list[Line], wave: str) -> list[int | None]:
    return [_percent(line.before if wave == Wave.BEFORE else line.after) for line in lines]


@dataclass(frozen=True, slots=True)
class _Counted:
    """What was counted in one round: sheets by unit and audience, the able by statement beside them."""

    sheets: Mapping[tuple[int, int], int]
    able: Mapping[int, Mapping[tuple[int, int], int]]

    def parts(self, question: int) -> dict[tuple[int, int], tuple[int, int]]:
        """(Able, not able) of each cell; a statement left open counts as not able."""
        able = self.able.get(question, {})
        return {
            cell: (able.get(cell, 0), count - able.get(cell, 0))
            for cell, count in self.sheets.items()
        }


def sheets_so_far(survey: Survey) -> dict[str, int]:
    """How many sheets of each round have come, where they are enough to be told. One query."""
    rows = survey.piles.order_by().values_list("wave").annotate(Sum("sheets"))
    return {wave: total for wave, total in rows if total >= SMALLEST}


def results_of(survey: Survey, today: date) -> Results:
    """What may be told today. A fixed number of queries."""
    asked = survey.questions.select_related("competence__domain").order_by("order")
    questions = list(asked)
    states = survey.states(today)
    counted = _counted(survey)
    tree, units = _unit_tree(survey)
    audiences = [row.audience for row in survey.audiences.select_related("audience")]
    waves: dict[str, WaveResults] = {
        wave: _wave(counted[wave], tree, [a.pk for a in audiences], questions)
        if states[wave] == "ended"
        else WaveResults()
        for wave in Wave
    }
    return Results(
        survey, states, questions,
        whole=Group("", "Tất cả"),
        units=[Group(f"u{unit.pk}", unit.name, unit.depth - units[0].depth - 1) for unit in units[1:]],
        audiences=[Group(f"n{a.pk}", a.name) for a in audiences] if len(audiences) > 1 else [],
        waves=waves,
    )  # fmt: skip


def _counted(survey: Survey) -> dict[str, _Counted]:
    """Both rounds, the two ways of coming in added. Two queries."""
    piles = SheetPile.objects.filter(survey=survey).order_by()
    sheets: dict[str, dict[tuple[int, int], int]] = {wave: {} for wave in Wave}
    for wave, unit, audience, total in piles.values_list("wave", "unit", "audience").annotate(
        Sum("sheets")
    ):
        sheets[wave][unit, audience] = total
    able: dict[str, dict[int, dict[tuple[int, int], int]]] = {wave: {} for wave in Wave}
    rows: Any = AnswerCount.objects.filter(pile__survey=survey, answer__in=IS_ABLE).order_by()
    columns = ("pile__wave", "question", "pile__unit", "pile__audience")
    for wave, question, unit, audience, total in rows.values_list(*columns).annotate(Sum("count")):
        able[wave].setdefault(question, {})[unit, audience] = total
    return {wave: _Counted(sheets[wave], able[wave]) for wave in Wave}


def _unit_tree(survey: Survey) -> tuple[dict[int, int | None], list[Unit]]:
    """The units asked and all between them and the survey's own, each with the one it lies in; the top first.

    By the tree of today. A unit that has left since hangs at the top.
    """
    top = survey.unit
    asked = list(Unit.objects.filter(pk__in=survey.units.values("unit")))
    paths = {
        unit.path[:end]
        for unit in asked
        if unit.path.startswith(top.path)
        for end in range(len(top.path) + Unit.steplen, len(unit.path) + 1, Unit.steplen)
    }
    found = {unit.path: unit for unit in Unit.objects.filter(path__in=paths).order_by("path")}
    found |= {unit.path: unit for unit in asked if unit.pk != top.pk}
    below = sorted((unit for unit in found.values()), key=lambda unit: unit.path)
    tree: dict[int, int | None] = {top.pk: None}
    for unit in below:
        above = found.get(unit.path[: -Unit.steplen])
        tree[unit.pk] = above.pk if above else top.pk
    return tree, [top, *below]


def _wave(
    counted: _Counted,
    tree: dict[int, int | None],
    audiences: list[int],
    questions: list[SurveyQuestion],
) -> WaveResults:
    """One round: first of whom anything is told, then each statement."""
    flat: dict[int, int | None] = {ALL: None, **dict.fromkeys(audiences, ALL)}
    cells = {cell: (count,) for cell, count in counted.sheets.items()}
    by_unit, by_audience = _summed(cells, 0), _summed(cells, 1)
    units_told = told(tree, by_unit)
    audiences_told = told(flat, by_audience) - {ALL}
    if not audiences_agree(tree, units_told, audiences_told, cells):
        audiences_told = set()
    unit_sheets = _whole(tree, by_unit, units_told)
    audience_sheets = _whole(flat, by_audience, audiences_told | {ALL}) if units_told else {}
    top = next(iter(tree))
    result = WaveResults()
    alone = len(tree) == 1 or len(audiences) == 1
    for question in questions:
        parts = counted.parts(question.pk)
        of_units = figures(tree, _summed(parts, 0), unit_sheets, alone=alone)
        of_audiences = figures(flat, _summed(parts, 1), audience_sheets, alone=alone)
        exact_units = {key for key, figure in of_units.items() if figure.able is not None}
        exact_audiences = {
            key for key, figure in of_audiences.items() if figure.able is not None and key != ALL
        }
        if not audiences_agree(tree, exact_units, exact_audiences, parts):
            of_audiences = {key: Figure(figure.sheets) for key, figure in of_audiences.items()}
        for key, figure in of_units.items():
            result.figures["" if key == top else f"u{key}", question.pk] = figure
        for key, figure in of_audiences.items():
            if key != ALL:
                result.figures[f"n{key}", question.pk] = figure
    result.sheets.update({"" if key == top else f"u{key}": n for key, n in unit_sheets.items()})
    result.sheets.update({f"n{key}": n for key, n in audience_sheets.items() if key != ALL})
    return result


def _summed(
    cells: Mapping[tuple[int, int], tuple[int, ...]], side: int
) -> dict[int, tuple[int, ...]]:
    """Figures of cells, added up by unit (side 0) or by audience (side 1)."""
    found: dict[int, tuple[int, ...]] = {}
    for cell, parts in cells.items():
        known = found.get(cell[side])
        found[cell[side]] = (
            tuple(a + b for a, b in zip(known, parts, strict=True)) if known else parts
        )
    return found


def _whole(
    tree: Mapping[int, int | None], own: Mapping[int, tuple[int, ...]], wanted: set[int]
) -> dict[int, int]:
    return {key: parts[0] for key, parts in totals(tree, own).items() if key in wanted}


def rows_told(results: Results) -> Iterator[tuple[str, Group, Line]]:
    """Every line that is shown anywhere, for files: what it is by, of which group, which statement."""
    for kind, groups in (
        ("Tất cả", [results.whole]),
        ("Đơn vị", results.units),
        ("Nhóm đối tượng", results.audiences),
    ):
        for group in groups:
            for line in results.lines(group):
                if line.before or line.after:
                    yield kind, group, line
