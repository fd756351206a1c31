"""Rows of the screen on which a report is filled in: each saved by itself, by a script or all by one press."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from campaign.reporting import services
from campaign.reporting.models import FormColumn, Indicator, Report, ReportLine
from campaign.reporting.services import Stale, Typed

SUMMARY = "summary"


@dataclass(frozen=True)
class Outcome:
    """What became of one row: its version now, what was wrong by field, what another has saved meanwhile."""

    row: str
    version: int = 0
    problems: dict[str, str] = field(default_factory=dict)
    stale: Any = None
    is_stale: bool = False

    @property
    def is_fine(self) -> bool:
        """Whether it is saved."""
        return not self.problems and not self.is_stale


def names_in(data: Mapping[str, Any]) -> list[str]:
    """The rows that a form holds, by the version each carries."""
    return [name.removesuffix("-version") for name in data if name.endswith("-version")]


def save_row(
    report: Report, name: str, data: Mapping[str, Any], *, by: Any, now: datetime
) -> Outcome:
    """Save what was typed in one row: `v<indicator>`, `c<line>-<column>` or `summary`.

    KeyError for a row that the report does not have.
    """
    version = _version(data.get(f"{name}-version", ""))
    try:
        if name == SUMMARY:
            text = data.get(f"{name}-text", "")
            return Outcome(
                name,
                services.save_summary(
                    report, text, version=version, by=by, now=now
                ).summary_version,
            )
        kind, rest = name[:1], name[1:]
        if kind == "v":
            indicator = _found(Indicator.objects.filter(version=report.round.layout_id), rest)
            row: Any = services.save_value(
                report, indicator, typed_in(data, name), version=version, by=by, now=now
            )
            return Outcome(name, row.version if row else 0)
        if kind == "c":
            line_key, _, column_key = rest.partition("-")
            line = _found(
                ReportLine.objects.filter(report=report).select_related("report"), line_key
            )
            column = _found(FormColumn.objects.filter(version=report.round.layout_id), column_key)
            text = data.get(f"{name}-text", "")
            row = services.save_cell(line, column, text, version=version, by=by, now=now)
            return Outcome(name, row.version if row else version)
        if kind == "l":
            line = _found(ReportLine.objects.filter(report=report).select_related("report"), rest)
            is_open = bool(data.get(f"{name}-open"))
            if is_open != line.is_open:
                services.set_open(line, is_open=is_open, by=by, now=now)
            return Outcome(name)
    except Stale as stale:
        return Outcome(name, version, stale=stale.now, is_stale=True)
    except ValidationError as refused:
        return Outcome(name, version, problems=_problems(refused))
    raise KeyError(name)


def typed_in(data: Mapping[str, Any], name: str) -> Typed:
    """What stands in the fields of an indicator."""
    words = {
        part: str(data.get(f"{name}-{part}", ""))
        for part in ("number", "numerator", "denominator", "text", "choice", "why")
    }
    return Typed(not_applicable=bool(data.get(f"{name}-na")), **words)


def _version(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _found(rows: Any, key: str) -> Any:
    found = rows.filter(pk=int(key)).first() if key.isascii() and key.isdigit() else None
    if found is None:
        raise KeyError(key)
    return found


def _problems(refused: ValidationError) -> dict[str, str]:
    if hasattr(refused, "error_dict"):
        return {name: " ".join(said) for name, said in refused.message_dict.items()}
    return {"text": " ".join(refused.messages)}


def told_of(outcome: Outcome) -> dict[str, Any]:
    """The answer to a script."""
    told: dict[str, Any] = {
        "row": outcome.row, "version": outcome.version, "problems": outcome.problems,
        "at": f"{timezone.localtime():%H:%M}",
    }  # fmt: skip
    if outcome.is_stale:
        told["stale"] = other_words(outcome.stale)
    return told


def other_words(row: Any) -> dict[str, Any]:
    """What another has saved, field by field, with who and the version that replaces it."""
    if row is None:
        return {"version": 0, "by": "Người khác", "fields": {}, "words": "(đã bỏ trống)"}
    if isinstance(row, Report):
        fields: dict[str, Any] = {"text": row.summary}
        return {
            "version": row.summary_version,
            "by": "Người khác",
            "fields": fields,
            "words": row.summary,
        }
    names = ("number", "numerator", "denominator", "text", "choice", "why")
    fields = {name: getattr(row, name) for name in names if hasattr(row, name)}
    fields = {name: "" if value is None else str(value) for name, value in fields.items()}
    if getattr(row, "not_applicable", False):
        fields["na"] = "1"
    words = " · ".join(value for name, value in fields.items() if value and name != "na")
    by = (
        row.changed_by.get_full_name() or row.changed_by.username
        if row.changed_by
        else "Người khác"
    )
    return {
        "version": row.version, "by": by, "fields": fields,
        "words": words or ("Không áp dụng" if fields.get("na") else "(bỏ trống)"),
    }  # fmt: skip
