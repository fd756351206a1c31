"""Verbs on banks of questions: write, change, take away. Nothing else writes questions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from wagtail.models import Page

from core.cache import renew
from core.text import clean
from resources.catalogue.planning import title_of
from resources.choices import BankVerdict, ItemKind
from resources.models import (
    BankQuestion,
    Competence,
    Language,
    LibraryIndexPage,
    LibraryItemPage,
    QuestionAnswer,
    QuestionTally,
)
from resources.permissions import user_can_begin_banks, user_can_edit_questions
from resources.questions.planning import Line, is_refused, plan
from resources.questions.rules import Found, Question, Wrong, code_key

BATCH = 500


def must_edit(item: LibraryItemPage, by: Any) -> None:
    """PermissionDenied for those who may not; `by` None is the site itself, on banks alone."""
    allowed = item.kind == ItemKind.QUESTIONS if by is None else user_can_edit_questions(by, item)
    if not allowed:
        raise PermissionDenied


def known_questions(item: LibraryItemPage) -> list[Question]:
    """The bank as the rules know it, in a fixed number of queries."""
    return [row.as_question() for row in item.questions.whole()]


def begin_bank(title: str, *, by: Any) -> LibraryItemPage:
    """A draft of a new bank, to be filled with questions. ValidationError when another bank has that title.

    Pressed twice, the empty draft of the same librarian is the one meant.
    """
    if not user_can_begin_banks(by):
        raise PermissionDenied
    title = " ".join(clean(title).split())
    with transaction.atomic():
        index = LibraryIndexPage.objects.get()
        # Lock: two presses at once would make two.
        Page.objects.select_for_update().get(pk=index.pk)
        banks = LibraryItemPage.objects.filter(kind=ItemKind.QUESTIONS).defer_streamfields()
        same = title_of(title, ItemKind.QUESTIONS)
        # Compared here: a database may know capitals of the Latin alphabet alone.
        if twin := next((bank for bank in banks if title_of(bank.title, bank.kind) == same), None):
            if twin.owner_id == by.pk and not twin.live and not twin.questions.exists():
                return twin
            raise ValidationError("Đã có bộ câu hỏi tên này: hãy mở bộ ấy, hoặc đặt tên khác.")
        item: LibraryItemPage = index.add_child(
            instance=LibraryItemPage(
                title=title, kind=ItemKind.QUESTIONS, language=Language.objects.first(), owner=by,
                live=False, has_unpublished_changes=True,
            )
        )  # fmt: skip
        item.save_revision(user=by, log_action=True, clean=False)
    return item


def plan_for(item: LibraryItemPage, found: Sequence[Found], wrong: Sequence[Wrong]) -> list[Line]:
    """What these questions would do to the bank now."""
    codes = set(Competence.objects.values_list("code", flat=True))
    return plan(found, wrong, known_questions(item), codes)


def write_lines(item: LibraryItemPage, lines: Sequence[Line]) -> None:
    """Write a plan without refusals. Called inside a transaction that holds the bank's lock."""
    competences = dict(Competence.objects.values_list("code", "pk"))
    added = [line.question for line in lines if line.verdict == BankVerdict.ADD and line.question]
    changed = [
        line.question for line in lines if line.verdict == BankVerdict.CHANGE and line.question
    ]
    if added:
        _add(item, added, competences)
    if changed:
        _change(item, changed, competences)
    # Rows written at once send no signals.
    renew()


def lock(item: LibraryItemPage) -> None:
    """Two librarians at once would give out one code twice."""
    Page.objects.select_for_update().get(pk=item.pk)


def _add(item: LibraryItemPage, questions: Sequence[Question], competences: dict[str, int]) -> None:
    free = _free_codes(item, [question.code for question in questions])
    last = item.questions.aggregate(last=Max("order"))["last"] or 0
    rows = [
        BankQuestion(item=item, order=order, **_columns(question, competences, next(free)))
        for order, question in enumerate(questions, start=last + 1)
    ]
    BankQuestion.objects.bulk_create(rows, BATCH)
    QuestionTally.objects.bulk_create([QuestionTally(question=row) for row in rows], BATCH)
    _write_answers(zip(rows, questions, strict=True))


def _free_codes(item: LibraryItemPage, given: Sequence[str]) -> Iterator[str]:
    """Each question's own code, or the next number that no other has."""
    taken = set(item.questions.values_list("key", flat=True)) | {code_key(code) for code in given}
    number = len(taken) - 1
    for code in given:
        while not code:
            number += 1
            code = "" if code_key(f"C{number:03}") in taken else f"C{number:03}"
        yield code


def _columns(question: Question, competences: dict[str, int], code: str) -> dict[str, Any]:
    return {
        "code": code,
        "key": code_key(code),
        "kind": question.kind,
        "text": question.text,
        "category": question.category,
        "competence_id": competences.get(question.competence),
        "feedback": question.feedback,
    }


def _change(
    item: LibraryItemPage, questions: Sequence[Question], competences: dict[str, int]
) -> None:
    wanted = {code_key(question.code): question for question in questions}
    rows = [row for row in item.questions.whole() if row.key in wanted]
    pairs = [(row, wanted[row.key]) for row in rows]
    # Sums of another question would say nothing of this one.
    other = [row.pk for row, new in pairs if _asks(row.as_question()) != _asks(new)]
    for row, question in pairs:
        for name, value in _columns(question, competences, row.code).items():
            setattr(row, name, value)
    names = ["kind", "text", "category", "competence", "feedback"]
    BankQuestion.objects.bulk_update(rows, names, BATCH)
    QuestionAnswer.objects.filter(question__in=rows).delete()
    _write_answers(pairs)
    QuestionTally.objects.filter(question__in=other).update(shown=0, answered=0, right=0)


def _asks(question: Question) -> tuple[Any, ...]:
    answers = [(answer.text, answer.match, answer.is_right) for answer in question.answers]
    return question.kind, question.text, answers


def _write_answers(pairs: Iterable[tuple[BankQuestion, Question]]) -> None:
    QuestionAnswer.objects.bulk_create(
        [
            QuestionAnswer(
                question=row, order=order, text=answer.text, match=answer.match,
                is_right=answer.is_right, feedback=answer.feedback,
            )
            for row, question in pairs
            for order, answer in enumerate(question.answers)
        ],
        BATCH,
    )  # fmt: skip


@transaction.atomic
def save_question(
    item: LibraryItemPage, question: Question, *, by: Any, old: BankQuestion | None = None
) -> None:
    """Add one question, or put it in the place of `old`; ValidationError says why it can't be."""
    must_edit(item, by)
    lock(item)
    known = [row for row in item.questions.whole() if old is None or row.pk != old.pk]
    codes = set(Competence.objects.values_list("code", flat=True))
    lines = plan([Found(1, question)], [], [row.as_question() for row in known], codes)
    if is_refused(lines):
        raise ValidationError([line.why for line in lines if line.why])
    if lines[0].verdict != BankVerdict.ADD:
        raise ValidationError("Mã hoặc câu hỏi này đã có trong bộ.")
    if old is None:
        write_lines(item, lines)
        return
    code = question.code or old.code
    if code != old.code:
        BankQuestion.objects.filter(pk=old.pk).update(code=code, key=code_key(code))
    line = Line(1, BankVerdict.CHANGE, "", "", replace(question, code=code))
    write_lines(item, [line])


@transaction.atomic
def delete_question(question: BankQuestion, *, by: Any) -> None:
    """Take a question out of its bank, with its sums."""
    must_edit(question.item, by)
    question.delete()
