"""The demo's self-assessments: one over, with believable counts, and one that learners may try now."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from accounts.services import ensure_demo_accounts
from campaign.units.models import Unit
from home.demo.people import role_accounts, unit_at
from home.demo.reading import read
from resources.choices import Split, Wave
from resources.models import Audience, Competence, Survey
from resources.services import Group, Plan, enter_tally, make_survey, settle_wave
from resources.surveys.rules import Round

# Days from today: what is over stays over, what is open stays open for some weeks.
OVER = {Wave.BEFORE: (-75, -65), Wave.AFTER: (-16, -3)}
OPEN = {Wave.BEFORE: (0, 40), Wave.AFTER: (60, 80)}


def load_surveys() -> None:
    """Both surveys, where nobody has made any."""
    if Survey.objects.exists() or not Unit.objects.filter(code="CDHB").exists():
        return
    ensure_demo_accounts()
    role_accounts()
    content = read("surveys")
    _classes(content["classes"], User.objects.get(username="demo.unit_head"))
    _village(content["village"])


def _rounds(days: dict[Wave, tuple[int, int]]) -> dict[str, Round]:
    today = timezone.localdate()
    found = {}
    for wave, (first, last) in days.items():
        found[str(wave)] = Round(today + timedelta(days=first), today + timedelta(days=last))
    return found


def _made(
    row: dict[str, Any], codes: Sequence[str], audiences: Sequence[str], split: str, days: Any
) -> Survey:
    asked = Competence.objects.filter(code__in=codes)
    plan = Plan(
        title=row["title"], split=split, before=days["before"], after=days["after"],
        audiences=list(Audience.objects.filter(name__in=audiences).values_list("pk", flat=True)),
        competences=list(asked.values_list("pk", flat=True)),
    )  # fmt: skip
    return make_survey(unit_at(row["unit"]), plan, key=uuid4(), by=None, now=timezone.now())


def _classes(row: dict[str, Any], by: User) -> None:
    days = _rounds(OVER)
    codes = [question["code"] for question in row["question"]]
    survey = _made(row, codes, [row["audience"]], Split.CLASSES, days)
    audience = Audience.objects.get(name=row["audience"])
    questions = dict(survey.questions.values_list("competence__code", "pk"))
    units = {row.unit.code: row.unit for row in survey.units.select_related("unit")}
    for sheet in row["sheets"]:
        for wave in Wave:
            counts = {
                questions[question["code"]]: spread(sheet[wave], question[wave], sheet["lean"])
                for question in row["question"]
            }
            enter_tally(
                survey, Group(wave, units[sheet["code"]], audience), sheet[wave], counts,
                seen=0, reason="", by=by, now=_noon(days[wave].last),
            )  # fmt: skip
    for wave in Wave:
        # The earlier one has been settled by itself since.
        settle_wave(survey, wave, by=None, now=timezone.now())


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def spread(sheets: int, percents: Sequence[int], lean: int) -> list[int]:
    """How often each step is chosen on so many sheets; `lean` points move from the lower two to the others."""
    low, high = percents[0] + percents[1], percents[2] + percents[3]
    moved = max(-high, min(low, lean))
    shares = [share * (low - moved) / low if low else 0 for share in percents[:2]]
    shares += [share * (high + moved) / high if high else 0 for share in percents[2:]]
    counts = [int(share * sheets / 100) for share in shares]
    # What rounding left over goes to the step that most choose.
    counts[max(range(4), key=lambda n: shares[n])] += sheets - sum(counts)
    return counts


def _village(row: dict[str, Any]) -> None:
    survey = _made(row, row["competences"], row["audiences"], Split.WHOLE, _rounds(OPEN))
    # The one address of the demo that others may rely on.
    Survey.objects.filter(pk=survey.pk).update(code=row["code"])
