"""Verbs on answers: a learner's sheet added to the counts, a tally of paper entered and put right.

Of a learner nothing is kept but that some numbers of his group are larger by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from campaign.units.models import Unit
from core.text import clean
from resources.choices import Able, SheetSource, SurveyAct, Wave
from resources.models import (
    AnswerCount,
    Audience,
    SheetPile,
    Survey,
    SurveyAudience,
    SurveyEvent,
    SurveyUnit,
)
from resources.permissions import mending_problem, user_can_enter_for
from resources.services.checks import claim_sheet
from resources.surveys.rules import count_problems, sheet_problem

CLOSED = "Đợt tự đánh giá này đã kết thúc."
NOT_NOW = (
    "Chỉ nhập được từ ngày đầu của đợt đến khi đợt được chốt, chậm nhất 30 ngày sau ngày cuối."
)
CHANGED = "Người khác vừa nhập số của nhóm này. Hãy mở lại để xem trước khi sửa."


@dataclass(frozen=True, slots=True)
class Group:
    """Who answers: one round, one unit, one audience."""

    wave: str
    unit: Unit
    audience: Audience


@transaction.atomic
def count_answers(
    survey: Survey, group: Group, answers: Mapping[int, int], *, key: UUID, now: datetime
) -> bool:
    """Add one sheet, its answers by question; the same `key` again adds nothing and gives False."""
    # Lock: a round that is ended under it gets no later sheet, so what is shown stays what it is.
    held = Survey.objects.select_for_update().get(pk=survey.pk)
    today = timezone.localtime(now).date()
    if held.open_wave(today) != group.wave:
        raise ValidationError(CLOSED)
    _must_be_asked(held, group, answers)
    if not claim_sheet(key.hex, day=today):
        return False
    pile, _ = SheetPile.objects.get_or_create(**_of(held, group), source=SheetSource.WEB)
    SheetPile.objects.filter(pk=pile.pk).update(sheets=F("sheets") + 1)
    _add_one(pile, answers)
    return True


def _of(survey: Survey, group: Group) -> dict[str, Any]:
    return {"survey": survey, "wave": group.wave, "unit": group.unit, "audience": group.audience}


def _must_be_asked(survey: Survey, group: Group, answers: Mapping[int, Any]) -> None:
    questions = set(survey.questions.values_list("pk", flat=True))
    is_asked = (
        SurveyUnit.objects.filter(survey=survey, unit=group.unit).exists()
        and SurveyAudience.objects.filter(survey=survey, audience=group.audience).exists()
    )
    if not answers or not is_asked or not questions.issuperset(answers):
        raise ValidationError("Phiếu không hỏi những điều này. Hãy mở lại phiếu.")


def _add_one(pile: SheetPile, answers: Mapping[int, int]) -> None:
    given = Q(pk__in=[])
    for question, answer in answers.items():
        given |= Q(question=question, answer=Able(answer))
    AnswerCount.objects.bulk_create(
        (AnswerCount(pile=pile, question_id=q, answer=Able(a)) for q, a in answers.items()),
        ignore_conflicts=True,
    )
    pile.counts.filter(given).update(count=F("count") + 1)


def enter_tally(
    survey: Survey,
    group: Group,
    sheets: int,
    counts: Mapping[int, Sequence[int]],
    *,
    seen: int,
    reason: str,
    by: Any,
    now: datetime,
) -> SheetPile:
    """Keep what was counted on paper of one group, in the place of what was entered before.

    `counts` has four numbers for each question; `seen` is the version that was on the screen, 0 for none.
    ValidationError says what is wrong: of a question under its number, of the rest by field.
    """
    with transaction.atomic():
        held = Survey.objects.select_for_update().get(pk=survey.pk)
        if by is not None and not user_can_enter_for(by, held, group.unit):
            raise PermissionDenied
        if not held.round_of(group.wave).takes_paper(timezone.localtime(now).date()):
            raise ValidationError(NOT_NOW)
        _must_be_asked(held, group, counts)
        _must_add_up(sheets, counts)
        pile = SheetPile.objects.filter(**_of(held, group), source=SheetSource.PAPER).first()
        before = pile.sheets if pile else None
        if pile:
            _may_replace(pile, seen, reason, by)
        elif seen:
            raise ValidationError(CHANGED)
        return _kept(pile, held, group, sheets, counts, before, reason, by, now)


def _must_add_up(sheets: int, counts: Mapping[int, Sequence[int]]) -> None:
    found = {str(key): said for key, said in count_problems(sheets, counts).items()}
    if problem := sheet_problem(sheets):
        found["sheets"] = problem
    elif not found and not any(sum(numbers) for numbers in counts.values()):
        found["sheets"] = "Chưa có câu nào được đếm."
    if found:
        raise ValidationError(found)


def _may_replace(pile: SheetPile, seen: int, reason: str, by: Any) -> None:
    if problem := mending_problem(by, pile):
        raise ValidationError(problem)
    if pile.version != seen:
        raise ValidationError(CHANGED)
    if not reason.strip():
        raise ValidationError(
            {"reason": "Hãy ghi vì sao sửa: câu này nằm lại trong nhật ký của phiếu."}
        )


def _kept(
    pile: SheetPile | None,
    survey: Survey,
    group: Group,
    sheets: int,
    counts: Mapping[int, Sequence[int]],
    before: int | None,
    reason: str,
    by: Any,
    now: datetime,
) -> SheetPile:
    kept = pile or SheetPile(**_of(survey, group), source=SheetSource.PAPER)
    kept.sheets, kept.entered_by, kept.entered_at = sheets, by, now
    kept.version += 1
    kept.save()
    kept.counts.all().delete()
    AnswerCount.objects.bulk_create(
        AnswerCount(pile=kept, question_id=question, answer=answer, count=number)
        for question, numbers in counts.items()
        for answer, number in zip(Able, numbers, strict=True)
        if number
    )
    SurveyEvent.objects.create(
        survey=survey, at=now, by=by, wave=Wave(group.wave), pile=kept,
        act=SurveyAct.CORRECTED if pile else SurveyAct.ENTERED,
        sheets_before=before, sheets_after=sheets, reason=" ".join(clean(reason).split()),
    )  # fmt: skip
    return kept
