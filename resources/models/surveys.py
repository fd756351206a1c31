"""Self-assessment before and after learning: what is asked, of which groups, and how often each answer came.

No row is a person's. Kept are counts of sheets and of answers for each round, unit and audience.
"""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from campaign.units.models import Unit
from campaign.units.reach import EVERYTHING, inside, sent
from resources.choices import SEES_SURVEYS, Able, SheetSource, Split, SurveyAct, Wave
from resources.models.framework import Audience, Competence
from resources.surveys.rules import CODE_LENGTH, Round, states


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Surveys by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those of units the user keeps or watches over, those that ask his units, all for librarians."""
        return self.filter(self.seen_by(user))

    @staticmethod
    def seen_by(user: Any) -> Q:
        """The same as a condition."""
        from campaign.units.choices import SEES_SENT

        if user.has_perm("resources.view_survey"):
            return EVERYTHING
        asked = SurveyUnit.objects.filter(inside(user, SEES_SURVEYS, "unit")).values("survey")
        return inside(user, SEES_SURVEYS, "unit") | sent(user, SEES_SENT, "unit") | Q(pk__in=asked)


class Survey(models.Model):
    """One self-assessment in two rounds, run by a unit."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="surveys", verbose_name="Đơn vị"
    )
    # What stands in the address and on paper.
    code = models.CharField("Mã", max_length=CODE_LENGTH, unique=True, editable=False)
    # The form it was made by: sent twice, it makes one.
    key = models.UUIDField(unique=True, editable=False)
    title = models.CharField("Tên phiếu", max_length=160)
    split = models.CharField("Đếm theo", max_length=8, choices=Split.choices, default=Split.WHOLE)
    before_from = models.DateField("Trước khi học, từ ngày")
    before_to = models.DateField("Đến hết ngày")
    after_from = models.DateField("Sau khi học, từ ngày")
    after_to = models.DateField("Đến hết ngày")
    before_closed_at = models.DateTimeField(null=True, editable=False)
    before_settled_at = models.DateTimeField(null=True, editable=False)
    after_closed_at = models.DateTimeField(null=True, editable=False)
    after_settled_at = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu tự đánh giá"
        verbose_name_plural = "phiếu tự đánh giá"
        ordering = ["-before_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="survey_rounds_in_order",
                condition=Q(before_to__gte=F("before_from"))
                & Q(after_from__gte=F("before_to"))
                & Q(after_to__gte=F("after_from")),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page on the desk."""
        return reverse("surveys:survey", args=[self.pk])

    @property
    def public_url(self) -> str:
        """Where learners answer."""
        return reverse("surveys:answer", args=[self.code])

    def round_of(self, wave: str) -> Round:
        """The days of a round."""
        name = Wave(wave)
        return Round(
            getattr(self, f"{name}_from"),
            getattr(self, f"{name}_to"),
            is_closed=getattr(self, f"{name}_closed_at") is not None,
            is_settled=getattr(self, f"{name}_settled_at") is not None,
        )

    def states(self, today: date) -> dict[str, str]:
        """Each round's state today."""
        found = states(self.round_of(Wave.BEFORE), self.round_of(Wave.AFTER), today)
        return dict(zip(Wave, found, strict=True))

    def open_wave(self, today: date) -> Wave | None:
        """The round that is open today."""
        found = self.states(today)
        return next((wave for wave in Wave if found[wave] == "open"), None)


class SurveyUnit(models.Model):
    """A unit that answers are counted for."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "đơn vị được hỏi"
        verbose_name_plural = "đơn vị được hỏi"
        ordering = ["unit__path"]
        constraints = [models.UniqueConstraint(fields=["survey", "unit"], name="unit_asked_once")]

    def __str__(self) -> str:
        return str(self.unit)


class SurveyAudience(models.Model):
    """A group of people who are asked."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="audiences")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "nhóm được hỏi"
        verbose_name_plural = "nhóm được hỏi"
        ordering = ["audience__order", "audience__name"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "audience"], name="audience_asked_once")
        ]

    def __str__(self) -> str:
        return str(self.audience)


class SurveyQuestion(models.Model):
    """A statement as it is asked in both rounds, whatever becomes of the framework's words."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    text = models.CharField("Câu hỏi", max_length=200)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "câu của phiếu"
        verbose_name_plural = "câu của phiếu"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "competence"], name="competence_asked_once")
        ]

    def __str__(self) -> str:
        return self.text


class SheetPile(models.Model):
    """How many sheets of one round, unit and audience came in one way. Sums only: nothing of anybody."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="piles")
    wave = models.CharField("Đợt", max_length=6, choices=Wave.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    source = models.CharField("Cách thu", max_length=5, choices=SheetSource.choices)
    sheets = models.PositiveIntegerField("Số phiếu", default=0)
    # Of paper alone: who counted it, and which counting this is.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "số phiếu tự đánh giá"
        verbose_name_plural = "số phiếu tự đánh giá"
        ordering = ["wave", "unit__path", "audience__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "wave", "unit", "audience", "source"], name="one_pile_of_sheets"
            ),
            # On the web there is nobody and no hour to be told; on paper both are.
            models.CheckConstraint(
                name="only_paper_was_entered",
                condition=Q(
                    source=SheetSource.PAPER, entered_by__isnull=False, entered_at__isnull=False
                )
                | Q(source=SheetSource.WEB, entered_by__isnull=True, entered_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_wave_display()}: {self.get_source_display()}"


class AnswerCount(models.Model):
    """How often one answer to one statement came in a pile of sheets."""

    pile = models.ForeignKey(SheetPile, on_delete=models.CASCADE, related_name="counts")
    question = models.ForeignKey(SurveyQuestion, on_delete=models.PROTECT, related_name="+")
    answer = models.PositiveSmallIntegerField(choices=Able.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "số câu trả lời"
        verbose_name_plural = "số câu trả lời"
        constraints = [
            models.UniqueConstraint(
                fields=["pile", "question", "answer"], name="answer_counted_in_one_row"
            ),
            models.CheckConstraint(
                name="answer_is_one_of_four", condition=Q(answer__in=Able.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()}: {self.count}"


class SurveyEvent(models.Model):
    """What staff did with a survey, and why. Learners leave none."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField("Lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    act = models.CharField("Việc", max_length=9, choices=SurveyAct.choices)
    wave = models.CharField("Đợt", max_length=6, choices=Wave.choices, blank=True)
    pile = models.ForeignKey(SheetPile, on_delete=models.PROTECT, null=True, related_name="events")
    sheets_before = models.PositiveIntegerField(null=True)
    sheets_after = models.PositiveIntegerField(null=True)
    reason = models.CharField("Lý do", max_length=300, blank=True)

    class Meta:
        verbose_name = "việc đã làm với phiếu"
        verbose_name_plural = "việc đã làm với phiếu"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} ({self.at:%d/%m/%Y})"
