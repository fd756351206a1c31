"""Verbs on reporting and confirmation lines."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from campaign.units.models import ReportingLine, Unit
from campaign.units.permissions import user_can_draw_lines


def add_line(
    unit: Unit,
    to: Unit,
    *,
    purpose: str,
    starts: date,
    for_kind: str = "",
    round_kind: str = "",
    by: Any,
) -> ReportingLine:
    """A line from `unit`, or from its parts of a kind, to another unit; the newer holds from its day on."""
    if by is not None and not user_can_draw_lines(by, unit):
        raise PermissionDenied
    if unit.institution_id and to.institution_id not in (unit.institution_id, None):
        raise ValidationError({"to": "Nơi nhận phải ở cùng trường hoặc ở cấp trên."})
    line = ReportingLine(
        unit=unit, to=to, purpose=purpose, for_kind=for_kind, round_kind=round_kind, starts=starts
    )
    line.full_clean()
    line.save()
    return line


def end_line(line: ReportingLine, *, last_day: date, by: Any) -> ReportingLine:
    """The line holds up to `last_day`; what stands by default holds again afterwards."""
    if by is not None and not user_can_draw_lines(by, line.unit):
        raise PermissionDenied
    if last_day < line.starts:
        raise ValidationError({"last_day": "Ngày cuối không được trước ngày bắt đầu."})
    line.ends = last_day
    line.save(update_fields=["ends"])
    return line
