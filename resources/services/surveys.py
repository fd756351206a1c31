"""Verbs on surveys: make, change, end a round, throw away. Who may is asked here."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.units.choices import UnitKind
from campaign.units.models import Unit
from campaign.units.reach import under
from core.text import clean
from resources.choices import Split, SurveyAct, Wave
from resources.models import (
    Audience,
    Competence,
    Survey,
    SurveyAudience,
    SurveyEvent,
    SurveyQuestion,
    SurveyUnit,
)
from resources.permissions import user_can_run
from resources.surveys.rules import (
    CODE_LENGTH,
    CODE_SIGNS,
    MOST_UNITS,
    Round,
    days_problems,
    groups_problem,
    moved_problems,
)

HAS_SHEETS = "Đã có phiếu trả lời: chỉ đổi được tên và ngày."
# Of 500 million codes one is taken about never; several tries are a belt beside the braces.
TRIES = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What a survey asks, of whom, when."""

    title: str
    before: Round
    after: Round
    audiences: Sequence[int] = ()
    competences: Sequence[int] = ()
    split: str = Split.WHOLE


def must_run(unit: Unit, by: Any) -> None:
    """PermissionDenied for those who may not; `by` None is the site itself."""
    if by is not None and not user_can_run(by, unit):
        raise PermissionDenied


def make_survey(unit: Unit, plan: Plan, *, key: UUID, by: Any, now: datetime) -> Survey:
    """A new survey of `unit`; the same `key` again gives the first. ValidationError says by field why not."""
    must_run(unit, by)
    known = Survey.objects.filter(key=key).first()
    if known:
        return known
    _must_hold(plan)
    units = units_of_split(unit, plan.split, timezone.localtime(now).date())
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                survey = Survey.objects.create(
                    unit=unit, key=key, code=new_code(), made_at=now, split=plan.split, **_columns(plan)
                )  # fmt: skip
                _ask(survey, plan, units)
                _note(survey, SurveyAct.MADE, by, now)
        except IntegrityError:
            # The form came twice at once, or the code was taken.
            if known := Survey.objects.filter(key=key).first():
                return known
        else:
            return survey
    raise ValidationError("Chưa tạo được mã phiếu. Hãy bấm lưu lần nữa.")


def new_code() -> str:
    """A code that says nothing and can be read out."""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


def _must_hold(plan: Plan) -> None:
    found: dict[str, str] = days_problems(plan.before, plan.after)
    if not _title(plan):
        found["title"] = "Hãy ghi tên phiếu."
    if said := groups_problem(len(plan.audiences)):
        found["audiences"] = said
    if not plan.competences:
        found["competences"] = "Hãy chọn ít nhất một năng lực để hỏi."
    if found:
        raise ValidationError(found)


def _title(plan: Plan) -> str:
    return " ".join(clean(plan.title).split())


def _columns(plan: Plan) -> dict[str, Any]:
    return {
        "title": _title(plan),
        "before_from": plan.before.first, "before_to": plan.before.last,
        "after_from": plan.after.first, "after_to": plan.after.last,
    }  # fmt: skip


def units_of_split(unit: Unit, split: str, day: date) -> list[Unit]:
    """The units that answers are counted for. ValidationError when there are none, or too many."""
    if split == Split.WHOLE:
        return [unit]
    rows = Unit.objects.active(day).filter(under(unit.path)).exclude(pk=unit.pk)
    if split == Split.PARTS:
        rows = rows.filter(depth=unit.depth + 1)
    else:
        rows = rows.filter(kind__in=(UnitKind.STUDENT_CLASS, UnitKind.VOLUNTEER_TEAM))
    found = list(rows.order_by("path")[: MOST_UNITS + 1])
    if not found:
        raise ValidationError({"split": "Đơn vị này không có đơn vị như vậy bên dưới."})
    if len(found) > MOST_UNITS:
        said = f"Có hơn {MOST_UNITS} lớp, đội: hãy để từng khoa tạo phiếu, hoặc đếm theo đơn vị trực thuộc."
        raise ValidationError({"split": said})
    return found


def _ask(survey: Survey, plan: Plan, units: Sequence[Unit]) -> None:
    SurveyUnit.objects.bulk_create(SurveyUnit(survey=survey, unit=unit) for unit in units)
    audiences = Audience.objects.filter(pk__in=plan.audiences)
    SurveyAudience.objects.bulk_create(
        SurveyAudience(survey=survey, audience=audience) for audience in audiences
    )
    asked = Competence.objects.filter(pk__in=plan.competences).exclude(statement="")
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(survey=survey, competence=one, text=one.statement, order=one.order)
        for one in asked
    )


def _note(survey: Survey, act: str, by: Any, now: datetime, **more: Any) -> None:
    SurveyEvent.objects.create(survey=survey, act=act, by=by, at=now, **more)


@transaction.atomic
def change_survey(survey: Survey, plan: Plan, *, seen: int, by: Any, now: datetime) -> None:
    """Put `plan` in the place of what it was; once sheets have come in, its title and days alone."""
    held = _held(survey, by)
    if held.version != seen:
        raise ValidationError("Người khác vừa sửa phiếu này. Hãy mở lại rồi sửa.")
    if held.piles.exists():
        _must_move_rightly(held, plan, timezone.localtime(now).date())
    else:
        _must_hold(plan)
        units = units_of_split(held.unit, plan.split, timezone.localtime(now).date())
        for rows in (held.units, held.audiences, held.questions):
            rows.all().delete()
        _ask(held, plan, units)
        held.split = plan.split
    for name, value in _columns(plan).items():
        setattr(held, name, value)
    held.version += 1
    held.save()
    _note(held, SurveyAct.CHANGED, by, now)


def _must_move_rightly(held: Survey, plan: Plan, today: date) -> None:
    """ValidationError, by field, for days that can't change so any more."""
    found = days_problems(plan.before, plan.after)
    for name, days in (("before", plan.before), ("after", plan.after)):
        found |= moved_problems(name, held.round_of(Wave(name)), days, today)
    if not _title(plan):
        found["title"] = "Hãy ghi tên phiếu."
    if found:
        raise ValidationError(found)


@transaction.atomic
def close_wave(survey: Survey, wave: str, *, by: Any, now: datetime) -> bool:
    """End an open round for learners at once; paper may still be counted. False when it was not open."""
    held = _held(survey, by)
    today = timezone.localtime(now).date()
    if held.open_wave(today) != wave:
        return False
    setattr(held, f"{Wave(wave)}_closed_at", now)
    # The days say what was; the next round may begin on this one.
    setattr(held, f"{Wave(wave)}_to", today)
    held.version += 1
    held.save()
    _note(held, SurveyAct.CLOSED, by, now, wave=wave)
    return True


@transaction.atomic
def settle_wave(survey: Survey, wave: str, *, by: Any, now: datetime) -> bool:
    """Show the results of a round that is over; nothing in it changes any more. False when it is not over."""
    held = _held(survey, by)
    if held.states(timezone.localtime(now).date())[wave] != "counting":
        return False
    setattr(held, f"{Wave(wave)}_settled_at", now)
    held.version += 1
    held.save()
    _note(held, SurveyAct.SETTLED, by, now, wave=wave)
    return True


@transaction.atomic
def delete_survey(survey: Survey, *, by: Any) -> None:
    """Throw away a survey that nobody has answered; ValidationError once somebody has."""
    held = _held(survey, by)
    if held.piles.exists():
        raise ValidationError("Đã có phiếu trả lời: không xóa được.")
    held.delete()


def _held(survey: Survey, by: Any) -> Survey:
    """The survey under its lock: learners count under the same."""
    held = Survey.objects.select_for_update(of=("self",)).select_related("unit").get(pk=survey.pk)
    must_run(held.unit, by)
    return held
