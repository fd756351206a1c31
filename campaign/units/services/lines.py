"""Verbs on reporting and confirmation lines."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from campaign.units.choices import LinePurpose
from campaign.units.models import ReportingLine, Unit
from campaign.units.permissions import user_can_draw_lines
from campaign.units.posts import is_under, overlap
from campaign.units.queries import recipient_of
from campaign.units.services.tree import tree_lock

# No school has more floors; a walk along lines that is longer goes round.
MOST_STEPS = 20
ROUND = "Nơi nhận này lại gửi báo cáo về chính đơn vị gửi: tuyến sẽ đi vòng."


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
    """A line from `unit`, or from its parts of a kind, to another unit; the newer holds from its day on.

    ValidationError, by field: to another school, to a unit that has ended, in a circle, the same again.
    """
    if by is not None and not user_can_draw_lines(by, unit):
        raise PermissionDenied
    line = ReportingLine(
        unit=unit, to=to, purpose=purpose, for_kind=for_kind, round_kind=round_kind, starts=starts
    )
    with tree_lock():
        _check_recipient(line)
        _check_same(line)
        if purpose == LinePurpose.REPORT:
            _check_circle(line)
        line.full_clean()
        line.save()
    return line


def _check_recipient(line: ReportingLine) -> None:
    if line.unit.institution_id and line.to.institution_id not in (line.unit.institution_id, None):
        raise ValidationError({"to": "Nơi nhận phải ở cùng trường hoặc ở cấp trên."})
    if line.to.ends is not None:
        raise ValidationError({"to": "Nơi nhận không còn hoạt động."})
    if not line.for_kind and line.purpose == LinePurpose.REPORT and line.to_id == line.unit_id:
        raise ValidationError({"to": "Một đơn vị không gửi báo cáo cho chính mình."})


def _check_same(line: ReportingLine) -> None:
    rows = ReportingLine.objects.filter(
        unit=line.unit, to=line.to, purpose=line.purpose, for_kind=line.for_kind,
        round_kind=line.round_kind,
    )  # fmt: skip
    if any(overlap((row.starts, row.ends), (line.starts, None)) for row in rows):
        raise ValidationError({"to": "Tuyến này đã có trong thời gian đó."})


def _check_circle(line: ReportingLine) -> None:
    """What is sent to the recipient must not come back along the lines of today."""
    here: Unit | None = line.to
    for _ in range(MOST_STEPS):
        if here is None:
            return
        if _sends_by(line, here):
            raise ValidationError({"to": ROUND})
        after = recipient_of(here, LinePurpose.REPORT, line.round_kind, line.starts)
        here = after if after is not None and after.pk != here.pk else None
    raise ValidationError({"to": ROUND})


def _sends_by(line: ReportingLine, unit: Unit) -> bool:
    """Whether `unit` is one of those the line would lead."""
    if not line.for_kind:
        return unit.pk == line.unit_id
    below = is_under(unit.path, line.unit.path) and unit.pk != line.unit_id
    return unit.kind == line.for_kind and below and unit.pk != line.to_id


def end_line(line: ReportingLine, *, last_day: date, by: Any) -> ReportingLine:
    """The line holds up to `last_day`; what stands by default holds again afterwards."""
    if by is not None and not user_can_draw_lines(by, line.unit):
        raise PermissionDenied
    if last_day < line.starts:
        raise ValidationError({"last_day": "Ngày cuối không được trước ngày bắt đầu."})
    if line.ends is not None and line.ends <= last_day:
        raise ValidationError({"last_day": f"Tuyến này đã kết thúc ngày {line.ends:%d/%m/%Y}."})
    line.ends = last_day
    line.save(update_fields=["ends"])
    return line
