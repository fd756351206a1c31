"""A school with people in every part of a proposal."""

import pytest
from django.utils import timezone

from campaign.units.choices import Role
from campaign.units.services import record_enrolment
from tests.factories.awards import make_award_round, make_dossier
from tests.factories.people import make_holder, make_person
from tests.factories.units import make_college, make_unit


@pytest.fixture
def college(home):
    """A farming faculty with a class of 42, the Youth Union, an office that checks; a round is open."""
    made = make_college()
    made["union"] = make_unit(made["school"], "youth_union", name="Đoàn trường", code="DTN")
    record_enrolment(made["farmers"], count=42, as_of=timezone.localdate())
    made["standing"] = make_holder(made["school"], Role.STANDING_OFFICE, email="tt@thu.edu.vn")
    made["leader"] = make_holder(made["school"], Role.LEADER)
    made["writer"] = make_holder(made["farming"], Role.REPORTER, email="viet@thu.edu.vn")
    made["head"] = make_holder(made["farming"], Role.UNIT_HEAD)
    made["secretary"] = make_holder(made["union"], Role.UNIT_HEAD)
    made["member"] = make_holder(made["farmers"], Role.MEMBER)
    made["teacher"] = make_holder(made["farmers"], Role.UNIT_HEAD)
    made["student"] = make_person(made["farmers"], full_name="Mẫu Thị Ánh", code="NN1-01")
    made["round"] = make_award_round(made["school"], made["standing"])
    made["dossier"] = make_dossier(made["round"], made["farming"], made["writer"])
    return made
