"""The demo's lists of praise: one that is drafted, one that was recognised; loaded twice, there once."""

import pytest

from campaign.awards.models import RecognitionList
from home.demo.people import load_people
from home.demo.recognition import load_recognition
from home.demo.reports import load_reports
from home.demo.units import load_units

pytestmark = pytest.mark.django_db


def test_demo_lists_stand_in_their_states(home):
    load_units()
    load_people()
    load_reports()
    for _ in range(2):
        load_recognition()
    told = {
        row.unit.code: (row.state, row.entries.count()) for row in RecognitionList.objects.all()
    }
    assert told == {"KTKT": ("draft", 3), "NL": ("recognised", 5)}
