"""The one door for a report's state. Each move is a row.

Each that leaves the unit's hands freezes a revision.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from campaign.reporting.choices import RECEIVES, WRITES, ReportState
from campaign.reporting.models import (
    CountedActivity,
    Indicator,
    Report,
    ReportEvent,
    ReportLine,
    ReturnPoint,
    Revision,
    Value,
)
from campaign.reporting.permissions import actors_of, lock_problem, user_receives
from campaign.reporting.queries import (
    counting_in,
    entries_of,
    lines_of,
    offers_for,
    problems_in,
    report_rows,
)
from campaign.reporting.telling import tidy
from campaign.reporting.workflow import STAMPED, allowed_moves, move_named
from campaign.units.choices import Role
from campaign.units.services import write_to_holders
from core.frozen import checksum_of
from core.moves import Move
from core.templatetags.site_tags import absolute


class MoveRefused(Exception):
    """Why a move can't be made, in words."""


@dataclass(frozen=True, slots=True)
class Point:
    """One place to be mended, and how."""

    reason: str
    indicator: Indicator | None = None
    line: ReportLine | None = None


def confirm_report(report: Report, *, by: Any, now: datetime) -> Report:
    """Signed off by the head: figures and the activities behind them are frozen.

    ValidationError with everything that is missing or contradicts itself; the report stays as it is.
    """
    with transaction.atomic():
        report = locked(report)
        move = _open(report, "confirm", by, now)
        offers = offers_for(report)
        entries = entries_of(report, offers)
        hard = [problem for problem in problems_in(report, entries) if problem.is_hard]
        if hard:
            raise ValidationError([problem.said for problem in hard])
        for entry in entries:
            if entry.offer is None:
                continue
            if entry.value is None:
                Value.objects.create(
                    report=report, indicator=entry.indicator, number=entry.offer.number,
                    offered=entry.offer.number, is_from_source=True, changed_at=now, changed_by=by,
                )  # fmt: skip
            else:
                Value.objects.filter(pk=entry.value.pk).update(offered=entry.offer.number)
        report.counted.all().delete()
        CountedActivity.objects.bulk_create(
            [
                CountedActivity(report=report, activity_id=pk)
                for pk in counting_in(report).order_by().values_list("pk", flat=True)
            ],
            batch_size=1000,
        )
        report.confirmed_at, report.confirmed_by = now, by
        return _moved(report, move, by, now)


def submit_report(report: Report, *, by: Any, now: datetime, prepared_by: str = "") -> Report:
    """Handed in. The first time decides whether it was in time."""
    with transaction.atomic():
        report = locked(report)
        move = _open(report, "submit", by, now)
        if by.is_shared and not (prepared_by or report.prepared_by).strip():
            raise ValidationError({"prepared_by": "Tài khoản dùng chung: hãy ghi tên người lập."})
        report.prepared_by = prepared_by.strip()[:120] or report.prepared_by
        report.submitted_at = now
        report.first_submitted_at = report.first_submitted_at or now
        report.opened_at = None
        report = _moved(report, move, by, now)
        _tell_receivers(report, now)
        return report


def reopen_report(report: Report, *, by: Any, now: datetime) -> Report:
    """Back to writing, before it was handed in: the signature falls.

    What came from the log follows it again.
    """
    with transaction.atomic():
        report = locked(report)
        return _unsigned(report, _open(report, "reopen", by, now), by, now)


def withdraw_report(report: Report, *, by: Any, now: datetime) -> Report:
    """Taken back by the unit, until the receiver has opened it."""
    with transaction.atomic():
        report = locked(report)
        return _unsigned(report, _open(report, "withdraw", by, now), by, now)


def return_report(
    report: Report, *, reason: str, points: Iterable[Point] = (), by: Any, now: datetime
) -> Report:
    """Given back, with what is to be mended and where. ValidationError without any word."""
    told = [point for point in points if point.reason.strip()]
    words = tidy(reason)
    if not words and not told:
        raise ValidationError({"reason": "Hãy ghi cần bổ sung gì, chung hoặc ở từng dòng."})
    with transaction.atomic():
        report = locked(report)
        move = _open(report, "return", by, now)
        report.accepted_at = None
        report = _unsigned(report, move, by, now, words)
        event = report.events.latest("pk")
        for point in told:
            ReturnPoint.objects.create(
                event=event, indicator=point.indicator, line=point.line,
                reason=tidy(point.reason)[:1000],
            )  # fmt: skip
        _tell_unit(report, event, now)
        return report


def accept_report(report: Report, *, by: Any, now: datetime) -> Report:
    """Received as it is: what official figures are made of."""
    with transaction.atomic():
        report = locked(report)
        move = _open(report, "accept", by, now)
        report.accepted_at = now
        report = _moved(report, move, by, now)
        _tell_unit(report, report.events.latest("pk"), now)
        return report


def open_received(report: Report, *, by: Any, now: datetime) -> None:
    """The receiver looks at it: from now on it is not taken back."""
    if report.state != ReportState.SUBMITTED or report.opened_at or not user_receives(by, report):
        return
    with transaction.atomic():
        held = locked(report)
        if held.state == ReportState.SUBMITTED and held.opened_at is None:
            Report.objects.filter(pk=held.pk).update(opened_at=now)
    report.opened_at = now


def locked(report: Report) -> Report:
    """The row as it is now, held until the transaction ends."""
    return report_rows().select_for_update(of=("self",)).get(pk=report.pk)


def _open(report: Report, name: str, by: Any, now: datetime) -> Move:
    """The move, when `by` may make it now: PermissionDenied by part, MoveRefused by state or time."""
    move = move_named(name)
    actors = actors_of(by, report)
    if not move.actors & actors:
        raise PermissionDenied
    if move not in allowed_moves(report.state, actors, is_opened=report.opened_at is not None):
        if name == "withdraw" and report.opened_at:
            raise MoveRefused("Nơi nhận đã mở báo cáo: hãy nhờ nơi nhận trả lại.")
        state = ReportState(report.state).label.lower()
        raise MoveRefused(f"Báo cáo {state}: không “{move.label.lower()}” được nữa.")
    if name in ("confirm", "submit") and (problem := lock_problem(report, now)):
        raise MoveRefused(problem)
    return move


def _unsigned(report: Report, move: Move, by: Any, now: datetime, note: str = "") -> Report:
    """Open for writing again: rows that the source alone had filled follow it again, claims are let go."""
    report.values.filter(is_from_source=True).delete()
    report.values.update(offered=None)
    report.counted.all().delete()
    report.confirmed_at = report.confirmed_by = None
    return _moved(report, move, by, now, note)


def _moved(report: Report, move: Move, by: Any, now: datetime, note: str = "") -> Report:
    before, report.state = report.state, ReportState(move.target)
    report.changed_at = now
    report.version += 1
    report.save()
    event = ReportEvent.objects.create(
        report=report, at=now, by=by, prepared_by=report.prepared_by if by.is_shared else "",
        move=move.name, from_state=before, to_state=report.state, note=note,
    )  # fmt: skip
    if move.name in STAMPED:
        freeze(report, event)
    return report


def freeze(report: Report, event: ReportEvent) -> Revision:
    """The report as it says now, with a checksum of exactly that."""
    content = content_of(report)
    return Revision.objects.create(
        report=report, event=event, number=report.revisions.count() + 1, content=content,
        checksum=checksum_of(content),
    )  # fmt: skip


def content_of(report: Report) -> dict[str, Any]:
    """All that the report says, as plain data that stays readable whatever becomes of its rows."""
    entries = entries_of(report, {})
    return {
        "unit": report.unit.name,
        "round": report.round.title,
        "form": str(report.round.layout),
        "window": [day.isoformat() for day in report.round.window],
        "summary": report.summary,
        "figures": [
            {
                "key": entry.indicator.key, "group": entry.indicator.group,
                "label": entry.indicator.label, "unit": entry.indicator.unit,
                "words": entry.words, "why": entry.value.why if entry.value else "",
                "offered": entry.offered,
            }
            for entry in entries
        ],
        "lines": [
            {
                "group": line.group, "is_open": line.row.is_open,
                "cells": [[cell.column.heading, cell.text] for cell in line.cells],
            }
            for line in lines_of(report)
        ],
        "activities": sorted(report.counted.values_list("activity_id", flat=True)),
    }  # fmt: skip


def _tell_receivers(report: Report, now: datetime) -> None:
    """A letter to those who receive it."""
    if report.to_id is None:
        return
    _letters(report, report.to_id, RECEIVES, "report_submitted", f"nop-{report.pk}-{report.version}", now,
             f"Đã nộp: {report}")  # fmt: skip


def _tell_unit(report: Report, event: ReportEvent, now: datetime) -> None:
    """A letter to those who write it and sign it."""
    state = report.get_state_display()
    _letters(report, report.unit_id, WRITES | {Role.LEADER}, "report_answered",
             f"tra-loi-{report.pk}-{report.version}", now, f"{state}: {report}", event=event)  # fmt: skip


def _letters(
    report: Report, unit: int, roles: Any, template: str, key: str, now: datetime, subject: str,
    **context: Any,
) -> None:  # fmt: skip
    context |= {
        "report": report, "link": absolute(reverse("reporting:report", args=[report.pk])),
    }  # fmt: skip
    write_to_holders(
        unit, roles, template=template, subject=subject, context=context, key=key, now=now
    )
