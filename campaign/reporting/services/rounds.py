"""Verbs on rounds: made, opened in the background, more time, what passes on to a successor."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.reporting.choices import CHAINED, LateRule, ReportState
from campaign.reporting.deadlines import Limit, Term, extended, term_problem, window_problem
from campaign.reporting.models import (
    Extension,
    LayoutVersion,
    Report,
    Round,
    RoundStep,
    SchoolYearEnd,
)
from campaign.reporting.permissions import user_can_ask, user_can_remind
from campaign.units.choices import LinePurpose
from campaign.units.lines import Line, line_for, recipient
from campaign.units.models import ReportingLine, Unit
from campaign.units.queries import answers_for
from campaign.units.reach import under

AT_ONCE = 500


@dataclass(frozen=True)
class Asked:
    """What a round asks: as typed, understood, and free of Django's rows but the form."""

    kind: str
    title: str
    layout: LayoutVersion
    period: tuple[date, date]
    window: tuple[date, date]
    opens_on: date
    limit: Limit
    locks_on: date | None = None
    late_rule: str = LateRule.NEXT
    note: str = ""
    # Kinds of units that owe, each with a limit of its own or none.
    steps: Mapping[str, Limit | None] = field(default_factory=dict)
    left_out: Iterable[Unit] = ()
    # The institution's own end of the school year, kept for the next time.
    year_ends_on: date | None = None


def make_round(owner: Unit, asked: Asked, *, key: UUID, by: Any, now: datetime) -> Round:
    """A round, not opened yet. The same form sent again gives the same round.

    ValidationError, by field: days out of order, a window that another round has told of, nobody asked.
    """
    if not user_can_ask(by, owner):
        raise PermissionDenied
    if known := Round.objects.filter(key=key).first():
        return known
    before = _before(owner, asked)
    _check(asked, _overlapping(owner, asked))
    try:
        with transaction.atomic():
            made = Round.objects.create(
                owner=owner, layout=asked.layout, kind=asked.kind, title=asked.title, note=asked.note,
                period_from=asked.period[0], period_to=asked.period[1],
                data_from=asked.window[0], data_to=asked.window[1], late_rule=asked.late_rule,
                opens_on=asked.opens_on, limit_on=asked.limit.day,
                limit_inclusive=asked.limit.inclusive, locks_on=asked.locks_on, before=before,
                key=key, made_by=by, made_at=now,
            )  # fmt: skip
            for kind, limit in asked.steps.items():
                own = {"limit_on": limit.day, "limit_inclusive": limit.inclusive} if limit else {}
                RoundStep.objects.create(round=made, for_kind=kind, **own)
            made.left_out.set(asked.left_out)
            if asked.year_ends_on:
                SchoolYearEnd.objects.update_or_create(
                    unit=owner, begins=asked.period[0].year,
                    defaults={"ends_on": asked.year_ends_on},
                )  # fmt: skip
    except IntegrityError:
        known = Round.objects.filter(key=key).first()
        if known is None:
            raise
        return known
    return made


def _before(owner: Unit, asked: Asked) -> Round | None:
    """The round of the same kind and form before this one."""
    rows = Round.objects.filter(owner=owner, kind=asked.kind, layout__form=asked.layout.form_id)
    return rows.filter(data_from__lt=asked.window[0]).order_by("-data_to").first()


def _overlapping(owner: Unit, asked: Asked) -> Round | None:
    """A round of the chain that tells of a day of this one, earlier or later."""
    if asked.kind not in CHAINED:
        return None
    rows = Round.objects.filter(owner=owner, kind=asked.kind, layout__form=asked.layout.form_id)
    first, last = asked.window
    return rows.filter(data_from__lte=last, data_to__gte=first).first()


def _check(asked: Asked, other: Round | None) -> None:
    problems: dict[str, str] = {}
    if asked.period[1] < asked.period[0]:
        problems["period_to"] = "Ngày cuối kỳ không được trước ngày đầu kỳ."
    if said := window_problem(*asked.window, other.window if other else None):
        problems["data_to"] = said
    problems |= term_problem(Term(asked.opens_on, asked.limit.last_safe, asked.locks_on))
    for limit in asked.steps.values():
        if limit and limit.last_safe < asked.opens_on:
            problems["steps"] = "Hạn riêng của một cấp trước ngày mở kỳ."
    if not asked.steps:
        problems["steps"] = "Hãy chọn ít nhất một loại đơn vị phải báo cáo."
    if not asked.layout.is_published:
        problems["layout"] = "Mẫu này chưa ban hành."
    if problems:
        raise ValidationError(problems)


def units_asked(asked: Round, day: date) -> list[Unit]:
    """The units that owe a report: those of the kinds asked, running on `day`, but for those left out."""
    kinds = [step.for_kind for step in asked.steps.all()]
    rows = Unit.objects.active(day).filter(under(asked.owner.path), kind__in=kinds)
    return list(rows.exclude(pk__in=asked.left_out.values("pk")).order_by("path"))


def open_round(asked: Round, *, by: Any, now: datetime) -> Round:
    """Make a report for each unit, in the background. Pressed twice it begins once."""
    from campaign.reporting.tasks import make_all

    if not user_can_ask(by, asked.owner):
        raise PermissionDenied
    with transaction.atomic():
        held = Round.objects.select_for_update().get(pk=asked.pk)
        if held.opened_at is not None:
            return held
        expected = len(units_asked(held, timezone.localtime(now).date()))
        if not expected:
            raise ValidationError("Không có đơn vị nào thuộc các loại đã chọn.")
        Round.objects.filter(pk=held.pk).update(opening_at=now, expected=expected)
        transaction.on_commit(lambda: make_all.enqueue(held.pk))
    held.refresh_from_db()
    return held


def make_reports(pk: int, *, now: datetime) -> int:
    """Every obligation of a round, some hundreds at a time; done again it makes what is missing. How many."""
    asked = Round.objects.select_related("owner").get(pk=pk)
    today = timezone.localtime(now).date()
    units = units_asked(asked, today)
    told = set(asked.reports.values_list("unit_id", flat=True))
    steps = {step.for_kind: step.limit or asked.limit for step in asked.steps.all()}
    ways = Ways(asked.kind, today)
    missing = [unit for unit in units if unit.pk not in told]
    for start in range(0, len(missing), AT_ONCE):
        rows = [
            _owed(asked, unit, steps[unit.kind], ways, now)
            for unit in missing[start : start + AT_ONCE]
        ]
        Report.objects.bulk_create(rows, ignore_conflicts=True)
        Round.objects.filter(pk=pk).update(made=asked.reports.count())
    Round.objects.filter(pk=pk, opened_at__isnull=True).update(
        opened_at=now, made=asked.reports.count()
    )
    return len(missing)


def _owed(asked: Round, unit: Unit, limit: Limit, ways: "Ways", now: datetime) -> Report:
    to, line = ways.of(unit)
    due_on = limit.last_safe
    locks_on = max(asked.locks_on, due_on) if asked.locks_on else None
    return Report(
        round=asked, unit=unit, to_id=to, line_id=line, due_on=due_on, locks_on=locks_on,
        made_at=now, changed_at=now,
    )  # fmt: skip


class Ways:
    """To whom units send, for many units at once: three queries, however many."""

    def __init__(self, round_kind: str, day: date) -> None:
        self.round_kind, self.day = round_kind, day
        self.by_path = dict(Unit.objects.order_by().values_list("path", "pk"))
        self.rows: dict[Line, int] = {}
        for row in ReportingLine.objects.filter(purpose=LinePurpose.REPORT).order_by():
            line = Line(row.unit_id, row.to_id, row.purpose, row.starts, row.for_kind,
                        row.round_kind, row.ends)  # fmt: skip
            self.rows[line] = row.pk

    def of(self, unit: Unit) -> tuple[int | None, int | None]:
        """The receiver's key and that of the line that says so; None for none."""
        step = Unit.steplen
        way = [self.by_path[unit.path[:end]] for end in range(len(unit.path), 0, -step)]
        asked = (way, unit.kind, LinePurpose.REPORT, self.round_kind, self.rows, self.day)
        line = line_for(*asked)
        return recipient(*asked), self.rows[line] if line else None


def extend_report(report: Report, *, until: date, why: str, by: Any, now: datetime) -> Extension:
    """More time for one report. ValidationError when it would be less, or no reason is told."""
    if not user_can_remind(by, report):
        raise PermissionDenied
    if not why.strip():
        raise ValidationError({"why": "Hãy ghi vì sao gia hạn."})
    with transaction.atomic():
        held = Report.objects.select_for_update(of=("self",)).select_related("round").get(
            pk=report.pk
        )  # fmt: skip
        try:
            term = extended(held.term, until)
        except ValueError as wrong:
            said = f"Hạn mới phải sau hạn đang có ({held.due_on:%d/%m/%Y})."
            raise ValidationError({"until": said}) from wrong
        held.due_on, held.locks_on = term.due_on, term.locks_on
        held.save(update_fields=["due_on", "locks_on"])
        return Extension.objects.create(report=held, until=until, why=why.strip(), by=by, at=now)


def extend_round(asked: Round, *, until: date, why: str, by: Any, now: datetime) -> int:
    """More time for every unit that has not handed in, a row for each; the round's own day moves. How many."""
    if not user_can_ask(by, asked.owner):
        raise PermissionDenied
    if not why.strip():
        raise ValidationError({"why": "Hãy ghi vì sao gia hạn."})
    with transaction.atomic():
        held = Round.objects.select_for_update().get(pk=asked.pk)
        if until <= held.due_on:
            said = f"Hạn mới phải sau hạn đang có ({held.due_on:%d/%m/%Y})."
            raise ValidationError({"until": said})
        rows = held.reports.owed().filter(due_on__lt=until)
        owed = list(rows.values_list("pk", flat=True))
        Extension.objects.bulk_create(
            [Extension(report_id=pk, until=until, why=why.strip(), by=by, at=now) for pk in owed],
            batch_size=AT_ONCE,
        )
        Report.objects.filter(pk__in=owed, locks_on__lt=until).update(locks_on=until)
        Report.objects.filter(pk__in=owed).update(due_on=until)
        held.limit_on, held.limit_inclusive = until, True
        held.locks_on = max(held.locks_on, until) if held.locks_on else None
        held.save(update_fields=["limit_on", "limit_inclusive", "locks_on"])
    return len(owed)


def discard_round(asked: Round, *, by: Any) -> None:
    """Throw away a round that nobody has been asked in yet."""
    if not user_can_ask(by, asked.owner):
        raise PermissionDenied
    with transaction.atomic():
        held = Round.objects.select_for_update().get(pk=asked.pk)
        if held.opening_at is not None or held.opened_at is not None or held.reports.exists():
            raise ValidationError("Kỳ đã mở: các đơn vị đã nhận việc, không bỏ được nữa.")
        held.delete()


def pass_on_ended(now: datetime) -> int:
    """What units owed that have ended since goes to their successors, once each; how many passed on."""
    today = timezone.localtime(now).date()
    rows = Report.objects.owed().filter(
        unit__ends__lt=today, unit__successor__isnull=False, round__opened_at__isnull=False
    )
    return sum(_passed_on(pk, today, now) for pk in list(rows.values_list("pk", flat=True)))


def _passed_on(pk: int, today: date, now: datetime) -> bool:
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).select_related(
            "round__owner", "unit"
        ).get(pk=pk)  # fmt: skip
        heir = answers_for(report.unit)
        if heir.pk == report.unit_id or report.state == ReportState.PASSED_ON:
            return False
        to, line = Ways(report.round.kind, today).of(heir)
        found, _ = Report.objects.get_or_create(
            round=report.round, unit=heir,
            defaults={
                "to_id": to, "line_id": line, "due_on": report.due_on,
                "locks_on": report.locks_on, "made_at": now, "changed_at": now,
            },
        )  # fmt: skip
        report.successor, report.state = found, ReportState.PASSED_ON
        report.save(update_fields=["successor", "state"])
        return True
