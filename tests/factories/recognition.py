"""Makes lists of the first tier, by the very services that people use."""

from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from campaign.awards import services
from campaign.awards.models import RecognitionList
from campaign.plan.rules import school_year_of
from campaign.units.choices import Role
from campaign.units.models import Person, Unit
from tests.factories.people import make_holder

numbers = count(1)


def told(**words: Any) -> services.ListTold:
    """What a list says of itself."""
    known = {
        "title": f"Danh sách {next(numbers)}", "ground": "Kế hoạch số 12/KH-CĐ",
        "school_year": school_year_of(timezone.localdate()).begins,
    }  # fmt: skip
    return services.ListTold(**{**known, **words})


def make_list(unit: Unit, by: Any, *people: Person, **words: Any) -> RecognitionList:
    """A draft of `unit`, with these people in it."""
    now = timezone.now()
    made = services.begin_list(unit, told(**words), key=uuid4(), by=by, now=now)
    praise(made, by, *people)
    return made


def praise(listing: RecognitionList, by: Any, *people: Person, merit: str = "Dạy bà con") -> None:
    """Take these people in."""
    services.praise_people(
        listing, people, merit=merit, key=uuid4(), by=by, now=timezone.now()
    )  # fmt: skip


def make_sent_list(unit: Unit, by: Any, *people: Person, **words: Any) -> RecognitionList:
    """One that waits for the leader; `by` is the head, or the standing office for a school."""
    return services.send_list(make_list(unit, by, *people, **words), by=by, now=timezone.now())


def make_recognised_list(
    unit: Unit, by: Any, *people: Person, leader: Any = None, **words: Any
) -> RecognitionList:
    """One that the leader has recognised today."""
    sent = make_sent_list(unit, by, *people, **words)
    return services.recognise_list(
        sent, number="12/QĐ-CĐ", day=timezone.localdate(), now=timezone.now(),
        by=leader or make_holder(sent.institution, Role.LEADER),
    )  # fmt: skip
