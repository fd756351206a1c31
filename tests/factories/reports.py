"""Makes rounds and reports, by the very services that people use."""

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from campaign.reporting import services
from campaign.reporting.deadlines import Limit
from campaign.reporting.models import LayoutVersion, Report, Round
from campaign.units.choices import Role
from campaign.units.models import Unit
from tests.factories.people import make_holder

numbers = count(1)
ANNEX = "Báo cáo quý, năm học theo Phụ lục III"


def layout_named(name: str = ANNEX) -> LayoutVersion:
    """The version in force of a form of the first start."""
    return LayoutVersion.objects.get(form__name=name)


def shifted(days: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=days)


def make_round(owner: Unit, by: Any = None, **words: Any) -> Round:
    """A round of faculties, not opened: asked for by the standing office, due in ten days."""
    by = by or make_holder(owner, Role.STANDING_OFFICE)
    known: dict[str, Any] = {
        "kind": "quarter", "title": f"Kỳ {next(numbers)}", "layout": layout_named(),
        "period": (shifted(-60), shifted(20)), "window": (shifted(-60), shifted(5)),
        "opens_on": shifted(-20), "limit": Limit(shifted(10), inclusive=True),
        "locks_on": shifted(17), "steps": {"faculty": None},
    }  # fmt: skip
    asked = services.Asked(**{**known, **words})
    return services.make_round(owner, asked, key=uuid4(), by=by, now=timezone.now())


def make_open_round(owner: Unit, by: Any = None, **words: Any) -> Round:
    """A round with all its reports."""
    asked = make_round(owner, by, **words)
    services.make_reports(asked.pk, now=timezone.now())
    asked.refresh_from_db()
    return asked


def report_of(asked: Round, unit: Unit) -> Report:
    """What `unit` owes."""
    return Report.objects.get(round=asked, unit=unit)


def fill(report: Report, by: Any) -> None:
    """Everything that the form wants and no source gives."""
    services.begin_filling(report, by=by, now=timezone.now())
    for indicator in report.round.layout.indicators.filter(source="", is_required=True):
        typed = services.Typed(number="3", numerator="4", denominator="5", text="Có",
                               choice=(indicator.choices or [""])[0])  # fmt: skip
        services.save_value(report, indicator, typed, version=0, by=by, now=timezone.now())
