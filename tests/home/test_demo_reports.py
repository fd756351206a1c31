"""The demo's reports: one accepted, one late, the rest owed; whatever the day."""

from datetime import date

import pytest
import time_machine

from campaign.reporting.models import Report, Round
from campaign.units.models import Unit
from home.demo.activities import load_activities
from home.demo.people import load_people
from home.demo.reports import load_reports
from home.demo.units import load_units

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "day", [date(2026, 9, 21), date(2026, 11, 24), date(2027, 1, 5), date(2027, 3, 24)]
)
def test_demo_reports_stand_in_their_states(home, day):
    with time_machine.travel(f"{day}T10:00:00+07:00", tick=True):
        load_units()
        load_people()
        load_activities()
        for _ in range(2):
            load_reports()
        told = dict(Report.objects.order_by().values_list("unit__code", "state").filter(
            round=Round.objects.order_by("pk").first()
        ))  # fmt: skip
        assert (told["KTKT"], told["NL"], told["HCTH"]) == ("accepted", "submitted", "draft")
        schools = Report.objects.filter(unit__kind="institution").count()
        assert schools == Unit.objects.filter(kind="institution").count()
        late = Report.objects.get(unit__code="NL", state="submitted")
        assert (late.first_submitted_at.date() - late.due_on).days == 2
