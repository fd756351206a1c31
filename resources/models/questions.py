"""Questions of a bank, what is counted of them, and files that were handed in to be imported."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import PublicContent
from resources.choices import BankVerdict, QuestionKind
from resources.models.framework import Competence
from resources.questions.rules import LONGEST, Answer, Question


class BankQuestionQuerySet(models.QuerySet["BankQuestion"]):
    """Questions as callers need them."""

    def whole(self) -> Self:
        """With their answers and components, in two queries."""
        return self.select_related("competence").prefetch_related("answers")


class BankQuestion(PublicContent, models.Model):
    """A question of an item of the kind "bộ câu hỏi". Beside the page's drafts: what is stored is asked."""

    item = models.ForeignKey(
        "resources.LibraryItemPage", on_delete=models.CASCADE, related_name="questions"
    )
    code = models.CharField("Mã", max_length=LONGEST["code"])
    # What codes are compared by; see `code_key`.
    key = models.CharField(max_length=LONGEST["code"] * 2, editable=False)
    kind = models.CharField("Loại", max_length=12, choices=QuestionKind.choices)
    text = models.TextField("Câu hỏi", max_length=LONGEST["text"])
    category = models.CharField("Chuyên mục", max_length=LONGEST["category"], blank=True)
    competence = models.ForeignKey(
        Competence,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name="Năng lực",
    )
    feedback = models.TextField("Giải thích chung", max_length=LONGEST["feedback"], blank=True)
    order = models.PositiveIntegerField(default=0, editable=False)

    objects = BankQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "câu hỏi"
        verbose_name_plural = "câu hỏi"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "key"], name="one_question_for_each_code")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"

    def as_question(self) -> Question:
        """The question as the rules know it."""
        return Question(
            kind=self.kind,
            text=self.text,
            answers=tuple(answer.as_answer() for answer in self.answers.all()),
            code=self.code,
            category=self.category,
            competence=self.competence.code if self.competence else "",
            feedback=self.feedback,
        )


class QuestionAnswer(models.Model):
    """An answer, a pair to be matched, or a decoy."""

    question = models.ForeignKey(BankQuestion, on_delete=models.CASCADE, related_name="answers")
    order = models.PositiveSmallIntegerField()
    text = models.CharField("Đáp án", max_length=LONGEST["answer"], blank=True)
    match = models.CharField("Ghép với", max_length=LONGEST["answer"], blank=True)
    is_right = models.BooleanField("Đúng", default=False)
    feedback = models.CharField("Phản hồi", max_length=LONGEST["feedback"], blank=True)

    class Meta:
        verbose_name = "đáp án"
        verbose_name_plural = "đáp án"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["question", "order"], name="one_answer_at_each_place"),
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(match=""), name="an_answer_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} -> {self.match}" if self.match else self.text

    def as_answer(self) -> Answer:
        """The answer as the rules know it."""
        return Answer(self.text, self.is_right, self.feedback, self.match)


class QuestionTally(models.Model):
    """How often a question was handed in, answered and right. Sums only: nothing of anybody."""

    question = models.OneToOneField(BankQuestion, on_delete=models.CASCADE, related_name="tally")
    shown = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "tổng của câu hỏi"
        verbose_name_plural = "tổng của câu hỏi"
        constraints = [
            models.CheckConstraint(
                condition=Q(right__lte=models.F("answered"), answered__lte=models.F("shown")),
                name="right_is_answered_is_shown",
            )
        ]

    def __str__(self) -> str:
        return f"{self.right}/{self.answered}"


class CountedSheet(models.Model):
    """A set of questions that was counted, by the random key it was shown under; forgotten after two days."""

    key = models.CharField(max_length=32, unique=True)
    day = models.DateField(db_index=True)

    class Meta:
        verbose_name = "lượt đã đếm"
        verbose_name_plural = "lượt đã đếm"

    def __str__(self) -> str:
        return self.key


class BankImportQuerySet(models.QuerySet["BankImport"]):
    """Imports by their bank."""

    def waiting(self) -> Self:
        """Those that were not applied yet."""
        return self.filter(applied_at=None)


class BankImport(models.Model):
    """A file for one bank: shown question by question first, then applied as a whole or not at all."""

    item = models.ForeignKey(
        "resources.LibraryItemPage", on_delete=models.CASCADE, related_name="question_imports"
    )
    name = models.CharField("Tên tệp", max_length=200)
    # In the row and not on a disk: it goes when the row goes, and nothing ever hands it out.
    data = models.BinaryField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    given_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    applied_at = models.DateTimeField(null=True)

    objects = BankImportQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập câu hỏi"
        verbose_name_plural = "lần nhập câu hỏi"
        ordering = ["-given_at"]

    def __str__(self) -> str:
        return self.name


class BankImportLine(models.Model):
    """What one place of the file does."""

    job = models.ForeignKey(BankImport, on_delete=models.CASCADE, related_name="lines")
    place = models.PositiveIntegerField()
    verdict = models.CharField(max_length=8, choices=BankVerdict.choices)
    what = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=600, blank=True)

    class Meta:
        verbose_name = "dòng nhập câu hỏi"
        verbose_name_plural = "dòng nhập câu hỏi"
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"
