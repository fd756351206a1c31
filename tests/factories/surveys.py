"""Makes self-assessments with sheets of paper in them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from campaign.units.models import Unit
from resources.choices import Able, SheetSource, Wave
from resources.models import AnswerCount, Audience, Competence, SheetPile, Survey
from resources.services import Group, Plan, make_survey
from resources.surveys.rules import Round

numbers = count(1)
CODES = ("1.1", "2.6", "4.2")


def round_of(first: int, last: int) -> Round:
    """A round by days from today."""
    today = timezone.localdate()
    return Round(today + timedelta(days=first), today + timedelta(days=last))


def plan_of(**fields: Any) -> Plan:
    """Three statements for citizens; the first round is open, the second is to come."""
    codes, names = fields.pop("codes", CODES), fields.pop("names", ("Người dân",))
    asked = Competence.objects.filter(code__in=codes).values_list("pk", flat=True)
    audiences = Audience.objects.filter(name__in=names).values_list("pk", flat=True)
    known = {
        "title": f"Phiếu số {next(numbers)}", "before": round_of(0, 5), "after": round_of(20, 25),
        "audiences": list(audiences), "competences": list(asked),
    }  # fmt: skip
    return Plan(**{**known, **fields})


def make_asked(unit: Unit, **fields: Any) -> Survey:
    """A survey of `unit`, made by the site itself."""
    return make_survey(unit, plan_of(**fields), key=uuid4(), by=None, now=timezone.now())


def over(survey: Survey) -> Survey:
    """The same with both rounds long settled."""
    today = timezone.localdate()
    days: dict[str, date] = {
        "before_from": today - timedelta(days=200), "before_to": today - timedelta(days=190),
        "after_from": today - timedelta(days=90), "after_to": today - timedelta(days=80),
    }  # fmt: skip
    Survey.objects.filter(pk=survey.pk).update(**days)
    return Survey.objects.select_related("unit").get(pk=survey.pk)


def group_of(
    survey: Survey, wave: str = Wave.BEFORE, unit: Unit | None = None, audience: str = ""
) -> Group:
    """A group of the survey: its first unit and audience where none is named."""
    rows = survey.audiences.select_related("audience")
    found = rows.get(audience__name=audience) if audience else rows[0]
    return Group(wave, unit or survey.units.select_related("unit")[0].unit, found.audience)


def all_questions(survey: Survey, answer: Any) -> dict[int, Any]:
    """The same answer, or the same counts, to each statement."""
    return dict.fromkeys(survey.questions.values_list("pk", flat=True), answer)


def pile_up(
    survey: Survey,
    sheets: int,
    able: int | Mapping[int, int],
    wave: str = Wave.BEFORE,
    **group: Any,
) -> None:
    """So many sheets of the web, of which `able` say of each statement that they can."""
    told = group_of(survey, wave, **group)
    pile = SheetPile.objects.create(
        survey=survey,
        wave=wave,
        unit=told.unit,
        audience=told.audience,
        source=SheetSource.WEB,
        sheets=sheets,
    )
    of_each = able if isinstance(able, Mapping) else all_questions(survey, able)
    for question, number in of_each.items():
        for answer, part in ((Able.HELPED, sheets - number), (Able.ALONE, number)):
            AnswerCount.objects.create(pile=pile, question_id=question, answer=answer, count=part)


def tally_of(survey: Survey, numbers: Sequence[int]) -> dict[int, list[int]]:
    """The same four numbers for each statement."""
    return {pk: list(numbers) for pk in all_questions(survey, 0)}
